package dev.charter.authority.settings;

import dev.charter.server.log.LogForm;
import dev.charter.server.settings.GivenSettings.Outcome;
import dev.charter.server.settings.GivenSettings;
import dev.charter.server.settings.Network;
import dev.charter.server.settings.Program;
import dev.charter.signing.Passphrase;
import dev.charter.store.Engine;
import dev.charter.store.StoreUrl;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Makes [Settings] of the environment and of `authority.properties` in the data folder; the environment wins. Finds all mistakes, not only the first.
public final class ReadSettings {
    public static final Program PROGRAM = new Program("authority", "authority", "CHARTER_AUTHORITY_");
    private final GivenSettings<Setting> given;

    private ReadSettings(GivenSettings<Setting> given) {
        this.given = given;
    }

    public static Outcome<Settings> from(Map<String, String> environment) {
        return new ReadSettings(new GivenSettings<>(Setting.class, Setting.DATA, environment)).read();
    }

    /// All settings with their meaning, for people.
    public static String explained() {
        return GivenSettings.explained(PROGRAM, Setting.class);
    }

    private Outcome<Settings> read() {
        var data = given.data();
        var address = given.address(Setting.ADDRESS);
        int port = given.number(Setting.PORT, 0, 65_535);
        var database = database(data);
        var keys = given.path(Setting.KEYS, "a folder").orElse(data.resolve("issuing"));
        if (!Files.isDirectory(keys)) {
            given.mistaken(Setting.KEYS.fullName() + " is " + keys + ", which is no folder. Allowed: the folder issuing that \"charter keys init\" makes.");
        }
        var passphrase = passphrase();
        var secretFile = given.path(Setting.SECRET_FILE, "a file").orElse(data.resolve("authority.secret"));
        var setupTokenFile = given.path(Setting.SETUP_TOKEN_FILE, "a file");
        var failedKeys = attempts(Setting.FAILED_KEYS_BURST, Setting.FAILED_KEYS_PER_SECOND);
        var failedTokens = attempts(Setting.FAILED_TOKENS_BURST, Setting.FAILED_TOKENS_PER_SECOND);
        var proxies = given.value(Setting.TRUSTED_PROXIES, "IP addresses and networks such as 10.0.0.0/8, separated by commas", ReadSettings::networks);
        var publicUrl = given.value(Setting.PUBLIC_URL, "an address such as https://licensing.acme.example", ReadSettings::publicUrl);
        int linkMinutes = given.number(Setting.LINK_MINUTES, 1, 1440);
        int restoresAlone = given.number(Setting.RESTORES_ALONE, 0, 1000);
        var mail = new ReadMailSettings(given).read();
        var mailbox = new ReadMailboxSettings(given).read();
        var checkout = new ReadCheckoutSettings(given).read();
        var log = given.value(Setting.LOG, "json or plain", text -> LogForm.valueOf(text.toUpperCase(Locale.ROOT))).orElse(LogForm.JSON);
        var failPoint = given.value(Setting.FAIL_POINT, "names", Function.identity());

        if (given.areMistaken()) {
            passphrase.ifPresent(Passphrase::close);
        }
        return given.outcome(() -> new Settings(data, address, port, database.orElseThrow(), keys, passphrase.orElseThrow(), secretFile, setupTokenFile,
                failedKeys, failedTokens, proxies.orElse(List.of()), publicUrl, Duration.ofMinutes(linkMinutes), restoresAlone, mail, mailbox,
                checkout, log, failPoint));
    }

    private Optional<StoreUrl> database(Path data) {
        var user = given.text(Setting.DATABASE_USER);
        var password = given.text(Setting.DATABASE_PASSWORD);
        try {
            var url = StoreUrl.parse(given.text(Setting.DATABASE).orElse("sqlite:" + data.resolve("authority.db")), user, password);
            if (url.engine() == Engine.POSTGRESQL && url instanceof StoreUrl.PostgresDatabase postgres && postgres.user().isEmpty()) {
                given.mistaken(Setting.DATABASE_USER.fullName() + " is missing: PostgreSQL needs a user.");
            }
            return Optional.of(url);
        } catch (IllegalArgumentException mistake) {
            // The URL itself may hold a password and is not shown.
            given.mistaken(Setting.DATABASE.fullName() + ": " + mistake.getMessage() + ".");
            return Optional.empty();
        }
    }

    private Optional<Passphrase> passphrase() {
        var itself = given.text(Setting.KEYS_PASSPHRASE);
        var file = given.path(Setting.KEYS_PASSPHRASE_FILE, "a file");
        if (itself.isPresent() == file.isPresent()) {
            given.mistaken((itself.isPresent() ? "Both " : "Neither ") + Setting.KEYS_PASSPHRASE.fullName() + (itself.isPresent() ? " and " : " nor ")
                    + Setting.KEYS_PASSPHRASE_FILE.fullName() + (itself.isPresent() ? " are" : " is") + " given. Give exactly one of them.");
            return Optional.empty();
        }
        if (itself.isPresent()) {
            return Optional.of(Passphrase.of(itself.get().toCharArray()));
        }
        try {
            return Optional.of(Passphrase.read(file.orElseThrow()));
        } catch (UncheckedIOException unreadable) {
            given.mistaken(Setting.KEYS_PASSPHRASE_FILE.fullName() + " is " + file.orElseThrow() + ", which cannot be read. Allowed: a file whose first line is the passphrase.");
            return Optional.empty();
        }
    }

    private Settings.Attempts attempts(Setting burst, Setting perSecond) {
        return new Settings.Attempts(given.number(burst, 1, 1_000_000), given.number(perSecond, 1, 1_000_000));
    }

    private static URI publicUrl(String text) {
        var url = URI.create(text.replaceFirst("/+$", ""));
        boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
        if (!web || url.getHost() == null || url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException("no web address");
        }
        return url;
    }

    private static List<Network> networks(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).map(Network::read).toList();
    }
}
