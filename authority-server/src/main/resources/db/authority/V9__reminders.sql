-- When a license and its support end, as of a revision of the license: found out beside all other work, so that nobody reads every license's terms to see what ends soon.
CREATE TABLE license_end (
    license         TEXT   NOT NULL PRIMARY KEY REFERENCES license (id),
    revision        BIGINT NOT NULL,
    ends_at         BIGINT,
    support_ends_at BIGINT -- empty where the license itself does not outlast it
);
CREATE INDEX license_end_of_license ON license_end (ends_at, license) WHERE ends_at IS NOT NULL;
CREATE INDEX license_end_of_support ON license_end (support_ends_at, license) WHERE support_ends_at IS NOT NULL;
CREATE INDEX license_revision ON license (id, revision);

-- Reminders that were written, each once, in the transaction of its mail.
CREATE TABLE reminder (
    license TEXT   NOT NULL REFERENCES license (id),
    what    TEXT   NOT NULL CHECK (what IN ('LICENSE', 'SUPPORT')), -- ends
    ends_at BIGINT NOT NULL,
    days    BIGINT NOT NULL, -- before it
    mail    TEXT   NOT NULL, -- its ID
    at      BIGINT NOT NULL,
    PRIMARY KEY (license, what, ends_at, days)
);

-- A mail that failed is an alarm until somebody has looked at it.
ALTER TABLE outbox ADD COLUMN seen_at BIGINT;
ALTER TABLE outbox ADD COLUMN seen_by TEXT; -- ID of a token
