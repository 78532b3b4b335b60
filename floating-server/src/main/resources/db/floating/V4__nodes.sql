-- Several nodes on one PostgreSQL are one host. On SQLite there is one node, and these tables stay as they are.

-- The files of the host's folder, each encrypted for its name under the secret that every node has beside it.
CREATE TABLE host_file (
    name    TEXT  NOT NULL PRIMARY KEY,
    content BYTEA NOT NULL
);

-- Which node keeps the license. One row.
CREATE TABLE keeper (
    id    BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    node  TEXT   NOT NULL, -- empty: none
    beat  BIGINT NOT NULL, -- grows while the keeper lives
    files BIGINT NOT NULL  -- grows with each change of the files
);
INSERT INTO keeper (id, node, beat, files) VALUES (1, '', 0, 0);
