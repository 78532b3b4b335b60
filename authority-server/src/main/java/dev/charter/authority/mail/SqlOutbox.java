package dev.charter.authority.mail;

import dev.charter.authority.identity.Identifiers;
import dev.charter.format.Bytes;
import dev.charter.store.Sql;
import java.time.Instant;
import java.time.InstantSource;

/// Puts mails into the database, whole: what is sent later, and again where that fails, are the bytes that were written here.
final class SqlOutbox implements Outbox {
    private static final int OF_MESSAGE_ID = 20;

    private final WriteMail write;
    private final Sender sender;
    private final Identifiers identifiers;
    private final InstantSource clock;

    /// @param clock the machine's: it can be asked within a transaction, and only dates the mail
    SqlOutbox(Sender sender, Identifiers identifiers, InstantSource clock) {
        this.write = new WriteMail(sender);
        this.sender = sender;
        this.identifiers = identifiers;
        this.clock = clock;
    }

    @Override
    public Written write(OutgoingMail mail) {
        var now = clock.instant();
        var written = named(mail, now);
        return sql -> Mails.put(sql, written, now);
    }

    /// Writes a mail and puts it in the caller's transaction.
    ///
    /// @return its ID
    String putNamed(Sql sql, OutgoingMail mail) {
        var now = clock.instant();
        var written = named(mail, now);
        Mails.put(sql, written, now);
        return written.id();
    }

    /// Puts one that cannot be written, so that the desk sees it, in the caller's transaction.
    ///
    /// @return its ID
    String putFailed(Sql sql, String to, String subject, String problem) {
        var failed = new Mails.NewMail(identifiers.next("mai"), to, subject, messageId(), Bytes.of(new byte[0]));
        Mails.putFailed(sql, failed, problem, clock.instant());
        return failed.id();
    }

    private Mails.NewMail named(OutgoingMail mail, Instant now) {
        var messageId = messageId();
        return new Mails.NewMail(identifiers.next("mai"), mail.to(), mail.subject(), messageId, write.write(mail, messageId, now));
    }

    private String messageId() {
        return "<" + identifiers.characters(OF_MESSAGE_ID) + "@" + sender.from().domain() + ">";
    }
}
