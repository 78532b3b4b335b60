-- Which secret this database belongs to: a mark of it, under which nothing can be read.
CREATE TABLE server_secret (
    id   BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    mark BYTEA  NOT NULL
);

-- One row that every change of the tokens updates first, so that two changes never decide at once whether a last token may go.
CREATE TABLE token_change (
    id     BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    number BIGINT NOT NULL
);
INSERT INTO token_change (id, number) VALUES (1, 0);

-- A revoked token stays, because the audit log names it.
ALTER TABLE token ADD COLUMN made_by TEXT;       -- ID of a token; empty for the first one
ALTER TABLE token ADD COLUMN revoked_at BIGINT;
