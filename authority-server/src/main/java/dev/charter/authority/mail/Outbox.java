package dev.charter.authority.mail;

import dev.charter.store.Sql;

/// Where mails are put that go out.
public interface Outbox {
    /// Puts a mail in the caller's transaction: it goes out if that is committed, and only then. It goes out at least once, and is the same mail with the same Message-ID each time.
    void put(Sql sql, OutgoingMail mail);
}
