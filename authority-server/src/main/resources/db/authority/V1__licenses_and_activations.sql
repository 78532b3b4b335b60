-- One schema for SQLite and PostgreSQL. Times are epoch milliseconds of the issuer's time; JSON is text.

-- What can be sold.
CREATE TABLE product (
    id         TEXT   NOT NULL PRIMARY KEY,
    name       TEXT   NOT NULL,
    features   TEXT   NOT NULL, -- JSON: [{"name", "title"}]
    meters     TEXT   NOT NULL, -- JSON: [{"name", "title", "unit"}]
    created_at BIGINT NOT NULL
);

-- Who it is sold to.
CREATE TABLE customer (
    id         TEXT    NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    email      TEXT    NOT NULL,
    created_at BIGINT  NOT NULL,
    licensed   BOOLEAN NOT NULL -- whether searching for licenses looks at this customer's name and address
);
CREATE INDEX customer_newest ON customer (created_at, id);

CREATE TABLE token (
    id         TEXT   NOT NULL PRIMARY KEY,
    name       TEXT   NOT NULL,
    hash       BYTEA  NOT NULL UNIQUE,
    scopes     TEXT   NOT NULL, -- as in the API, separated by spaces
    created_at BIGINT NOT NULL
);

-- What was sold. The row is also the lock under which everything that concerns one license is decided, and keeps the head of its audit chain.
CREATE TABLE license (
    id           TEXT   NOT NULL PRIMARY KEY,
    locator      BYTEA  NOT NULL, -- under a keyed hash
    sealed_key   BYTEA  NOT NULL, -- encrypted
    product      TEXT   NOT NULL REFERENCES product (id),
    customer     TEXT   NOT NULL REFERENCES customer (id),
    type         TEXT   NOT NULL,
    state        TEXT   NOT NULL CHECK (state IN ('ACTIVE', 'SUSPENDED', 'REVOKED')),
    state_reason TEXT,            -- personal: a person wrote it
    revision     BIGINT NOT NULL, -- grows with every change; what was signed for an older one is not kept
    issued_at    BIGINT NOT NULL,
    terms        TEXT   NOT NULL, -- JSON
    total        BIGINT NOT NULL, -- activations sold
    used         BIGINT NOT NULL, -- activations that are active
    entries      BIGINT NOT NULL, -- length of the audit chain
    head         BYTEA  NOT NULL, -- hash of its last entry
    CONSTRAINT license_never_oversold CHECK (used >= 0 AND used <= total)
);
CREATE UNIQUE INDEX license_by_locator ON license (locator);
CREATE INDEX license_newest ON license (issued_at, id);
CREATE INDEX license_of_customer ON license (customer, issued_at, id);

-- A license bound to a host. A host that comes back after a release gets a new row.
CREATE TABLE activation (
    id                TEXT   NOT NULL PRIMARY KEY,
    license           TEXT   NOT NULL REFERENCES license (id),
    product           TEXT   NOT NULL,
    host              TEXT   NOT NULL, -- ID of the host's key
    host_name         TEXT,            -- personal
    state             TEXT   NOT NULL CHECK (state IN ('ACTIVE', 'RELEASED', 'LOST', 'RESTORED')),
    factors           TEXT   NOT NULL, -- JSON: the fingerprint's salted factors
    factors_required  BIGINT NOT NULL,
    activate_sequence BIGINT NOT NULL,
    refresh_sequence  BIGINT NOT NULL, -- 0: never refreshed
    activated_at      BIGINT NOT NULL,
    answered_at       BIGINT NOT NULL, -- when the host last got a usage license
    ended_at          BIGINT
);
CREATE UNIQUE INDEX activation_one_per_product ON activation (host, product) WHERE state = 'ACTIVE';
CREATE UNIQUE INDEX activation_of_host ON activation (host, license, activate_sequence);
CREATE INDEX activation_of_license ON activation (license, activated_at, id);
CREATE INDEX activation_restored ON activation (license, ended_at) WHERE state = 'RESTORED'; -- what counts against the allowance

-- Finds the activations of the same place on the same machine: one row for each factor, hashed together with the place; only of active activations.
CREATE TABLE activation_mark (
    license    TEXT   NOT NULL,
    mark       BIGINT NOT NULL,
    activation TEXT   NOT NULL REFERENCES activation (id),
    PRIMARY KEY (license, mark, activation)
);

-- The current answer of each purpose, and the acknowledgement of a release: the exact bytes that went out, cut in two.
CREATE TABLE answer (
    activation TEXT   NOT NULL REFERENCES activation (id),
    purpose    TEXT   NOT NULL CHECK (purpose IN ('ACTIVATE', 'REFRESH', 'RELEASE')),
    request    BYTEA  NOT NULL, -- digest of what it answers
    content    BYTEA  NOT NULL, -- the document up to its attachments
    attachment BYTEA  NOT NULL, -- hash of the rest, which is the same for many
    PRIMARY KEY (activation, purpose)
);

CREATE TABLE attachment (
    hash    BYTEA NOT NULL PRIMARY KEY,
    content BYTEA NOT NULL
);

-- What the desk should look at.
CREATE TABLE alarm (
    id         TEXT   NOT NULL PRIMARY KEY,
    kind       TEXT   NOT NULL CHECK (kind IN ('CLONE', 'TAKEOVER')),
    license    TEXT   NOT NULL REFERENCES license (id),
    activation TEXT   NOT NULL REFERENCES activation (id),
    first_at   BIGINT NOT NULL,
    last_at    BIGINT NOT NULL,
    times      BIGINT NOT NULL
);
CREATE UNIQUE INDEX alarm_once ON alarm (activation, kind);
CREATE INDEX alarm_newest ON alarm (first_at, id);

-- Everything that ever changed a license or an activation. Rows are only ever added.
CREATE TABLE audit_entry (
    license TEXT   NOT NULL,
    number  BIGINT NOT NULL, -- from 1, without gaps
    at      BIGINT NOT NULL,
    event   TEXT   NOT NULL, -- JSON, exactly as it was hashed
    request BYTEA,           -- digest of the request that caused it
    hash    BYTEA  NOT NULL, -- over the hash before it and the event
    PRIMARY KEY (license, number)
);
CREATE INDEX audit_entry_by_request ON audit_entry (request) WHERE request IS NOT NULL;
CREATE INDEX audit_entry_by_time ON audit_entry (at, license);

-- What people wrote or are called, beside the chain, so that it can be erased.
CREATE TABLE audit_personal (
    license TEXT   NOT NULL,
    number  BIGINT NOT NULL,
    content TEXT   NOT NULL, -- JSON
    PRIMARY KEY (license, number)
);

-- The heads of all chains, chained in turn from time to time.
CREATE TABLE audit_checkpoint (
    number        BIGINT NOT NULL PRIMARY KEY,
    at            BIGINT NOT NULL,
    covered_until BIGINT NOT NULL, -- entries up to this time were looked at
    hash          BYTEA  NOT NULL  -- over the hash of the one before it and its heads
);
CREATE TABLE audit_checkpoint_head (
    checkpoint BIGINT NOT NULL REFERENCES audit_checkpoint (number),
    license    TEXT   NOT NULL,
    number     BIGINT NOT NULL, -- of the license's last entry
    hash       BYTEA  NOT NULL,
    PRIMARY KEY (checkpoint, license)
);
CREATE INDEX audit_checkpoint_head_of_license ON audit_checkpoint_head (license, number);

-- Search. Text is folded to lower case and kept as UTF-8 bytes, so that both engines sort it alike and a prefix is a range.
-- A whole value serves exact and prefix search; each of its suffixes, itself among them, serves substring search. A customer's values are kept once, whatever the number of licenses.
CREATE TABLE search_value (
    scope   TEXT  NOT NULL CHECK (scope IN ('LICENSES', 'CUSTOMERS')),
    value   BYTEA NOT NULL,
    subject TEXT  NOT NULL, -- ID of a license or customer
    PRIMARY KEY (scope, value, subject)
);
CREATE TABLE search_suffix (
    scope   TEXT  NOT NULL CHECK (scope IN ('LICENSES', 'CUSTOMERS')),
    value   BYTEA NOT NULL,
    subject TEXT  NOT NULL,
    PRIMARY KEY (scope, value, subject)
);
