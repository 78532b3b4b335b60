package dev.charter.authority.mail;

import dev.charter.authority.identity.Identifiers;
import dev.charter.format.SignedDocument;
import dev.charter.store.Sql;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/// This package as the program puts it together, for the tests of others.
public final class TestMail {
    static final MailAddress FROM = new MailAddress("licensing@acme.example", Optional.of("ACME Licensing"));

    private TestMail() {}

    /// Where mails of ACME are put.
    public static Outbox outbox(InstantSource clock) {
        return new SqlOutbox(new Sender(FROM, Optional.empty()), new Identifiers(new SecureRandom()), clock);
    }

    /// The mails of ACME's orders.
    public static OrderMails orders(InstantSource clock) {
        return new OrderMails(outbox(clock), "ACME");
    }

    /// The mail that answers a letter, in the name of ACME.
    public static OutgoingMail answer(MailThread thread, SignedDocument document) {
        return new AnswerByMail("ACME").write(_ -> "MQTT Server", thread, document);
    }

    /// All that were put and not sent, the oldest first.
    public static List<MimeMessage> waiting(Sql sql) {
        return sql.query("SELECT content FROM outbox WHERE state = 'WAITING' ORDER BY created_at, id", row -> read(row.bytes("content")));
    }

    static MimeMessage read(byte[] content) {
        try {
            return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(content));
        } catch (MessagingException fault) {
            throw new AssertionError("this is no mail", fault);
        }
    }
}
