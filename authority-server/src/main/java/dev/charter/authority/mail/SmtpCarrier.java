package dev.charter.authority.mail;

import dev.charter.authority.settings.MailSettings;
import dev.charter.authority.settings.MailSettings.Protection;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands mails over by SMTP (RFC 5321). A server is only talked to under TLS whose certificate names it, unless the settings say otherwise; what a server refuses about its receiver or
/// its content for good is not tried again, what it refuses about us is.
final class SmtpCarrier implements Carrier {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpCarrier.class);
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(15);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);
    private static final int PERMANENT = 500;
    private static final int CLOSING = 421; // RFC 5321, section 3.8

    private final MailSettings.Server server;
    private final Session session;

    /// @param sockets where TLS does not go by what the JDK trusts
    SmtpCarrier(MailSettings.Server server, MailAddress from, Optional<SSLSocketFactory> sockets) {
        this.server = server;
        this.session = session(server, from, sockets);
    }

    private static Session session(MailSettings.Server server, MailAddress from, Optional<SSLSocketFactory> sockets) {
        var properties = new Properties();
        properties.setProperty("mail.smtp.host", server.host());
        properties.setProperty("mail.smtp.port", Integer.toString(server.port()));
        properties.setProperty("mail.smtp.from", from.address());
        properties.setProperty("mail.smtp.auth", Boolean.toString(server.login().isPresent()));
        properties.setProperty("mail.smtp.connectiontimeout", Long.toString(CONNECT_WITHIN.toMillis()));
        properties.setProperty("mail.smtp.timeout", Long.toString(ANSWER_WITHIN.toMillis()));
        properties.setProperty("mail.smtp.writetimeout", Long.toString(ANSWER_WITHIN.toMillis()));
        properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(server.protection() == Protection.TLS));
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(server.protection() == Protection.STARTTLS));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(server.protection() == Protection.STARTTLS));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
        properties.setProperty("mail.smtp.socketFactory.fallback", "false");
        sockets.ifPresent(factory -> properties.put("mail.smtp.ssl.socketFactory", factory));
        return Session.getInstance(properties);
    }

    @Override
    public Way way() {
        return new Connection();
    }

    private final class Connection implements Way {
        private @Nullable Transport open;

        @Override
        public Carried carry(QueuedMail mail) {
            try {
                var transport = connected();
                var to = new Address[] {MailAddress.read(mail.to()).orElseThrow().inHead()};
                transport.sendMessage(new MimeMessage(session, new ByteArrayInputStream(mail.content().toArray())), to);
                return new Carried.Done();
            } catch (AuthenticationFailedException refused) {
                close();
                return new Carried.Away(server + " refuses the user or the password: " + refused.getMessage());
            } catch (MessagingException failure) {
                return refused(failure);
            }
        }

        private Transport connected() throws MessagingException {
            if (open == null) {
                var transport = session.getTransport("smtp");
                if (server.login().isPresent()) {
                    transport.connect(server.login().get().user(), server.login().get().password().revealSecret());
                } else {
                    transport.connect();
                }
                open = transport;
            }
            return open;
        }

        private Carried refused(MessagingException failure) {
            var receiver = find(failure, SMTPAddressFailedException.class);
            if (receiver.isPresent()) {
                return judged(receiver.get().getReturnCode(), String.valueOf(receiver.get().getMessage()));
            }
            var content = find(failure, SMTPSendFailedException.class);
            if (content.isPresent() && find(failure, SMTPSenderFailedException.class).isEmpty()) {
                return judged(content.get().getReturnCode(), String.valueOf(content.get().getMessage()));
            }
            close();
            return new Carried.Away(server + ": " + failure.getMessage() + root(failure));
        }

        private Carried judged(int code, String said) {
            if (code == CLOSING) {
                close();
                return new Carried.Away(server + ": " + said);
            }
            return code >= PERMANENT ? new Carried.Never(said) : new Carried.NotNow(said);
        }

        @Override
        public void close() {
            if (open != null) {
                try {
                    open.close();
                } catch (MessagingException alreadyGone) {
                    LOG.debug("the connection to {} broke off", server, alreadyGone);
                }
                open = null;
            }
        }
    }

    /// What lies behind a failure, such as a certificate that is not trusted.
    private static String root(MessagingException failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root == failure ? "" : " (" + root.getMessage() + ")";
    }

    private static <T extends Exception> Optional<T> find(MessagingException failure, Class<T> type) {
        for (Exception each = failure; each != null; each = each instanceof MessagingException more ? more.getNextException() : null) {
            if (type.isInstance(each)) {
                return Optional.of(type.cast(each));
            }
        }
        return Optional.empty();
    }
}
