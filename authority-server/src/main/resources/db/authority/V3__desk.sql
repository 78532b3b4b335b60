-- Whether letters about a product are answered at once or after a look, and whether a host reported destroyed is restored at once or after a look.
ALTER TABLE product ADD COLUMN letters TEXT NOT NULL DEFAULT 'ANSWER' CHECK (letters IN ('ANSWER', 'LOOK'));
ALTER TABLE product ADD COLUMN losses TEXT NOT NULL DEFAULT 'LOOK' CHECK (losses IN ('RESTORE', 'LOOK'));

-- Letters that wait for a person's look, and what became of them. Those that are answered at once are not here.
CREATE TABLE letter (
    id          TEXT   NOT NULL PRIMARY KEY,
    digest      BYTEA  NOT NULL, -- of the document, or of the text where it could not be read
    kind        TEXT   NOT NULL CHECK (kind IN ('USAGE_REQUEST', 'UNREADABLE')),
    channel     TEXT   NOT NULL CHECK (channel IN ('MAIL', 'PORTAL', 'DESK')),
    state       TEXT   NOT NULL CHECK (state IN ('WAITING', 'APPROVED', 'REFUSED', 'SUPERSEDED', 'CLOSED')),
    license     TEXT   REFERENCES license (id), -- empty for what could not be read
    host        TEXT,            -- ID of the host's key
    sequence    BIGINT NOT NULL,
    content     BYTEA  NOT NULL, -- the document's bytes, or the text; personal
    origin      TEXT,            -- for whoever brings the answer back; personal
    sender      TEXT,            -- of what could not be read; personal
    problem     TEXT,            -- why it could not be read
    received_at BIGINT NOT NULL,
    decided_at  BIGINT,
    decided_by  TEXT,            -- ID of a token
    reason      TEXT,            -- personal: a person wrote it
    answer      BYTEA            -- the exact bytes of the desk's own refusal
);
CREATE UNIQUE INDEX letter_once ON letter (digest);
CREATE INDEX letter_newest ON letter (received_at, id);
CREATE INDEX letter_in_state ON letter (state, received_at, id);
CREATE INDEX letter_of_host ON letter (license, host, sequence);

-- Hosts that were reported destroyed.
CREATE TABLE loss (
    id            TEXT   NOT NULL PRIMARY KEY,
    license       TEXT   NOT NULL REFERENCES license (id),
    activation    TEXT   NOT NULL REFERENCES activation (id),
    state         TEXT   NOT NULL CHECK (state IN ('WAITING', 'RESTORED', 'DECLINED')),
    story         TEXT   NOT NULL, -- personal: what happened, as the customer tells it
    reported_at   BIGINT NOT NULL,
    reported_by   TEXT   NOT NULL, -- ID of a token, or 'portal'
    first_look_by TEXT,            -- ID of the token that wants it restored, where a second person has to agree
    decided_at    BIGINT,
    decided_by    TEXT,            -- ID of a token, or 'portal'
    reason        TEXT             -- personal: a person wrote it
);
CREATE UNIQUE INDEX loss_waiting ON loss (activation) WHERE state = 'WAITING';
CREATE INDEX loss_newest ON loss (reported_at, id);
CREATE INDEX loss_of_license ON loss (license, state, decided_at);

-- Links by which a license's contact comes to the customers' page. They open one license, for a short while.
CREATE TABLE portal_link (
    hash       BYTEA  NOT NULL PRIMARY KEY, -- of the link's secret
    license    TEXT   NOT NULL REFERENCES license (id),
    expires_at BIGINT NOT NULL
);
CREATE INDEX portal_link_of_license ON portal_link (license, expires_at);
CREATE INDEX portal_link_expired ON portal_link (expires_at);

-- A host whose activation is lost holds it still, until the desk has decided.
DROP INDEX activation_one_per_product;
CREATE UNIQUE INDEX activation_one_per_product ON activation (host, product) WHERE state IN ('ACTIVE', 'LOST');

-- One more kind of alarm.
CREATE TABLE alarm_of_the_desk (
    id         TEXT   NOT NULL PRIMARY KEY,
    kind       TEXT   NOT NULL CHECK (kind IN ('CLONE', 'TAKEOVER', 'RETURNED')),
    license    TEXT   NOT NULL REFERENCES license (id),
    activation TEXT   NOT NULL REFERENCES activation (id),
    first_at   BIGINT NOT NULL,
    last_at    BIGINT NOT NULL,
    times      BIGINT NOT NULL
);
INSERT INTO alarm_of_the_desk (id, kind, license, activation, first_at, last_at, times) SELECT id, kind, license, activation, first_at, last_at, times FROM alarm;
DROP TABLE alarm;
ALTER TABLE alarm_of_the_desk RENAME TO alarm;
CREATE UNIQUE INDEX alarm_once ON alarm (activation, kind);
CREATE INDEX alarm_newest ON alarm (first_at, id);
