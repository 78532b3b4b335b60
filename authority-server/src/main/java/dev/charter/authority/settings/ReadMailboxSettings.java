package dev.charter.authority.settings;

import dev.charter.authority.settings.MailSettings.Login;
import dev.charter.authority.settings.MailSettings.Protection;
import dev.charter.authority.settings.MailSettings.Server;
import dev.charter.authority.settings.ReadMailSettings.Scheme;
import dev.charter.server.settings.GivenSettings;
import dev.charter.server.settings.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The settings for the mailbox, as far as they do not contradict each other.
final class ReadMailboxSettings {
    private static final Map<String, Scheme> IMAP = Map.of("imaps", new Scheme(Protection.TLS, 993), "imap", new Scheme(Protection.STARTTLS, 143), "imap-plain", new Scheme(Protection.NONE, 143));
    private static final int HIGHEST_PORT = 65_535;

    private final GivenSettings<Setting> given;

    ReadMailboxSettings(GivenSettings<Setting> given) {
        this.given = given;
    }

    /// An address, read.
    private record Place(Server server, String folder) {}

    Optional<MailboxSettings> read() {
        var login = given.text(Setting.IMAP_USER).flatMap(user -> given.text(Setting.IMAP_PASSWORD).map(password -> new Login(user, new Secret(password))));
        var place = given.value(Setting.IMAP, "imaps://HOST:PORT/FOLDER, imap://HOST:PORT/FOLDER (STARTTLS) or imap-plain://HOST:PORT/FOLDER", text -> place(text, login));
        int seconds = given.number(Setting.IMAP_POLL_SECONDS, 1, 3600);
        int answers = given.number(Setting.MAIL_ANSWERS_PER_HOUR, 1, 10_000);
        boolean user = given.has(Setting.IMAP_USER);
        boolean password = given.has(Setting.IMAP_PASSWORD);
        if (given.has(Setting.IMAP) && !(user && password)) {
            given.mistaken((user ? Setting.IMAP_PASSWORD : Setting.IMAP_USER).fullName() + " is missing: a mailbox is opened with a user and a password.");
        }
        if (!given.has(Setting.IMAP) && (user || password)) {
            given.mistaken(Setting.IMAP_USER.fullName() + " and " + Setting.IMAP_PASSWORD.fullName() + " are for the mailbox that " + Setting.IMAP.fullName() + " names, which is not given. Give it, or leave them out.");
        }
        return place.map(at -> new MailboxSettings(at.server(), at.folder(), Duration.ofSeconds(seconds), answers));
    }

    private static Place place(String text, Optional<Login> login) {
        var url = URI.create(text);
        var scheme = url.getScheme() == null ? null : IMAP.get(url.getScheme());
        if (scheme == null || url.getHost() == null || url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null || url.getPort() > HIGHEST_PORT) {
            throw new IllegalArgumentException("no mailbox");
        }
        var folder = url.getPath().replaceFirst("^/", "");
        return new Place(new Server(scheme.protection(), url.getHost(), url.getPort() == -1 ? scheme.port() : url.getPort(), login), folder.isEmpty() ? "INBOX" : folder);
    }
}
