-- A lease is an activation that ends by itself: it holds one seat of a leased license.
ALTER TABLE activation ADD COLUMN slot TEXT;      -- personal: the name that the seat belongs to
ALTER TABLE activation ADD COLUMN free_at BIGINT; -- when the seat is free, unless the lease is renewed; empty for what has no end
CREATE UNIQUE INDEX activation_one_per_slot ON activation (license, slot) WHERE state = 'ACTIVE' AND slot IS NOT NULL;
CREATE INDEX activation_over ON activation (free_at, license) WHERE state IN ('ACTIVE', 'LOST') AND free_at IS NOT NULL;
CREATE INDEX activation_over_of_license ON activation (license, free_at) WHERE state IN ('ACTIVE', 'LOST') AND free_at IS NOT NULL;

-- A leased license has as many places as it has seats. Those that were sold before could not be used yet.
UPDATE license SET total = COALESCE((
    WITH RECURSIVE seats (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM seats WHERE number < 10000)
    SELECT number FROM seats WHERE license.terms LIKE '%"seats":' || number || ',%'), total)
WHERE type = 'LEASED';
