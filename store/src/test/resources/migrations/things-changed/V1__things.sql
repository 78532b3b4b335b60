CREATE TABLE kind (name TEXT NOT NULL PRIMARY KEY);
CREATE TABLE thing (
    id      TEXT    NOT NULL PRIMARY KEY,
    kind    TEXT    REFERENCES kind (name),
    amount  BIGINT  NOT NULL CHECK (amount <= 200),
    content BYTEA,
    at      BIGINT,
    good    BOOLEAN NOT NULL DEFAULT TRUE
);
CREATE TABLE child (
    id    TEXT NOT NULL PRIMARY KEY,
    thing TEXT NOT NULL REFERENCES thing (id) DEFERRABLE INITIALLY DEFERRED
);
