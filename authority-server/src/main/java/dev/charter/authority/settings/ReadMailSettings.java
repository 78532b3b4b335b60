package dev.charter.authority.settings;

import dev.charter.authority.settings.MailSettings.Login;
import dev.charter.authority.settings.MailSettings.Protection;
import dev.charter.authority.settings.MailSettings.Reminders;
import dev.charter.authority.settings.MailSettings.Server;
import dev.charter.server.settings.GivenSettings;
import dev.charter.server.settings.Secret;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The settings for mail, as far as they do not contradict each other.
final class ReadMailSettings {
    /// A scheme of an address, and what it stands for.
    record Scheme(Protection protection, int port) {}

    private static final Map<String, Scheme> SMTP = Map.of("smtps", new Scheme(Protection.TLS, 465), "smtp", new Scheme(Protection.STARTTLS, 587), "smtp-plain", new Scheme(Protection.NONE, 25));
    private static final int HIGHEST_PORT = 65_535;
    private static final int MOST_DAYS = 365;

    private final GivenSettings<Setting> given;

    ReadMailSettings(GivenSettings<Setting> given) {
        this.given = given;
    }

    MailSettings read() {
        var login = login();
        var smtp = given.value(Setting.SMTP, "smtps://HOST:PORT, smtp://HOST:PORT (STARTTLS) or smtp-plain://HOST:PORT", text -> server(text, login));
        var from = address(Setting.MAIL_FROM);
        var replyTo = address(Setting.MAIL_REPLY_TO);
        if (!given.has(Setting.SMTP) && (given.has(Setting.SMTP_USER) || given.has(Setting.SMTP_PASSWORD))) {
            given.mistaken(Setting.SMTP_USER.fullName() + " and " + Setting.SMTP_PASSWORD.fullName() + " are for the server that " + Setting.SMTP.fullName() + " names, which is not given. Give it, or leave them out.");
        }
        if (given.has(Setting.SMTP) && !given.has(Setting.MAIL_FROM)) {
            given.mistaken(Setting.MAIL_FROM.fullName() + " is missing: a mail that goes out by " + Setting.SMTP.fullName() + " needs an address that it comes from.");
        }
        return new MailSettings(smtp, from, replyTo, templates(), new Reminders(days(Setting.REMINDER_DAYS), days(Setting.SUPPORT_REMINDER_DAYS), products()));
    }

    private Optional<Path> templates() {
        var folder = given.path(Setting.MAIL_TEMPLATES, "a folder");
        if (folder.isPresent() && !Files.isDirectory(folder.get())) {
            given.mistaken(Setting.MAIL_TEMPLATES.fullName() + " is " + folder.get() + ", which is no folder. Allowed: a folder with templates of mails.");
            return Optional.empty();
        }
        return folder;
    }

    private List<Integer> days(Setting setting) {
        return given.value(setting, "none, or different numbers of days from 1 to " + MOST_DAYS + ", separated by commas", ReadMailSettings::days).orElseGet(() -> days(setting.standard()));
    }

    private static List<Integer> days(String text) {
        if (text.equals("none")) {
            return List.of();
        }
        var days = Arrays.stream(text.split(",", -1)).map(day -> Integer.valueOf(day.strip())).sorted(Comparator.reverseOrder()).toList();
        if (days.getLast() < 1 || days.getFirst() > MOST_DAYS || days.stream().distinct().count() < days.size()) {
            throw new IllegalArgumentException("no such days");
        }
        return days;
    }

    private Set<String> products() {
        return given.text(Setting.NO_REMINDERS_FOR).map(text -> Arrays.stream(text.split(",", -1)).map(String::strip).filter(product -> !product.isEmpty()).collect(Collectors.toSet())).orElse(Set.of());
    }

    private Optional<Login> login() {
        if (given.has(Setting.SMTP_USER) != given.has(Setting.SMTP_PASSWORD)) {
            given.mistaken((given.has(Setting.SMTP_USER) ? Setting.SMTP_PASSWORD : Setting.SMTP_USER).fullName() + " is missing: a user and a password are given together.");
        }
        return given.text(Setting.SMTP_USER).flatMap(user -> given.text(Setting.SMTP_PASSWORD).map(password -> new Login(user, new Secret(password))));
    }

    private static Server server(String text, Optional<Login> login) {
        var url = URI.create(text);
        var scheme = url.getScheme() == null ? null : SMTP.get(url.getScheme());
        if (scheme == null || url.getHost() == null || url.getRawUserInfo() != null || !url.getRawPath().isEmpty() || url.getRawQuery() != null || url.getRawFragment() != null || url.getPort() > HIGHEST_PORT) {
            throw new IllegalArgumentException("no server for mail");
        }
        return new Server(scheme.protection(), url.getHost(), url.getPort() == -1 ? scheme.port() : url.getPort(), login);
    }

    private Optional<String> address(Setting setting) {
        return given.value(setting, "an e-mail address such as ACME Licensing <licensing@acme.example>", text -> {
            try {
                var parsed = InternetAddress.parse(text, true);
                if (parsed.length != 1 || parsed[0].isGroup() || !parsed[0].getAddress().contains("@")) {
                    throw new IllegalArgumentException("not one address");
                }
                return text;
            } catch (AddressException mistake) {
                throw new IllegalArgumentException("no address", mistake);
            }
        });
    }
}
