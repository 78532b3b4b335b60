package dev.charter.mqtt.settings;

import dev.charter.server.log.LogForm;
import dev.charter.server.settings.GivenSettings.Outcome;
import dev.charter.server.settings.GivenSettings;
import dev.charter.server.settings.Program;
import dev.charter.server.settings.Secret;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/// Makes [Settings] of the environment and of `mqtt-server.properties` in the data folder; the environment wins. Finds all mistakes, not only the first.
public final class ReadSettings {
    public static final Program PROGRAM = new Program("MQTT server", "mqtt-server", "CHARTER_MQTT_");
    private static final String OFF = "off";
    private static final String OFFLINE = "offline";
    private static final String LEASED = "leased";
    private static final String FLOATING = "floating";
    /// What an operator of containers may set once for every product that is licensed by Charter: `CHARTER_` in place of this program's prefix.
    private static final List<Setting> OF_ANY_PRODUCT = List.of(Setting.LICENSE_KEY, Setting.LICENSE_SERVERS, Setting.LICENSE_FEATURES, Setting.LICENSE_SLOT);
    private static final int MOST_SERVERS = 8;
    private static final int LONGEST_SLOT = 200;
    private static final int MOST = 10_000_000;

    private final GivenSettings<Setting> given;

    private ReadSettings(GivenSettings<Setting> given) {
        this.given = given;
    }

    public static Outcome<Settings> from(Map<String, String> environment) {
        return new ReadSettings(new GivenSettings<>(Setting.class, Setting.DATA, withNamesOfAnyProduct(environment))).read();
    }

    /// This program's own names win.
    private static Map<String, String> withNamesOfAnyProduct(Map<String, String> environment) {
        var all = new HashMap<>(environment);
        boolean keyInFile = environment.containsKey(Setting.LICENSE_KEY_FILE.fullName());
        OF_ANY_PRODUCT.stream().filter(setting -> setting != Setting.LICENSE_KEY || !keyInFile)
                .forEach(setting -> Optional.ofNullable(environment.get("CHARTER_" + setting.name())).ifPresent(value -> all.putIfAbsent(setting.fullName(), value)));
        return all;
    }

    /// All settings with their meaning, for people.
    public static String explained() {
        return GivenSettings.explained(PROGRAM, Setting.class);
    }

    private Outcome<Settings> read() {
        var console = new Settings.Console(given.address(Setting.CONSOLE_ADDRESS), port(Setting.CONSOLE_PORT).orElse(0), hosts());
        var mqtt = mqtt();
        var limits = new Settings.Limits(number(Setting.MAX_CONNECTIONS), given.number(Setting.MAX_PACKET_BYTES, 1_024, MOST), number(Setting.MAX_QUEUED_MESSAGES),
                given.number(Setting.MAX_KEEP_ALIVE_SECONDS, 1, 65_535), number(Setting.MAX_SESSION_EXPIRY_SECONDS), number(Setting.MAX_MESSAGE_EXPIRY_SECONDS),
                number(Setting.MAX_SUBSCRIPTIONS_PER_CLIENT), number(Setting.CONNECT_RATE), number(Setting.PUBLISH_RATE_PER_CLIENT));
        var usersFile = given.readableFile(Setting.MQTT_USERS_FILE);
        var license = license();
        var administrator = firstAdministrator();
        var tokenFile = given.path(Setting.SETUP_TOKEN_FILE, "a file");
        var hostName = given.value(Setting.HOST_NAME, "1 to 200 characters", text -> text.length() > 200 ? refuse("too long") : text);
        var log = given.value(Setting.LOG, "plain or json", text -> LogForm.valueOf(text.toUpperCase(Locale.ROOT))).orElse(LogForm.PLAIN);

        return given.outcome(() -> new Settings(given.data(), console, mqtt, limits, usersFile, license, administrator, tokenFile, hostName, log, given.shown()));
    }

    private Settings.Mqtt mqtt() {
        var tlsPort = port(Setting.TLS_PORT);
        var wssPort = port(Setting.WSS_PORT);
        var certificate = given.readableFile(Setting.TLS_CERTIFICATE);
        var key = given.readableFile(Setting.TLS_KEY);
        if (given.has(Setting.TLS_CERTIFICATE) != given.has(Setting.TLS_KEY)) {
            given.mistaken(Setting.TLS_CERTIFICATE.fullName() + " and " + Setting.TLS_KEY.fullName() + " belong together: give both or none.");
        }
        for (var port : List.of(Setting.TLS_PORT, Setting.WSS_PORT)) {
            if (port(port).isPresent() && !given.has(Setting.TLS_CERTIFICATE)) {
                given.mistaken(port.fullName() + " needs a certificate: give " + Setting.TLS_CERTIFICATE.fullName() + " and " + Setting.TLS_KEY.fullName() + ".");
            }
        }
        var tls = certificate.flatMap(file -> key.map(secret -> new Settings.Tls(file, secret)));
        return new Settings.Mqtt(given.address(Setting.MQTT_ADDRESS), port(Setting.MQTT_PORT), tlsPort, port(Setting.WS_PORT), wssPort, tls, givenPorts());
    }

    private Set<String> givenPorts() {
        return Map.of("tcp", Setting.MQTT_PORT, "tls", Setting.TLS_PORT, "ws", Setting.WS_PORT, "wss", Setting.WSS_PORT).entrySet().stream()
                .filter(entry -> given.has(entry.getValue())).map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    private Settings.License license() {
        var authority = given.value(Setting.LICENSE_AUTHORITY, "an address such as https://license.example.com", ReadSettings::url);
        var method = given.value(Setting.LICENSE_METHOD, "online, leased, floating or offline", text -> List.of("online", LEASED, FLOATING, OFFLINE).contains(text) ? text : refuse("another"));
        boolean offline = method.filter(OFFLINE::equals).isPresent();
        List.of(Setting.LICENSE_AUTHORITY, Setting.LICENSE_KEY, Setting.LICENSE_KEY_FILE, Setting.LICENSE_SERVERS, Setting.LICENSE_FEATURES, Setting.LICENSE_SLOT).stream().filter(online -> offline && given.has(online))
                .forEach(online -> given.mistaken(online.fullName() + " is for licenses that come online, and " + Setting.LICENSE_METHOD.fullName() + " is offline: leave one of them out."));
        if (given.has(Setting.LICENSE_KEY) && given.has(Setting.LICENSE_KEY_FILE)) {
            given.mistaken("Both " + Setting.LICENSE_KEY.fullName() + " and " + Setting.LICENSE_KEY_FILE.fullName() + " are given. Give one of them.");
        }
        var key = given.text(Setting.LICENSE_KEY).map(Secret::new).or(() -> given.firstLine(Setting.LICENSE_KEY_FILE, "the license key"));
        if (key.isPresent() && authority.isEmpty() && !offline) {
            given.mistaken(Setting.LICENSE_AUTHORITY.fullName() + " is missing: a license key is activated at the vendor's authority.");
        }
        var servers = given.value(Setting.LICENSE_SERVERS, "1 to " + MOST_SERVERS + " addresses such as https://licenses.example.com:16090, separated by commas", ReadSettings::urls).orElse(List.of());
        var features = given.value(Setting.LICENSE_FEATURES, "names of features, separated by commas", ReadSettings::names).orElse(List.of());
        refuseOtherThanFloating(method.or(() -> servers.isEmpty() || offline ? Optional.empty() : Optional.of(FLOATING)));
        var trial = given.value(Setting.TRIAL, "true or false", ReadSettings::truth).orElse(false);
        var portal = given.value(Setting.LICENSE_PORTAL, "an address such as https://license.example.com/portal/", ReadSettings::url);
        var supportEmail = given.value(Setting.LICENSE_SUPPORT_EMAIL, "an e-mail address", text -> text.matches("[^\\s@]{1,64}@[^\\s@]{1,255}") ? text : refuse("no address"));
        var slot = given.value(Setting.LICENSE_SLOT, "1 to 200 characters", text -> text.length() <= LONGEST_SLOT ? text : refuse("too long"));
        return new Settings.License(authority, portal, supportEmail, given.readableFile(Setting.LICENSE_TRUST_ANCHOR), key, method.filter(LEASED::equals).isPresent(), servers, features, slot, trial,
                given.value(Setting.PROXY, "HOST:PORT, such as proxy.example.com:3128", ReadSettings::hostAndPort));
    }

    private void refuseOtherThanFloating(Optional<String> method) {
        boolean floating = method.filter(FLOATING::equals).isPresent();
        if (floating && !given.has(Setting.LICENSE_SERVERS)) {
            given.mistaken(Setting.LICENSE_SERVERS.fullName() + " is missing: " + Setting.LICENSE_METHOD.fullName() + " is floating, so name the license servers in the own network.");
        }
        if (method.isPresent() && !floating && !method.get().equals(OFFLINE) && given.has(Setting.LICENSE_SERVERS)) {
            given.mistaken(Setting.LICENSE_SERVERS.fullName() + " names floating license servers, and " + Setting.LICENSE_METHOD.fullName() + " is " + method.get() + ": leave one of them out.");
        }
        if (given.has(Setting.LICENSE_FEATURES) && !given.has(Setting.LICENSE_SERVERS)) {
            given.mistaken(Setting.LICENSE_FEATURES.fullName() + " is for floating license servers, and " + Setting.LICENSE_SERVERS.fullName() + " is missing.");
        }
        if (floating && (given.has(Setting.LICENSE_KEY) || given.has(Setting.LICENSE_KEY_FILE))) {
            given.mistaken("A license key and " + Setting.LICENSE_SERVERS.fullName() + " are both given: a seat of a floating license server needs no key. Give one of them.");
        }
    }

    private static List<URI> urls(String text) {
        var servers = Arrays.stream(text.split(",", -1)).map(String::strip).map(ReadSettings::url).toList();
        return servers.size() > MOST_SERVERS ? refuse("too many") : servers;
    }

    private static List<String> names(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).map(name -> name.matches("[a-z0-9][a-z0-9.-]{0,63}") ? name : refuse("no feature's name")).toList();
    }

    private Optional<Settings.FirstAdministrator> firstAdministrator() {
        var name = given.value(Setting.ADMIN_NAME, "1 to 60 letters, digits, and any of . _ @ -", text -> text.matches("[\\p{L}\\p{Nd}._@-]{1,60}") ? text : refuse("no name"));
        var password = given.firstLine(Setting.ADMIN_PASSWORD_FILE, "the password");
        if (given.has(Setting.ADMIN_NAME) != given.has(Setting.ADMIN_PASSWORD_FILE)) {
            given.mistaken(Setting.ADMIN_NAME.fullName() + " and " + Setting.ADMIN_PASSWORD_FILE.fullName() + " belong together: give both or none.");
        }
        return name.flatMap(text -> password.map(secret -> new Settings.FirstAdministrator(text, secret)));
    }

    private List<String> hosts() {
        return given.value(Setting.CONSOLE_HOSTS, "host names without port, separated by commas", text -> Arrays.stream(text.split(",", -1)).map(String::strip)
                .map(name -> name.matches("[A-Za-z0-9.-]{1,253}") ? name.toLowerCase(Locale.ROOT) : refuse("no host name")).toList()).orElse(List.of());
    }

    private OptionalInt port(Setting setting) {
        boolean mayBeOff = setting != Setting.CONSOLE_PORT;
        var allowed = "a whole number from 0 to 65535" + (mayBeOff ? ", or off" : "");
        if (mayBeOff && given.text(setting).or(() -> Optional.of(setting.standard())).filter(text -> text.equals(OFF) || text.isEmpty()).isPresent()) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(given.value(setting, allowed, text -> GivenSettings.number(text, 0, 65_535)).orElseGet(() -> setting.standard().isEmpty() ? 0 : Integer.parseInt(setting.standard())));
    }

    private int number(Setting setting) {
        return given.number(setting, 1, MOST);
    }

    private static URI url(String text) {
        var url = URI.create(text);
        if (!("https".equals(url.getScheme()) || "http".equals(url.getScheme())) || url.getHost() == null || url.getQuery() != null || url.getFragment() != null || url.getUserInfo() != null) {
            throw new IllegalArgumentException("no address of an authority");
        }
        return url;
    }

    private static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static InetSocketAddress hostAndPort(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("no port");
        }
        return InetSocketAddress.createUnresolved(text.substring(0, colon), GivenSettings.number(text.substring(colon + 1), 1, 65_535));
    }

    private static <T> T refuse(String why) {
        throw new IllegalArgumentException(why);
    }
}
