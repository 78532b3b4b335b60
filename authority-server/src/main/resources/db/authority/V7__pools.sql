-- What a floating server has of its license's seats. A floating license's `used` is the sum of pool_seats and rest_seats of all its activations.
ALTER TABLE activation ADD COLUMN pool_seats BIGINT;  -- in the pool that it was given last; 0 once it is given back, taken over or restored
ALTER TABLE activation ADD COLUMN rest_seats BIGINT;  -- that it gave up, and whose leases may still run
ALTER TABLE activation ADD COLUMN rest_until BIGINT;  -- when they are free
ALTER TABLE activation ADD COLUMN pool_lease TEXT;    -- the longest leases that any of its pools gave
ALTER TABLE activation ADD COLUMN early_seats BIGINT; -- of a pool whose place was given to another one: how many seats were free before its leases had ended, which counts against the allowance
CREATE INDEX activation_rest ON activation (rest_until, license) WHERE rest_until IS NOT NULL;
CREATE INDEX activation_rest_of_license ON activation (license, rest_until) WHERE rest_until IS NOT NULL;

-- A floating license has as many places as it has seats. Those that were sold before could not be used yet.
UPDATE license SET total = COALESCE((
    WITH RECURSIVE seats (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM seats WHERE number < 10000)
    SELECT number FROM seats WHERE license.terms LIKE '%"seats":' || number || ',%'), total)
WHERE type = 'FLOATING';
