package dev.charter.authority.mailbox;

import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.store.Sql;
import dev.charter.store.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// What became of the mails that were taken from the mailbox, so that none is answered twice, however often it is read and by however many nodes; and how often one failed.
final class Taken {
    /// Longer than a mail is looked for in the mailbox.
    static final Duration REMEMBERED = Duration.ofDays(90);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Transactions transactions;
    private final int answersPerHour;

    /// @param answersPerHour how many mails of one sender are answered
    Taken(Transactions transactions, int answersPerHour) {
        this.transactions = transactions;
        this.answersPerHour = answersPerHour;
    }

    /// A sender's mails of the last hour are as many as are answered. Undoes whatever the answer stood for.
    static final class TooMany extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooMany() {
            super("this sender was answered often enough", null, false, false);
        }
    }

    /// The parts of a mail that are done.
    Set<Bytes> parts(Digest mail) {
        return transactions.reading(sql -> Set.copyOf(sql.query("SELECT part FROM mailbox_answer WHERE mail = ?", row -> Bytes.of(row.bytes("part")), mail.value().toArray())));
    }

    /// Notes in the caller's transaction that a part of a mail is answered; false when it was before.
    ///
    /// @throws TooMany when its sender was answered as often as one is
    boolean answer(Sql sql, Digest mail, Bytes part, Digest sender, Instant now) {
        if (!put(sql, mail, part, Optional.of(sender.value()), now)) {
            return false;
        }
        long answered = sql.one("SELECT count(DISTINCT mail) AS mails FROM mailbox_answer WHERE sender = ? AND at > ?", row -> row.number("mails"), sender.value().toArray(), now.minus(HOUR))
                .orElseThrow();
        if (answered > answersPerHour) {
            throw new TooMany();
        }
        return true;
    }

    /// Notes in the caller's transaction that a part of a mail is done without an answer; false when it was before.
    static boolean file(Sql sql, Digest mail, Bytes part, Instant now) {
        return put(sql, mail, part, Optional.empty(), now);
    }

    private static boolean put(Sql sql, Digest mail, Bytes part, Optional<Bytes> sender, Instant now) {
        return sql.update("INSERT INTO mailbox_answer (mail, part, sender, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                mail.value().toArray(), part.toArray(), sender.map(Bytes::toArray), now) == 1;
    }

    /// Counts that a mail could not be processed.
    ///
    /// @return how often that was
    long failed(Digest bytes, Instant now) {
        return transactions.inOne(sql -> sql.one("""
                INSERT INTO mailbox_failure (mail, times, at) VALUES (?, 1, ?)
                ON CONFLICT (mail) DO UPDATE SET times = mailbox_failure.times + 1, at = excluded.at RETURNING times""", row -> row.number("times"), bytes.value().toArray(), now).orElseThrow());
    }

    /// Forgets what is older than any mail that is looked at.
    void forget(Instant now) {
        transactions.doInOne(sql -> {
            sql.update("DELETE FROM mailbox_answer WHERE at <= ?", now.minus(REMEMBERED));
            sql.update("DELETE FROM mailbox_failure WHERE at <= ?", now.minus(REMEMBERED));
        });
    }

    <T> T inOne(Transactions.Work<T> work) {
        return transactions.inOne(work);
    }
}
