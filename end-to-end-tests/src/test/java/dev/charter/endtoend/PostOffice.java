package dev.charter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// SMTP and IMAP for the vendor and its customers, on ports that were free.
final class PostOffice implements AutoCloseable {
    static final String VENDOR = "licensing@vendor.example";
    static final String CUSTOMER = "it@acme.example";
    private static final String PASSWORD = "postal";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final GreenMail server;
    private int received;

    /// A mail as the customer finds it.
    ///
    /// @param inReplyTo the Message-ID of the mail that it answers
    record Mail(String messageId, String subject, String text, Optional<String> inReplyTo, Map<String, String> attachments) {
        /// The one document that is attached.
        String attachment() {
            assertThat(attachments).as(subject + "\n" + text).hasSize(1);
            return attachments.values().iterator().next();
        }
    }

    private PostOffice(GreenMail server) {
        this.server = server;
    }

    static PostOffice open() throws UserException {
        var setups = new ServerSetup[] {loopback(ServerSetup.PROTOCOL_SMTP), loopback(ServerSetup.PROTOCOL_IMAP)};
        var office = new PostOffice(new GreenMail(setups));
        office.server.start();
        office.server.getUserManager().createUser(VENDOR, VENDOR, PASSWORD);
        office.server.getUserManager().createUser(CUSTOMER, CUSTOMER, PASSWORD);
        return office;
    }

    private static ServerSetup loopback(String protocol) {
        return new ServerSetup(0, "127.0.0.1", protocol);
    }

    /// The authority's settings for its mailbox.
    Map<String, String> settings() {
        return Map.of("CHARTER_AUTHORITY_SMTP", "smtp-plain://127.0.0.1:" + server.getSmtp().getPort(), "CHARTER_AUTHORITY_MAIL_FROM", "Demo Licensing <" + VENDOR + ">",
                "CHARTER_AUTHORITY_IMAP", "imap-plain://127.0.0.1:" + server.getImap().getPort() + "/INBOX", "CHARTER_AUTHORITY_IMAP_USER", VENDOR,
                "CHARTER_AUTHORITY_IMAP_PASSWORD", PASSWORD, "CHARTER_AUTHORITY_IMAP_POLL_SECONDS", "1");
    }

    /// Sends a mail from the customer to the vendor and waits for the answer in its thread.
    Mail asks(String subject, String text) {
        try {
            var session = Session.getInstance(new Properties());
            var message = new MimeMessage(session);
            message.setFrom(new InternetAddress(CUSTOMER, "Ms Miller", StandardCharsets.UTF_8.name()));
            message.setRecipient(Message.RecipientType.TO, new InternetAddress(VENDOR));
            message.setSubject(subject, StandardCharsets.UTF_8.name());
            message.setText(text, StandardCharsets.UTF_8.name());
            message.saveChanges();
            try (var smtp = session.getTransport("smtp")) {
                smtp.connect("127.0.0.1", server.getSmtp().getPort(), null, null);
                smtp.sendMessage(message, message.getAllRecipients());
            }
            var answer = next();
            assertThat(answer.inReplyTo()).as("the answer stands in the thread").contains(message.getMessageID());
            return answer;
        } catch (MessagingException | IOException | FolderException e) {
            throw new IllegalStateException("the mail could not be sent", e);
        }
    }

    /// All letters that the customer was sent, once there are so many, where nobody else gets any.
    List<Mail> letters(int count) throws MessagingException, IOException, FolderException {
        assertThat(server.waitForIncomingEmail(PATIENCE.toMillis(), count)).as("letter " + count + " comes").isTrue();
        var all = new ArrayList<Mail>();
        for (var message : server.getManagers().getImapHostManager().getInbox(server.getUserManager().getUserByEmail(CUSTOMER)).getMessages()) {
            all.add(read(message.getMimeMessage()));
        }
        assertThat(all).hasSize(count);
        return all;
    }

    private Mail next() throws MessagingException, IOException, FolderException {
        received++;
        var inbox = server.getUserManager().getUserByEmail(CUSTOMER);
        var folder = server.getManagers().getImapHostManager().getInbox(inbox);
        assertThat(server.waitForIncomingEmail(PATIENCE.toMillis(), 2 * received)).as("an answer comes").isTrue();
        var all = folder.getMessages();
        assertThat(all).hasSize(received);
        return read(all.get(received - 1).getMimeMessage());
    }

    static Mail read(MimeMessage message) throws MessagingException, IOException {
        var texts = new ArrayList<String>();
        var attachments = new LinkedHashMap<String, String>();
        read(message, texts, attachments);
        var inReplyTo = Optional.ofNullable(message.getHeader("In-Reply-To")).map(values -> values[0].strip());
        return new Mail(message.getMessageID(), message.getSubject(), String.join("\n", texts), inReplyTo, attachments);
    }

    private static void read(Part part, List<String> texts, Map<String, String> attachments) throws MessagingException, IOException {
        if (part.isMimeType("multipart/*")) {
            var parts = (Multipart) part.getContent();
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart one = parts.getBodyPart(i);
                read(one, texts, attachments);
            }
        } else if (part.getFileName() != null) {
            attachments.put(part.getFileName(), new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } else if (part.isMimeType("text/plain")) {
            texts.add(part.getContent().toString());
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
