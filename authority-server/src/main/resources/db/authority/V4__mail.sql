-- Mails that go out. Each is written in the transaction of what it tells, and carried later; it is the same mail, with one Message-ID, however often that is tried.
CREATE TABLE outbox (
    id         TEXT   NOT NULL PRIMARY KEY,
    recipient  TEXT   NOT NULL, -- personal
    subject    TEXT   NOT NULL,
    message_id TEXT   NOT NULL,
    content    BYTEA  NOT NULL, -- the whole mail (RFC 5322), personal; emptied once it is sent
    state      TEXT   NOT NULL CHECK (state IN ('WAITING', 'SENT', 'FAILED')),
    attempts   BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    next_at    BIGINT NOT NULL, -- not tried before
    held_until BIGINT NOT NULL, -- until then it belongs to the node that is sending it; 0 when none is
    give_up_at BIGINT NOT NULL, -- from then on it is not tried again
    sent_at    BIGINT,
    problem    TEXT             -- why the last attempt did not succeed
);
CREATE UNIQUE INDEX outbox_message ON outbox (message_id);
CREATE INDEX outbox_due ON outbox (next_at, id) WHERE state = 'WAITING';
CREATE INDEX outbox_newest ON outbox (created_at, id);
CREATE INDEX outbox_in_state ON outbox (state, created_at, id);
