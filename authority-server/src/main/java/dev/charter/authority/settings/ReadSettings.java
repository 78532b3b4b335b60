package dev.charter.authority.settings;

import dev.charter.signing.Passphrase;
import dev.charter.store.Engine;
import dev.charter.store.StoreUrl;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Makes [Settings] of the environment and of `authority.properties` in the data folder; the environment wins. Finds all mistakes, not only the first.
public final class ReadSettings {
    static final String FILE = "authority.properties";

    /// What came of it.
    public sealed interface Outcome {
        record Ready(Settings settings) implements Outcome {}

        /// Each mistake is a sentence that names the setting, what was given (never a secret) and what is allowed.
        record Mistaken(List<String> mistakes) implements Outcome {
            public Mistaken {
                mistakes = List.copyOf(mistakes);
            }
        }
    }

    private record Given(String value, String where) {}

    private final Map<Setting, Given> given = new EnumMap<>(Setting.class);
    private final List<String> mistakes = new ArrayList<>();

    private ReadSettings() {}

    public static Outcome from(Map<String, String> environment) {
        return new ReadSettings().read(environment);
    }

    /// All settings with their meaning, for people.
    public static String explained() {
        var text = new StringBuilder("Settings, as environment variables or in " + FILE + " in the data folder (the environment wins):\n");
        for (var setting : Setting.values()) {
            text.append("\n  ").append(setting.fullName()).append(setting.standard().isEmpty() ? "" : " (" + setting.standard() + ")")
                    .append("\n      ").append(setting.meaning()).append('\n');
        }
        return text.toString();
    }

    private Outcome read(Map<String, String> environment) {
        var ofAuthority = environment.entrySet().stream().filter(entry -> entry.getKey().startsWith(Setting.PREFIX)).sorted(Map.Entry.comparingByKey()).toList();
        ofAuthority.forEach(entry -> take(entry.getKey(), entry.getValue(), "in the environment"));
        var data = value(Setting.DATA, "a folder", ReadSettings::path).orElse(Path.of(Setting.DATA.standard()).toAbsolutePath());
        if (Files.exists(data) && !Files.isDirectory(data)) {
            mistakes.add(Setting.DATA.fullName() + " is " + data + ", which is a file. Allowed: a folder, or a path at which one can be made.");
        }
        takeFile(data.resolve(FILE));

        var address = value(Setting.ADDRESS, "an IP address, such as 127.0.0.1 or ::1", ReadSettings::address);
        var port = value(Setting.PORT, "a whole number from 0 to 65535", text -> number(text, 0, 65535));
        var database = database(data);
        var keys = value(Setting.KEYS, "a folder", ReadSettings::path).orElse(data.resolve("issuing"));
        if (!Files.isDirectory(keys)) {
            mistakes.add(Setting.KEYS.fullName() + " is " + keys + ", which is no folder. Allowed: the folder issuing that \"charter keys init\" makes.");
        }
        var passphrase = passphrase();
        var secretFile = value(Setting.SECRET_FILE, "a file", ReadSettings::path).orElse(data.resolve("authority.secret"));
        var setupTokenFile = value(Setting.SETUP_TOKEN_FILE, "a file", ReadSettings::path);
        var failedKeys = attempts(Setting.FAILED_KEYS_BURST, Setting.FAILED_KEYS_PER_SECOND);
        var failedTokens = attempts(Setting.FAILED_TOKENS_BURST, Setting.FAILED_TOKENS_PER_SECOND);
        var proxies = value(Setting.TRUSTED_PROXIES, "IP addresses and networks such as 10.0.0.0/8, separated by commas", ReadSettings::networks);
        var publicUrl = value(Setting.PUBLIC_URL, "an address such as https://licensing.acme.example", ReadSettings::publicUrl);
        var linksLast = value(Setting.LINK_MINUTES, "a whole number from 1 to 1440", text -> number(text, 1, 1440)).orElseGet(() -> Integer.valueOf(Setting.LINK_MINUTES.standard()));
        var restoresAlone = value(Setting.RESTORES_ALONE, "a whole number from 0 to 1000", text -> number(text, 0, 1000)).orElseGet(() -> Integer.valueOf(Setting.RESTORES_ALONE.standard()));
        var log = value(Setting.LOG, "json or plain", ReadSettings::log);
        var failPoint = value(Setting.FAIL_POINT, "a name", Function.identity());

        if (!mistakes.isEmpty() || database.isEmpty() || passphrase.isEmpty()) {
            passphrase.ifPresent(Passphrase::close);
            return new Outcome.Mistaken(mistakes);
        }
        return new Outcome.Ready(new Settings(data, address.orElseGet(() -> address(Setting.ADDRESS.standard())),
                port.orElseGet(() -> Integer.valueOf(Setting.PORT.standard())), database.get(), keys, passphrase.get(), secretFile, setupTokenFile,
                failedKeys, failedTokens, proxies.orElse(List.of()), publicUrl, Duration.ofMinutes(linksLast), restoresAlone, log.orElse(Settings.Log.JSON), failPoint));
    }

    private void take(String name, String value, String where) {
        var setting = Arrays.stream(Setting.values()).filter(each -> each.fullName().equals(name)).findAny();
        if (setting.isEmpty()) {
            mistakes.add(name + " (" + where + ") is no setting of the authority. Did you mean " + nearest(name).fullName() + "?");
        } else if (value.isBlank()) {
            mistakes.add(name + " (" + where + ") is empty. Leave it out, or give it a value: " + setting.get().meaning() + ".");
        } else {
            given.putIfAbsent(setting.get(), new Given(value.strip(), where));
        }
    }

    private void takeFile(Path file) {
        if (!Files.exists(file)) {
            return;
        }
        switch (SettingsFile.read(file)) {
            case SettingsFile.Outcome.Read(var lines) -> lines.forEach((name, value) -> {
                if (name.equals(Setting.DATA.fullName())) {
                    mistakes.add(name + " (in " + file + ") says where this very file is, so it can be given in the environment only.");
                } else {
                    take(name, value, "in " + file);
                }
            });
            case SettingsFile.Outcome.Unreadable(var why) -> mistakes.add(why);
        }
    }

    private Optional<StoreUrl> database(Path data) {
        var user = text(Setting.DATABASE_USER);
        var password = text(Setting.DATABASE_PASSWORD);
        try {
            var url = StoreUrl.parse(text(Setting.DATABASE).orElse("sqlite:" + data.resolve("authority.db")), user, password);
            if (url.engine() == Engine.POSTGRESQL && url instanceof StoreUrl.PostgresDatabase postgres && postgres.user().isEmpty()) {
                mistakes.add(Setting.DATABASE_USER.fullName() + " is missing: PostgreSQL needs a user.");
            }
            return Optional.of(url);
        } catch (IllegalArgumentException mistake) {
            // The URL itself may hold a password and is not shown.
            mistakes.add(Setting.DATABASE.fullName() + ": " + mistake.getMessage() + ".");
            return Optional.empty();
        }
    }

    private Optional<Passphrase> passphrase() {
        var itself = text(Setting.KEYS_PASSPHRASE);
        var file = value(Setting.KEYS_PASSPHRASE_FILE, "a file", ReadSettings::path);
        if (itself.isPresent() == file.isPresent()) {
            mistakes.add((itself.isPresent() ? "Both " : "Neither ") + Setting.KEYS_PASSPHRASE.fullName() + (itself.isPresent() ? " and " : " nor ")
                    + Setting.KEYS_PASSPHRASE_FILE.fullName() + (itself.isPresent() ? " are" : " is") + " given. Give exactly one of them.");
            return Optional.empty();
        }
        if (itself.isPresent()) {
            return Optional.of(Passphrase.of(itself.get().toCharArray()));
        }
        try {
            return Optional.of(Passphrase.read(file.orElseThrow()));
        } catch (UncheckedIOException unreadable) {
            mistakes.add(Setting.KEYS_PASSPHRASE_FILE.fullName() + " is " + file.orElseThrow() + ", which cannot be read. Allowed: a file whose first line is the passphrase.");
            return Optional.empty();
        }
    }

    private Settings.Attempts attempts(Setting burst, Setting perSecond) {
        var allowed = "a whole number from 1 to 1000000";
        return new Settings.Attempts(
                value(burst, allowed, text -> number(text, 1, 1_000_000)).orElseGet(() -> Integer.valueOf(burst.standard())),
                value(perSecond, allowed, text -> number(text, 1, 1_000_000)).orElseGet(() -> Integer.valueOf(perSecond.standard())));
    }

    private Optional<String> text(Setting setting) {
        return Optional.ofNullable(given.get(setting)).map(Given::value);
    }

    private <T> Optional<T> value(Setting setting, String allowed, Function<String, T> reader) {
        var one = Optional.ofNullable(given.get(setting));
        try {
            return one.map(Given::value).map(reader);
        } catch (IllegalArgumentException mistake) {
            mistakes.add(setting.fullName() + " (" + one.map(Given::where).orElse("") + ") is \"" + one.map(Given::value).orElse("") + "\". Allowed: " + allowed + ".");
            return Optional.empty();
        }
    }

    private static Path path(String text) {
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException mistake) {
            throw new IllegalArgumentException("no path", mistake);
        }
    }

    private static URI publicUrl(String text) {
        var url = URI.create(text.replaceFirst("/+$", ""));
        boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
        if (!web || url.getHost() == null || url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException("no web address");
        }
        return url;
    }

    private static InetAddress address(String text) {
        return InetAddress.ofLiteral(text);
    }

    private static int number(String text, int least, int most) {
        int number = Integer.parseInt(text);
        if (number < least || number > most) {
            throw new IllegalArgumentException("out of range");
        }
        return number;
    }

    private static List<Network> networks(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).map(Network::read).toList();
    }

    private static Settings.Log log(String text) {
        return Settings.Log.valueOf(text.toUpperCase(Locale.ROOT));
    }

    /// The known name with the fewest single-character changes.
    private static Setting nearest(String name) {
        var best = Setting.DATA;
        int least = Integer.MAX_VALUE;
        for (var setting : Setting.values()) {
            int distance = distance(name, setting.fullName());
            if (distance < least) {
                least = distance;
                best = setting;
            }
        }
        return best;
    }

    // Levenshtein's distance, row by row.
    private static int distance(String from, String to) {
        var row = new int[to.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
