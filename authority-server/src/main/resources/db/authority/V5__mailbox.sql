-- What became of the mails that came, for some months, so that none is answered twice.
CREATE TABLE mailbox_answer (
    mail   BYTEA  NOT NULL, -- digest of its Message-ID and its text
    part   BYTEA  NOT NULL, -- digest of the letter; empty for the mail as a whole
    sender BYTEA,           -- digest of the address that was answered; empty where nobody was
    at     BIGINT NOT NULL,
    PRIMARY KEY (mail, part)
);
CREATE INDEX mailbox_answer_of_sender ON mailbox_answer (sender, at);
CREATE INDEX mailbox_answer_oldest ON mailbox_answer (at);

-- Mails that could not be processed, and how often that was tried.
CREATE TABLE mailbox_failure (
    mail  BYTEA  NOT NULL PRIMARY KEY, -- digest of its bytes
    times BIGINT NOT NULL,
    at    BIGINT NOT NULL
);
CREATE INDEX mailbox_failure_oldest ON mailbox_failure (at);
