package dev.charter.authority.mail;

import dev.charter.store.Sql;

/// Where mails are put that go out.
@FunctionalInterface
public interface Outbox {
    /// Writes a mail, whole; it is kept nowhere yet. That takes a while with a large one, and is better done ahead of a transaction than in it.
    Written write(OutgoingMail mail);

    /// Writes a mail and puts it in the caller's transaction.
    default void put(Sql sql, OutgoingMail mail) {
        write(mail).put(sql);
    }

    /// A mail as it will be sent.
    @FunctionalInterface
    interface Written {
        /// Puts it in the caller's transaction: it goes out if that is committed, and only then. It goes out at least once, and is the same mail with the same Message-ID each time.
        void put(Sql sql);
    }
}
