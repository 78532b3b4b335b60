-- What the console keeps. One schema for SQLite and PostgreSQL; times are epoch milliseconds of the issuer's time.

-- Who may log in.
CREATE TABLE console_user (
    name_key      TEXT   NOT NULL PRIMARY KEY, -- the name in small letters
    name          TEXT   NOT NULL,             -- personal
    role          TEXT   NOT NULL CHECK (role IN ('VIEWER', 'OPERATOR', 'ADMINISTRATOR')),
    password_hash TEXT   NOT NULL,
    created_at    BIGINT NOT NULL
);

-- The length of the console's audit log and the hash of its last entry. The one row is also the lock under which entries are added and users are changed.
CREATE TABLE console_log (
    id      INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    entries BIGINT  NOT NULL,
    head    BYTEA            -- none: there is no entry
);
INSERT INTO console_log (id, entries, head) VALUES (1, 0, NULL);

-- What was done at the console. Rows are only ever added.
CREATE TABLE console_entry (
    number BIGINT NOT NULL PRIMARY KEY, -- from 1, without gaps
    at     BIGINT NOT NULL,
    entry  TEXT   NOT NULL,             -- JSON, exactly as it was hashed
    hash   BYTEA  NOT NULL              -- over the hash before it and the entry
);

-- How a pool stood, in steps of a minute, of a quarter of an hour and of an hour; the finer the steps, the shorter they are kept.
CREATE TABLE pool_sample (
    pool    TEXT   NOT NULL,
    seconds BIGINT NOT NULL, -- how long the step is
    at      BIGINT NOT NULL, -- when it began
    seats   BIGINT NOT NULL, -- at its end
    taken   BIGINT NOT NULL, -- at most
    queued  BIGINT NOT NULL, -- at most
    denied  BIGINT NOT NULL, -- requests for a seat that were refused
    PRIMARY KEY (pool, seconds, at)
);

-- The same for each day, in UTC.
CREATE TABLE pool_day (
    pool   TEXT   NOT NULL,
    day    TEXT   NOT NULL, -- such as 2026-11-28
    seats  BIGINT NOT NULL,
    peak   BIGINT NOT NULL,
    denied BIGINT NOT NULL,
    PRIMARY KEY (pool, day)
);

-- How many reports were signed in the name of a pool: a report's number is one more than that of the one before.
CREATE TABLE report_count (
    pool    TEXT   NOT NULL PRIMARY KEY,
    reports BIGINT NOT NULL
);
