-- The latest time that an issuer has seen: one row, moved on a few times a second, never back.
CREATE TABLE issuer_time (
    id     BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    latest BIGINT NOT NULL
);
INSERT INTO issuer_time (id, latest) VALUES (1, 0);
