package dev.charter.mqtt.settings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Makes [Settings] of the environment and of `mqtt-server.properties` in the data folder; the environment wins. Finds all mistakes, not only the first.
public final class ReadSettings {
    static final String FILE = "mqtt-server.properties";
    private static final String OFF = "off";
    private static final int MOST = 10_000_000;

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

    private record Given(String value, String where, String source) {}

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
        environment.entrySet().stream().filter(entry -> entry.getKey().startsWith(Setting.PREFIX)).sorted(Map.Entry.comparingByKey())
                .forEach(entry -> take(entry.getKey(), entry.getValue(), "in the environment", "environment"));
        var data = path(Setting.DATA).orElse(Path.of(Setting.DATA.standard()).toAbsolutePath());
        if (Files.exists(data) && !Files.isDirectory(data)) {
            mistakes.add(Setting.DATA.fullName() + " is " + data + ", which is a file. Allowed: a folder, or a path at which one can be made.");
        }
        takeFile(data.resolve(FILE));

        var console = new Settings.Console(address(Setting.CONSOLE_ADDRESS), port(Setting.CONSOLE_PORT).orElse(0), hosts());
        var mqtt = mqtt();
        var limits = new Settings.Limits(number(Setting.MAX_CONNECTIONS), number(Setting.MAX_PACKET_BYTES, 1_024, MOST), number(Setting.MAX_QUEUED_MESSAGES),
                number(Setting.MAX_KEEP_ALIVE_SECONDS, 1, 65_535), number(Setting.MAX_SESSION_EXPIRY_SECONDS), number(Setting.MAX_MESSAGE_EXPIRY_SECONDS),
                number(Setting.MAX_SUBSCRIPTIONS_PER_CLIENT), number(Setting.CONNECT_RATE), number(Setting.PUBLISH_RATE_PER_CLIENT));
        var usersFile = readableFile(Setting.MQTT_USERS_FILE);
        var license = license();
        var administrator = firstAdministrator();
        var tokenFile = path(Setting.SETUP_TOKEN_FILE);
        var hostName = value(Setting.HOST_NAME, "1 to 200 characters", text -> text.length() > 200 ? refuse("too long") : text);
        var log = value(Setting.LOG, "plain or json", text -> Settings.Log.valueOf(text.toUpperCase(Locale.ROOT))).orElse(Settings.Log.PLAIN);

        return mistakes.isEmpty()
                ? new Outcome.Ready(new Settings(data, console, mqtt, limits, usersFile, license, administrator, tokenFile, hostName, log, shown()))
                : new Outcome.Mistaken(mistakes);
    }

    private void take(String name, String value, String where, String source) {
        var setting = Arrays.stream(Setting.values()).filter(each -> each.fullName().equals(name)).findAny();
        if (setting.isEmpty()) {
            mistakes.add(name + " (" + where + ") is no setting of the MQTT server. Did you mean " + nearest(name).fullName() + "?");
        } else if (value.isBlank()) {
            mistakes.add(name + " (" + where + ") is empty. Leave it out, or give it a value: " + setting.get().meaning() + ".");
        } else {
            given.putIfAbsent(setting.get(), new Given(value.strip(), where, source));
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
                    take(name, value, "in " + file, "file");
                }
            });
            case SettingsFile.Outcome.Unreadable(var why) -> mistakes.add(why);
        }
    }

    private Settings.Mqtt mqtt() {
        var tlsPort = port(Setting.TLS_PORT);
        var wssPort = port(Setting.WSS_PORT);
        var certificate = readableFile(Setting.TLS_CERTIFICATE);
        var key = readableFile(Setting.TLS_KEY);
        if (given.containsKey(Setting.TLS_CERTIFICATE) != given.containsKey(Setting.TLS_KEY)) {
            mistakes.add(Setting.TLS_CERTIFICATE.fullName() + " and " + Setting.TLS_KEY.fullName() + " belong together: give both or none.");
        }
        for (var port : List.of(Setting.TLS_PORT, Setting.WSS_PORT)) {
            if (port(port).isPresent() && !given.containsKey(Setting.TLS_CERTIFICATE)) {
                mistakes.add(port.fullName() + " needs a certificate: give " + Setting.TLS_CERTIFICATE.fullName() + " and " + Setting.TLS_KEY.fullName() + ".");
            }
        }
        var tls = certificate.flatMap(file -> key.map(secret -> new Settings.Tls(file, secret)));
        return new Settings.Mqtt(address(Setting.MQTT_ADDRESS), port(Setting.MQTT_PORT), tlsPort, port(Setting.WS_PORT), wssPort, tls, givenPorts());
    }

    private Set<String> givenPorts() {
        return Map.of("tcp", Setting.MQTT_PORT, "tls", Setting.TLS_PORT, "ws", Setting.WS_PORT, "wss", Setting.WSS_PORT).entrySet().stream()
                .filter(entry -> given.containsKey(entry.getValue())).map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    private Settings.License license() {
        var authority = value(Setting.LICENSE_AUTHORITY, "an address such as https://license.example.com", ReadSettings::url);
        value(Setting.LICENSE_METHOD, "online", text -> text.equals("online") ? text : refuse("another"));
        if (given.containsKey(Setting.LICENSE_KEY) && given.containsKey(Setting.LICENSE_KEY_FILE)) {
            mistakes.add("Both " + Setting.LICENSE_KEY.fullName() + " and " + Setting.LICENSE_KEY_FILE.fullName() + " are given. Give one of them.");
        }
        var key = text(Setting.LICENSE_KEY).map(Secret::new).or(() -> firstLine(Setting.LICENSE_KEY_FILE, "the license key"));
        if (key.isPresent() && authority.isEmpty()) {
            mistakes.add(Setting.LICENSE_AUTHORITY.fullName() + " is missing: a license key is activated at the vendor's authority.");
        }
        var trial = value(Setting.TRIAL, "true or false", ReadSettings::truth).orElse(false);
        return new Settings.License(authority, readableFile(Setting.LICENSE_TRUST_ANCHOR), key, trial,
                value(Setting.PROXY, "HOST:PORT, such as proxy.example.com:3128", ReadSettings::hostAndPort));
    }

    private Optional<Settings.FirstAdministrator> firstAdministrator() {
        var name = value(Setting.ADMIN_NAME, "1 to 60 letters, digits, and any of . _ @ -", text -> text.matches("[\\p{L}\\p{Nd}._@-]{1,60}") ? text : refuse("no name"));
        var password = firstLine(Setting.ADMIN_PASSWORD_FILE, "the password");
        if (given.containsKey(Setting.ADMIN_NAME) != given.containsKey(Setting.ADMIN_PASSWORD_FILE)) {
            mistakes.add(Setting.ADMIN_NAME.fullName() + " and " + Setting.ADMIN_PASSWORD_FILE.fullName() + " belong together: give both or none.");
        }
        return name.flatMap(text -> password.map(secret -> new Settings.FirstAdministrator(text, secret)));
    }

    private List<String> hosts() {
        return value(Setting.CONSOLE_HOSTS, "host names without port, separated by commas", text -> Arrays.stream(text.split(",", -1)).map(String::strip)
                .map(name -> name.matches("[A-Za-z0-9.-]{1,253}") ? name.toLowerCase(Locale.ROOT) : refuse("no host name")).toList()).orElse(List.of());
    }

    private List<Settings.Shown> shown() {
        return Arrays.stream(Setting.values()).map(setting -> {
            var one = Optional.ofNullable(given.get(setting));
            return new Settings.Shown(setting.fullName(), one.map(value -> setting.isSecret() ? "***" : value.value()).orElse(setting.standard()),
                    one.map(Given::source).orElse("default"), setting.meaning());
        }).toList();
    }

    private Optional<String> text(Setting setting) {
        return Optional.ofNullable(given.get(setting)).map(Given::value);
    }

    private <T> Optional<T> value(Setting setting, String allowed, Function<String, T> reader) {
        var one = Optional.ofNullable(given.get(setting));
        try {
            return one.map(Given::value).map(reader);
        } catch (IllegalArgumentException mistake) {
            mistaken(setting, allowed);
            return Optional.empty();
        }
    }

    private void mistaken(Setting setting, String allowed) {
        var one = given.getOrDefault(setting, new Given("", "", ""));
        var sentence = setting.fullName() + " (" + one.where() + ") is \"" + (setting.isSecret() ? "***" : one.value()) + "\". Allowed: " + allowed + ".";
        if (!mistakes.contains(sentence)) {
            mistakes.add(sentence);
        }
    }

    private Optional<Path> path(Setting setting) {
        return value(setting, "a path", text -> {
            try {
                return Path.of(text).toAbsolutePath().normalize();
            } catch (InvalidPathException mistake) {
                throw new IllegalArgumentException("no path", mistake);
            }
        });
    }

    private Optional<Path> readableFile(Setting setting) {
        var file = path(setting);
        if (file.isPresent() && !Files.isReadable(file.get())) {
            mistakes.add(setting.fullName() + " is " + file.get() + ", which cannot be read. Allowed: " + setting.meaning() + ".");
            return Optional.empty();
        }
        return file;
    }

    private Optional<Secret> firstLine(Setting setting, String what) {
        return readableFile(setting).flatMap(file -> {
            try (var lines = Files.lines(file)) {
                var line = lines.findFirst().map(String::strip).filter(text -> !text.isEmpty());
                if (line.isEmpty()) {
                    mistakes.add(setting.fullName() + " is " + file + ", whose first line is empty. It must be " + what + ".");
                }
                return line.map(Secret::new);
            } catch (IOException | java.io.UncheckedIOException unreadable) {
                mistakes.add(setting.fullName() + " is " + file + ", which cannot be read as a text.");
                return Optional.empty();
            }
        });
    }

    private InetAddress address(Setting setting) {
        return value(setting, "an IP address, such as 127.0.0.1 or ::1", InetAddress::ofLiteral).orElseGet(() -> InetAddress.ofLiteral(setting.standard()));
    }

    private OptionalInt port(Setting setting) {
        boolean mayBeOff = setting != Setting.CONSOLE_PORT;
        var allowed = "a whole number from 0 to 65535" + (mayBeOff ? ", or off" : "");
        if (mayBeOff && text(setting).or(() -> Optional.of(setting.standard())).filter(text -> text.equals(OFF) || text.isEmpty()).isPresent()) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(value(setting, allowed, text -> number(text, 0, 65_535)).orElseGet(() -> setting.standard().isEmpty() ? 0 : Integer.parseInt(setting.standard())));
    }

    private int number(Setting setting) {
        return number(setting, 1, MOST);
    }

    private int number(Setting setting, int least, int most) {
        return value(setting, "a whole number from " + least + " to " + most, text -> number(text, least, most)).orElseGet(() -> Integer.valueOf(setting.standard()));
    }

    private static int number(String text, int least, int most) {
        int number = Integer.parseInt(text);
        if (number < least || number > most) {
            throw new IllegalArgumentException("out of range");
        }
        return number;
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
        return InetSocketAddress.createUnresolved(text.substring(0, colon), number(text.substring(colon + 1), 1, 65_535));
    }

    private static <T> T refuse(String why) {
        throw new IllegalArgumentException(why);
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
