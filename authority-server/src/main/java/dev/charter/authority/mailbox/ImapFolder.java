package dev.charter.authority.mailbox;

import dev.charter.authority.settings.MailSettings.Protection;
import dev.charter.authority.settings.MailSettings.Server;
import dev.charter.authority.settings.MailboxSettings;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.search.AndTerm;
import jakarta.mail.search.ComparisonTerm;
import jakarta.mail.search.FlagTerm;
import jakarta.mail.search.ReceivedDateTerm;
import jakarta.mail.search.SearchTerm;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.imap.IMAPMessage;

/// The folder with the mails, open over IMAP. Which were seen to is noted there by a keyword, so that people may read along; where a server keeps none, by the mark that a mail was read.
final class ImapFolder implements AutoCloseable {
    private static final String SEEN_TO = "$CharterRead";
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(20);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);
    private static final int AT_ONCE = 1 << 20;

    private final Store store;
    private final Folder folder;
    private final boolean keepsKeywords;

    private ImapFolder(Store store, Folder folder) {
        this.store = store;
        this.folder = folder;
        this.keepsKeywords = folder.getPermanentFlags().contains(Flags.Flag.USER) || folder.getPermanentFlags().contains(SEEN_TO);
    }

    /// @throws MessagingException when it cannot be opened
    static ImapFolder open(MailboxSettings mailbox) throws MessagingException {
        return open(mailbox, Optional.empty());
    }

    /// @param sockets where TLS does not go by what the JDK trusts
    /// @throws MessagingException when it cannot be opened
    static ImapFolder open(MailboxSettings mailbox, Optional<SSLSocketFactory> sockets) throws MessagingException {
        var server = mailbox.server();
        var protocol = server.protection() == Protection.TLS ? "imaps" : "imap";
        var login = server.login().orElseThrow();
        var store = Session.getInstance(properties("mail." + protocol + ".", server, sockets)).getStore(protocol);
        try {
            store.connect(server.host(), server.port(), login.user(), login.password().revealSecret());
            var folder = store.getFolder(mailbox.folder());
            folder.open(Folder.READ_WRITE);
            return new ImapFolder(store, folder);
        } catch (MessagingException notNow) {
            close(store, notNow);
            throw notNow;
        }
    }

    private static Properties properties(String prefix, Server server, Optional<SSLSocketFactory> sockets) {
        var properties = new Properties();
        properties.setProperty(prefix + "connectiontimeout", Long.toString(CONNECT_WITHIN.toMillis()));
        properties.setProperty(prefix + "timeout", Long.toString(ANSWER_WITHIN.toMillis()));
        properties.setProperty(prefix + "writetimeout", Long.toString(ANSWER_WITHIN.toMillis()));
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        properties.setProperty(prefix + "socketFactory.fallback", "false");
        properties.setProperty(prefix + "starttls.enable", Boolean.toString(server.protection() == Protection.STARTTLS));
        properties.setProperty(prefix + "starttls.required", Boolean.toString(server.protection() == Protection.STARTTLS));
        properties.setProperty(prefix + "fetchsize", Integer.toString(AT_ONCE));
        properties.setProperty(prefix + "peek", "true");
        sockets.ifPresent(factory -> properties.put(prefix + "ssl.socketFactory", factory));
        return properties;
    }

    private static void close(Store store, Exception because) {
        try {
            store.close();
        } catch (MessagingException alsoFailed) {
            because.addSuppressed(alsoFailed);
        }
    }

    /// The oldest mails that came since then and were not seen to.
    List<Message> waiting(Instant since, int most) throws MessagingException {
        var flags = keepsKeywords ? new Flags(SEEN_TO) : new Flags(Flags.Flag.SEEN);
        SearchTerm term = new AndTerm(new SearchTerm[] {new FlagTerm(flags, false), new FlagTerm(new Flags(Flags.Flag.DELETED), false), new FlagTerm(new Flags(Flags.Flag.ANSWERED), false),
            new ReceivedDateTerm(ComparisonTerm.GE, Date.from(since))});
        var found = folder.search(term);
        var first = Arrays.copyOf(found, Math.min(found.length, most));
        var sizes = new FetchProfile();
        sizes.add(FetchProfile.Item.SIZE);
        folder.fetch(first, sizes);
        return Arrays.asList(first);
    }

    /// The bytes of a mail, no more than so many of them. It stays unread.
    static byte[] start(Message mail, int most) throws MessagingException, IOException {
        try (var in = ((IMAPMessage) mail).getMimeStream()) {
            return in.readNBytes(most);
        }
    }

    /// Notes that mails were seen to.
    void seenTo(List<Message> mails, boolean answered) throws MessagingException {
        if (mails.isEmpty()) {
            return;
        }
        var flags = new Flags(Flags.Flag.SEEN);
        if (answered) {
            flags.add(Flags.Flag.ANSWERED);
        }
        if (keepsKeywords) {
            flags.add(SEEN_TO);
        }
        folder.setFlags(mails.toArray(new Message[0]), flags, true);
    }

    @Override
    public void close() throws MessagingException {
        try {
            if (folder.isOpen()) {
                folder.close(false);
            }
        } finally {
            store.close();
        }
    }
}
