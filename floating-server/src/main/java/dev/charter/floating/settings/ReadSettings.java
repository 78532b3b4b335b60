package dev.charter.floating.settings;

import dev.charter.format.DocumentRejected;
import dev.charter.format.LicenseKey;
import dev.charter.format.TrustAnchor;
import dev.charter.server.access.AccessSettings;
import dev.charter.server.log.LogForm;
import dev.charter.server.settings.GivenSettings;
import dev.charter.server.settings.GivenSettings.Outcome;
import dev.charter.server.settings.Network;
import dev.charter.server.settings.Program;
import dev.charter.server.settings.Secret;
import dev.charter.store.Engine;
import dev.charter.store.StoreUrl;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Makes [Settings] of the environment and of `floating-server.properties` in the data folder; the environment wins. Finds all mistakes, not only the first.
public final class ReadSettings {
    public static final Program PROGRAM = new Program("floating license server", "floating-server", "CHARTER_FLOATING_");
    private static final Pattern PRODUCT = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern USER = Pattern.compile("[\\p{L}\\p{Nd}._@-]{1,60}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}");
    private final GivenSettings<Setting> given;

    private ReadSettings(GivenSettings<Setting> given) {
        this.given = given;
    }

    public static Outcome<Settings> from(Map<String, String> environment) {
        return new ReadSettings(new GivenSettings<>(Setting.class, Setting.DATA, environment)).read();
    }

    /// Where the server of these settings keeps what is its own; the other settings need not be complete.
    public static Outcome<Place> place(Map<String, String> environment) {
        var reading = new ReadSettings(new GivenSettings<>(Setting.class, Setting.DATA, environment));
        var database = reading.database(reading.given.data());
        return reading.given.outcome(() -> new Place(reading.given.data(), database.orElseThrow()));
    }

    /// All settings with their meaning, for people.
    public static String explained() {
        return GivenSettings.explained(PROGRAM, Setting.class);
    }

    private Outcome<Settings> read() {
        var data = given.data();
        var address = given.address(Setting.ADDRESS);
        int port = given.number(Setting.PORT, 0, 65_535);
        var tls = tls();
        var database = database(data);
        var anchor = anchor();
        var products = given.value(Setting.PRODUCTS, "names of products such as mqtt-server, separated by commas", ReadSettings::products).orElse(List.of());
        if (!given.has(Setting.PRODUCTS)) {
            given.mistaken(Setting.PRODUCTS.fullName() + " is missing. Name the products whose licenses are leased here, such as mqtt-server.");
        }
        var keys = keys(products);
        var hostName = given.value(Setting.HOST_NAME, "1 to 200 characters", ReadSettings::hostName);
        var authority = given.value(Setting.AUTHORITY, "an address such as https://licensing.acme.example", ReadSettings::authority);
        var proxies = given.value(Setting.TRUSTED_PROXIES, "IP addresses and networks such as 10.0.0.0/8, separated by commas",
                text -> Arrays.stream(text.split(",", -1)).map(String::strip).map(Network::read).toList());
        var console = new Settings.Console(hosts(), firstAdministrator(), given.path(Setting.SETUP_TOKEN_FILE, "a file"), given.number(Setting.NEARLY_FULL, 1, 100));
        var log = given.value(Setting.LOG, "json or plain", text -> LogForm.valueOf(text.toUpperCase(Locale.ROOT))).orElse(LogForm.JSON);
        return given.outcome(() -> new Settings(data, address, port, tls, database.orElseThrow(), anchor.orElseThrow(), products, keys, hostName, authority, proxies.orElse(List.of()), console, log));
    }

    private Optional<StoreUrl> database(Path data) {
        var user = given.text(Setting.DATABASE_USER);
        var password = given.text(Setting.DATABASE_PASSWORD);
        try {
            var url = StoreUrl.parse(given.text(Setting.DATABASE).orElse("sqlite:" + data.resolve("floating.db")), user, password);
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

    private Tls tls() {
        var own = given.value(Setting.TLS, "own or off", text -> switch (text) {
            case "own" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException("neither");
        });
        var certificate = given.readableFile(Setting.TLS_CERTIFICATE);
        var key = given.readableFile(Setting.TLS_KEY);
        if (given.has(Setting.TLS_CERTIFICATE) != given.has(Setting.TLS_KEY)) {
            given.mistaken(Setting.TLS_CERTIFICATE.fullName() + " and " + Setting.TLS_KEY.fullName() + " belong together: give both or none.");
        } else if (given.has(Setting.TLS_CERTIFICATE) && given.has(Setting.TLS)) {
            given.mistaken("Both " + Setting.TLS.fullName() + " and " + Setting.TLS_CERTIFICATE.fullName() + " are given. Give one of them.");
        }
        return certificate.isPresent() && key.isPresent() ? new Tls.Given(certificate.get(), key.get()) : own.orElse(false) ? new Tls.Own() : new Tls.Off();
    }

    private Optional<TrustAnchor> anchor() {
        if (!given.has(Setting.TRUST_ANCHOR)) {
            given.mistaken(Setting.TRUST_ANCHOR.fullName() + " is missing. Give the file trust-anchor.json that the vendor hands out.");
            return Optional.empty();
        }
        var file = given.readableFile(Setting.TRUST_ANCHOR);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(TrustAnchor.read(Files.readAllBytes(file.get())));
        } catch (IOException | DocumentRejected unreadable) {
            given.mistaken(Setting.TRUST_ANCHOR.fullName() + " is " + file.get() + ", which cannot be used: " + unreadable.getMessage());
            return Optional.empty();
        }
    }

    private Map<String, LicenseKey> keys(List<String> products) {
        if (given.has(Setting.LICENSE_KEYS) && given.has(Setting.LICENSE_KEYS_FILE)) {
            given.mistaken("Both " + Setting.LICENSE_KEYS.fullName() + " and " + Setting.LICENSE_KEYS_FILE.fullName() + " are given. Give one of them.");
            return Map.of();
        }
        var text = given.text(Setting.LICENSE_KEYS).or(() -> given.firstLine(Setting.LICENSE_KEYS_FILE, "license keys by product, such as mqtt-server=ABCDE-...").map(Secret::revealSecret));
        var keys = new HashMap<String, LicenseKey>();
        for (var one : text.map(given -> given.split(",", -1)).orElse(new String[0])) {
            var parts = one.strip().split("=", 2);
            if (parts.length == 2 && products.contains(parts[0].strip()) && LicenseKey.read(parts[1]) instanceof LicenseKey.Reading.Whole whole) {
                keys.put(parts[0].strip(), whole.key());
            } else {
                // What was given may hold a key and is not shown.
                given.mistaken(Setting.LICENSE_KEYS.fullName() + " cannot be read. Allowed: for each of the products one whole license key, such as mqtt-server=ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2, separated by commas.");
                return Map.of();
            }
        }
        return keys;
    }

    private Optional<AccessSettings.Administrator> firstAdministrator() {
        var name = given.value(Setting.ADMIN_NAME, "1 to 60 letters, digits, and any of . _ @ -", text -> matching(text, USER));
        var password = given.firstLine(Setting.ADMIN_PASSWORD_FILE, "the password");
        if (given.has(Setting.ADMIN_NAME) != given.has(Setting.ADMIN_PASSWORD_FILE)) {
            given.mistaken(Setting.ADMIN_NAME.fullName() + " and " + Setting.ADMIN_PASSWORD_FILE.fullName() + " belong together: give both or none.");
        }
        return name.flatMap(text -> password.map(secret -> new AccessSettings.Administrator(text, secret)));
    }

    private List<String> hosts() {
        return given.value(Setting.CONSOLE_HOSTS, "host names without port, separated by commas",
                text -> Arrays.stream(text.split(",", -1)).map(String::strip).map(name -> matching(name, HOST).toLowerCase(Locale.ROOT)).toList()).orElse(List.of());
    }

    private static String matching(String text, Pattern form) {
        if (!form.matcher(text).matches()) {
            throw new IllegalArgumentException("not of that form");
        }
        return text;
    }

    private static List<String> products(String text) {
        var products = Arrays.stream(text.split(",", -1)).map(String::strip).distinct().toList();
        if (products.stream().anyMatch(product -> !PRODUCT.matcher(product).matches())) {
            throw new IllegalArgumentException("no products' names");
        }
        return products;
    }

    private static String hostName(String text) {
        if (text.isBlank() || text.length() > 200) {
            throw new IllegalArgumentException("no name");
        }
        return text;
    }

    private static URI authority(String text) {
        var url = URI.create(text.replaceFirst("/+$", ""));
        boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
        if (!web || url.getHost() == null || url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException("no web address");
        }
        return url;
    }
}
