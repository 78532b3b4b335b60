package dev.charter.authority.mail;

import dev.charter.format.Bytes;
import dev.charter.store.Sql;
import java.time.Duration;
import java.time.Instant;

/// Mails that go out, in the database.
final class Mails {
    /// After so long nobody tries any more.
    static final Duration GIVE_UP_AFTER = Duration.ofDays(3);

    private Mails() {}

    /// A mail as it is put.
    record NewMail(String id, String to, String subject, String messageId, Bytes content) {}

    /// In the caller's transaction.
    static void put(Sql sql, NewMail mail, Instant now) {
        sql.update("""
                INSERT INTO outbox (id, recipient, subject, message_id, content, state, attempts, created_at, next_at, held_until, give_up_at)
                VALUES (?, ?, ?, ?, ?, 'WAITING', 0, ?, ?, 0, ?)""",
                mail.id(), mail.to(), mail.subject(), mail.messageId(), mail.content().toArray(), now, now, now.plus(GIVE_UP_AFTER));
    }
}
