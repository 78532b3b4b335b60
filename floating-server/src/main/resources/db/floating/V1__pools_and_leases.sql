-- One schema for SQLite and PostgreSQL. Times are epoch milliseconds of the issuer's time, durations milliseconds; JSON is text.

-- A pool of seats, which a usage license of this server vouches for. The row is also the lock under which seats are taken and given back, and keeps the head of the audit chain.
CREATE TABLE pool (
    license             TEXT    NOT NULL PRIMARY KEY, -- ID of the license
    product             TEXT    NOT NULL,
    revision            BIGINT  NOT NULL, -- grows with each usage license; what was signed for an older one is not kept
    document            BYTEA   NOT NULL, -- the usage license
    seats               BIGINT  NOT NULL,
    lease_end           BIGINT  NOT NULL, -- how long a lease lasts
    starts_at           BIGINT  NOT NULL,
    until               BIGINT,           -- none: for ever
    allowance           BIGINT  NOT NULL, -- seats that may be reclaimed
    allowance_period    BIGINT  NOT NULL, -- in so long
    overdraft           BIGINT  NOT NULL, -- seats that are there beside the others in an emergency
    emergency_days      BIGINT  NOT NULL, -- that the administrator may start
    taken               BIGINT  NOT NULL, -- leases that are held
    features            TEXT    NOT NULL, -- of features that fewer leases may grant at once than there are seats: name, seats, taken
    reservations        TEXT    NOT NULL, -- seats that are kept for named hosts and groups, with how many of them are taken; JSON
    when_full           TEXT    NOT NULL CHECK (when_full IN ('REFUSE', 'QUEUE')),
    renew_only_until    BIGINT  NOT NULL, -- before it no seat is handed out: the database was restored; 0: never was
    emergency_until     BIGINT,           -- an emergency was started: until then it runs, and when it is over, leases beyond the seats are still to be marked
    emergency_days_used BIGINT  NOT NULL,
    shrunk_to           BIGINT,           -- fewer seats than the license says, since the administrator asks the vendor for so many
    given_up            BOOLEAN NOT NULL, -- nothing is handed out or renewed any more
    reclaims            TEXT    NOT NULL, -- when seats were taken back, as far as that counts against the allowance
    entries             BIGINT  NOT NULL, -- length of the audit chain
    head                BYTEA   NOT NULL, -- hash of its last entry
    seal                BYTEA   NOT NULL, -- over all that decides, under a key that only this server's host has
    CONSTRAINT pool_counts CHECK (taken >= 0)
);

-- How many seats the vendor is asked for, by product; no row: all that the license has.
CREATE TABLE wanted_seats (
    product TEXT   NOT NULL PRIMARY KEY,
    seats   BIGINT NOT NULL CHECK (seats >= 1)
);

-- How a host stands with a pool: one row for each host that ever had a seat.
CREATE TABLE lease (
    pool             TEXT    NOT NULL REFERENCES pool (license),
    host             TEXT    NOT NULL, -- ID of the host's key
    host_name        TEXT,             -- personal
    lease            TEXT    NOT NULL, -- ID of the newest lease
    state            TEXT    NOT NULL CHECK (state IN ('HELD', 'RELEASED', 'EXPIRED', 'FENCED', 'RECLAIMED')),
    slot             TEXT,             -- the name that the seat belongs to
    features         TEXT    NOT NULL, -- sorted, separated by spaces
    reservation      TEXT,             -- whose seat it is, where it is a reserved one
    ending           BOOLEAN NOT NULL, -- not renewed any more: the pool has shrunk
    acquire_sequence BIGINT  NOT NULL,
    renew_sequence   BIGINT  NOT NULL, -- 0: never renewed
    version          BIGINT  NOT NULL, -- grows with each change
    epoch            BIGINT  NOT NULL, -- grows with each lease that the host gets; the host is told and brings it back
    acquired_at      BIGINT  NOT NULL,
    answered_at      BIGINT  NOT NULL, -- when the host last got a lease
    ends_at          BIGINT  NOT NULL, -- when what it got ends, no later than the pool
    free_at          BIGINT  NOT NULL, -- when the seat comes back by itself
    ended_at         BIGINT,
    seal             BYTEA   NOT NULL,
    PRIMARY KEY (pool, host)
);
CREATE UNIQUE INDEX lease_one_per_slot ON lease (pool, slot) WHERE state = 'HELD' AND slot IS NOT NULL;
CREATE INDEX lease_by_end ON lease (pool, free_at) WHERE state = 'HELD';
CREATE INDEX lease_fenced ON lease (pool, free_at) WHERE state = 'FENCED';
CREATE INDEX lease_ended ON lease (ended_at) WHERE ended_at IS NOT NULL;

-- Hosts that wait for a seat, in the order in which they first asked.
CREATE TABLE waiting (
    pool      TEXT   NOT NULL REFERENCES pool (license),
    host      TEXT   NOT NULL, -- ID of the host's key
    host_name TEXT,            -- personal
    number    BIGINT NOT NULL, -- who has the lowest is next
    slot      TEXT,
    features  TEXT   NOT NULL, -- that it waits for; sorted, separated by spaces
    since     BIGINT NOT NULL,
    ask_by    BIGINT NOT NULL, -- when it loses its place unless it has asked again
    PRIMARY KEY (pool, host)
);
CREATE UNIQUE INDEX waiting_in_order ON waiting (pool, number);

-- The current answer of each purpose, and the acknowledgement of a release: the exact bytes that went out.
CREATE TABLE answer (
    pool    TEXT  NOT NULL,
    host    TEXT  NOT NULL,
    purpose TEXT  NOT NULL CHECK (purpose IN ('ACQUIRE', 'RENEW', 'RELEASE')),
    request BYTEA NOT NULL, -- digest of what it answers
    content BYTEA NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (pool, host, purpose)
);
CREATE INDEX answer_of_release ON answer (at) WHERE purpose = 'RELEASE';

-- Seats that were taken back before their leases ended.
CREATE TABLE reclaim (
    pool      TEXT   NOT NULL REFERENCES pool (license),
    lease     TEXT   NOT NULL,
    at        BIGINT NOT NULL,
    statement BYTEA  NOT NULL, -- signed by this server: whose seat, by whom, why, and until when the lease may run on
    PRIMARY KEY (pool, lease)
);
CREATE INDEX reclaim_by_time ON reclaim (pool, at);

-- Everything that ever changed a pool or who holds its seats. Rows are only ever added.
CREATE TABLE audit_entry (
    pool   TEXT   NOT NULL,
    number BIGINT NOT NULL, -- from 1, without gaps
    at     BIGINT NOT NULL,
    event  TEXT   NOT NULL, -- JSON, exactly as it was hashed
    hash   BYTEA  NOT NULL, -- over the hash before it and the event
    PRIMARY KEY (pool, number)
);

-- A moment that the issuer's time and the machine's monotonic clock are both known of, for each time that a machine was booted.
CREATE TABLE clock_mark (
    boot  TEXT   NOT NULL PRIMARY KEY,
    nanos BIGINT NOT NULL,
    at    BIGINT NOT NULL
);
