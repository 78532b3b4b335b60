package dev.charter.spring;

import dev.charter.client.SeatChoice;
import dev.charter.format.DocumentRejected;
import dev.charter.format.LicenseKey;
import dev.charter.format.TrustAnchor;
import dev.charter.spring.LicenseSettings.Page;
import dev.charter.spring.LicenseSettings.Proxy;
import dev.charter.spring.LicenseSettings.Seats;
import dev.charter.spring.LicenseSettings.Trial;
import dev.charter.spring.LicenseSettings.Vendor;
import dev.charter.spring.LicenseSettings.Version;
import dev.charter.spring.LicenseSettings.Wording;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

/// Turns `charter.license.*` into [LicenseSettings], or into the list of everything that is wrong with it.
final class ReadSettings {
    static final String PREFIX = "charter.license";
    /// Every setting there is; those that end in `.*` are followed by a name.
    static final Set<String> NAMES = Set.of("product", "product-title", "trust-anchor", "authority", "home", "key", "key-file", "host-name", "proxy", "proxy-user", "proxy-password-file",
            "connect-timeout", "answer-timeout", "refresh-interval", "trial.features", "trial.duration", "trial.start", "leased", "servers", "features", "slot", "titles.*", "units.*", "released", "security-update", "vendor.name", "vendor.support-email",
            "vendor.support-url", "vendor.portal-url", "page.enabled", "page.path", "page.hosts", "words.unlicensed", "words.over");
    static final Duration USUAL_TRIAL = Duration.ofHours(2);

    private static final Pattern ADDRESS = Pattern.compile("([^:/\\s]+|\\[[0-9a-fA-F:]+]):(\\d{1,5})");
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]*");
    private static final int LONGEST_SLOT = 200;
    private static final int LARGEST_FILE = 64 * 1024;
    private static final int MOST_PORTS = 65_535;

    private final Binder binder;
    private final ResourceLoader resources;
    private final List<String> mistakes = new ArrayList<>();

    private ReadSettings(Binder binder, ResourceLoader resources) {
        this.binder = binder;
        this.resources = resources;
    }

    /// @throws SettingsMistaken where something is missing, wrong or unknown
    static LicenseSettings from(ConfigurableEnvironment environment, ResourceLoader resources) {
        var sources = new ArrayList<ConfigurationPropertySource>();
        ConfigurationPropertySources.from(environment.getPropertySources()).forEach(sources::add);
        var reading = new ReadSettings(new Binder(sources, new PropertySourcesPlaceholdersResolver(environment)), resources);
        reading.refuseUnknown(sources);
        return reading.read();
    }

    private void refuseUnknown(List<ConfigurationPropertySource> sources) {
        var prefix = ConfigurationPropertyName.of(PREFIX);
        var given = new TreeSet<String>();
        for (var source : sources) {
            if (source instanceof IterableConfigurationPropertySource iterable) {
                iterable.stream().filter(prefix::isAncestorOf).map(Object::toString).forEach(given::add);
            }
        }
        var known = new TreeMap<String, String>();
        NAMES.forEach(name -> known.put(uniform(name), name));
        for (var name : given) {
            var rest = uniform(name.substring(PREFIX.length() + 1)).replaceAll("\\[.*", "");
            boolean named = rest.startsWith("titles.") || rest.startsWith("units.");
            if (!named && !known.containsKey(rest)) {
                mistakes.add("There is no setting " + name + nearest(rest, known).map(like -> ". Is " + PREFIX + "." + like + " meant?").orElse("."));
            }
        }
    }

    /// Environment variables cannot say where a dash stands.
    private static String uniform(String name) {
        return name.replace("-", "").replace("_", "").toLowerCase(java.util.Locale.ROOT);
    }

    private static Optional<String> nearest(String wrong, Map<String, String> known) {
        return known.entrySet().stream().filter(entry -> differences(wrong, entry.getKey()) <= 2).map(Map.Entry::getValue).findFirst();
    }

    /// The edit distance of Levenshtein.
    private static int differences(String one, String other) {
        var row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int above = row[j];
                row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1));
                diagonal = above;
            }
        }
        return row[other.length()];
    }

    private LicenseSettings read() {
        var product = text("product");
        if (product.isEmpty()) {
            wrong("product", "is missing: the product's name in licenses, such as mqtt-server");
        } else if (!NAME.matcher(product.get()).matches()) {
            wrong("product", "is not like mqtt-server: lower-case letters, digits, dashes and dots");
        }
        var name = product.orElse("product");
        var title = text("product-title").orElse(name);
        var anchor = trustAnchor();
        var settings = new Draft(name, title, authority(), text("home").map(this::path).orElseGet(() -> Path.of(name + "-license")), key(), text("host-name"), proxy(),
                duration("connect-timeout"), duration("answer-timeout"), duration("refresh-interval"), trial(), seats(), names("titles"), names("units"), version(), page(),
                new Wording(text("words.unlicensed").orElse("What needs a license is off"), text("words.over").orElse("what needs a license will be off")));
        if (settings.proxy().isPresent() && settings.authority().isEmpty()) {
            wrong("proxy", "is set, but there is no " + PREFIX + ".authority to reach through it");
        }
        var portal = portal();
        if (!mistakes.isEmpty() || anchor == null) {
            throw new SettingsMistaken(mistakes);
        }
        var vendor = new Vendor(text("vendor.name").orElse(anchor.vendor()), text("vendor.support-email"), text("vendor.support-url"), portal);
        return settings.with(anchor, vendor);
    }

    /// All but what needs the trust anchor.
    private record Draft(String product, String productTitle, Optional<URI> authority, Path home, Optional<LicenseKey> key, Optional<String> hostName, Optional<Proxy> proxy,
                         Optional<Duration> connectTimeout, Optional<Duration> answerTimeout, Optional<Duration> refreshInterval, Optional<Trial> trial, Seats seats, Map<String, String> titles,
                         Map<String, String> units, Version version, Page page, Wording words) {
        LicenseSettings with(TrustAnchor anchor, Vendor vendor) {
            return new LicenseSettings(product, productTitle, anchor, authority, home, key, hostName, proxy, connectTimeout, answerTimeout, refreshInterval, trial, seats, titles, units, version, vendor, page,
                    words);
        }
    }

    private @Nullable TrustAnchor trustAnchor() {
        var location = text("trust-anchor");
        if (location.isEmpty()) {
            wrong("trust-anchor", "is missing: the resource that holds the vendor's trust anchor, such as classpath:trust-anchor.json");
            return null;
        }
        var resource = resources.getResource(location.get());
        try {
            return TrustAnchor.read(content(resource));
        } catch (IOException absent) {
            wrong("trust-anchor", "names " + resource.getDescription() + ", which cannot be read");
        } catch (DocumentRejected other) {
            wrong("trust-anchor", "names " + resource.getDescription() + ", which is none. " + other.getMessage());
        }
        return null;
    }

    private static byte[] content(Resource resource) throws IOException {
        try (var stream = resource.getInputStream()) {
            return stream.readNBytes(LARGEST_FILE);
        }
    }

    private Optional<URI> authority() {
        return read("authority", written -> {
            var url = URI.create(written);
            boolean http = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            if (!http || url.getHost() == null || url.getQuery() != null || url.getFragment() != null || url.getUserInfo() != null) {
                throw new IllegalArgumentException(written);
            }
            return url;
        }, "is not an address like https://license.example.com");
    }

    private Version version() {
        var released = read("released", ReadSettings::day, "is not a day like 2026-11-28");
        return new Version(released, value("security-update", Boolean.class, "is neither true nor false").orElse(false));
    }

    private static Instant day(String written) {
        try {
            return LocalDate.parse(written).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException none) {
            throw new IllegalArgumentException(written, none);
        }
    }

    private Seats seats() {
        var leased = value("leased", Boolean.class, "is neither true nor false").orElse(false);
        var servers = servers();
        var features = list("features");
        features.stream().filter(name -> !NAME.matcher(name).matches()).forEach(name -> wrong("features", "names " + name + ", which is no feature's name"));
        if (servers.isEmpty() && !features.isEmpty()) {
            wrong("features", "is set, but there is no " + PREFIX + ".servers to ask for them");
        }
        if (leased && !servers.isEmpty()) {
            wrong("leased", "says that the vendor leases the seat, and " + PREFIX + ".servers that a floating server does: set one of them");
        }
        if (!servers.isEmpty() && (text("key").isPresent() || text("key-file").isPresent())) {
            wrong("key", "is set, and " + PREFIX + ".servers too: a seat of a floating server needs no license key. Set one of them");
        }
        return new Seats(leased, servers, features, text("slot").filter(name -> {
            boolean fits = name.length() <= LONGEST_SLOT;
            if (!fits) {
                wrong("slot", "has more than " + LONGEST_SLOT + " characters");
            }
            return fits;
        }));
    }

    private List<URI> servers() {
        var servers = new ArrayList<URI>();
        for (var written : list("servers")) {
            try {
                servers.addAll(new SeatChoice(List.of(URI.create(written)), List.of(), Optional.empty()).servers());
            } catch (IllegalArgumentException unreadable) {
                wrong("servers", "names " + written + ", which is not an address like https://licenses.example.com:16090");
            }
        }
        if (servers.size() > SeatChoice.MOST_SERVERS) {
            wrong("servers", "names more than " + SeatChoice.MOST_SERVERS + " floating servers");
        }
        return servers;
    }

    /// What a code's text is put behind, so it has no fragment of its own.
    private Optional<URI> portal() {
        return read("vendor.portal-url", written -> {
            var url = URI.create(written);
            boolean http = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            if (!http || url.getHost() == null || url.getFragment() != null || url.getUserInfo() != null) {
                throw new IllegalArgumentException(written);
            }
            return url;
        }, "is not an address like https://license.example.com/portal/");
    }

    private Path path(String written) {
        try {
            return Path.of(written);
        } catch (java.nio.file.InvalidPathException unusable) {
            wrong("home", "is not a folder's name");
            return Path.of("license");
        }
    }

    private Optional<LicenseKey> key() {
        var written = text("key");
        var file = text("key-file");
        if (written.isPresent() && file.isPresent()) {
            wrong("key", "and " + PREFIX + ".key-file are both set: give one of them");
            return Optional.empty();
        }
        return written.isPresent() ? key("key", written.get()) : file.flatMap(name -> content("key-file", name)).flatMap(text -> key("key-file", text));
    }

    private Optional<LicenseKey> key(String setting, String text) {
        if (LicenseKey.read(text) instanceof LicenseKey.Reading.Whole whole) {
            return Optional.of(whole.key());
        }
        wrong(setting, "holds no license key. " + ((LicenseKey.Reading.Faulty) LicenseKey.read(text)).message());
        return Optional.empty();
    }

    private Optional<String> content(String setting, String file) {
        try (var stream = Files.newInputStream(Path.of(file))) {
            return Optional.of(new String(stream.readNBytes(LARGEST_FILE), StandardCharsets.UTF_8));
        } catch (IOException | java.nio.file.InvalidPathException unreadable) {
            wrong(setting, "names " + file + ", which cannot be read");
            return Optional.empty();
        }
    }

    private Optional<Proxy> proxy() {
        var written = text("proxy");
        var user = text("proxy-user");
        var password = text("proxy-password-file");
        if (written.isEmpty() && (user.isPresent() || password.isPresent())) {
            wrong(user.isPresent() ? "proxy-user" : "proxy-password-file", "is set, but there is no " + PREFIX + ".proxy");
        }
        if (user.isPresent() != password.isPresent()) {
            wrong("proxy-user", "and " + PREFIX + ".proxy-password-file belong together: set both, or neither");
        }
        var credentials = user.flatMap(name -> password.flatMap(file -> content("proxy-password-file", file)).map(secret -> new Proxy.Credentials(name, secret.strip())));
        return written.flatMap(text -> {
            var address = ADDRESS.matcher(text);
            if (text.equals("system")) {
                return Optional.of(new Proxy(Optional.empty(), credentials));
            }
            if (!address.matches() || Integer.parseInt(address.group(2)) > MOST_PORTS || Integer.parseInt(address.group(2)) == 0) {
                wrong("proxy", "is neither system nor like proxy.example.com:3128");
                return Optional.empty();
            }
            return Optional.of(new Proxy(Optional.of(new Proxy.Address(address.group(1), Integer.parseInt(address.group(2)))), credentials));
        });
    }

    private Optional<Trial> trial() {
        var features = list("trial.features");
        var duration = duration("trial.duration");
        var start = value("trial.start", Boolean.class, "is neither true nor false");
        if (features.isEmpty()) {
            if (duration.isPresent() || start.orElse(false)) {
                wrong(duration.isPresent() ? "trial.duration" : "trial.start", "is set, but there is nothing to try: name it in " + PREFIX + ".trial.features");
            }
            return Optional.empty();
        }
        return Optional.of(new Trial(duration.orElse(USUAL_TRIAL), features, start.orElse(false)));
    }

    private Page page() {
        var path = text("page.path").orElse(Page.USUAL_PATH);
        if (!PATH.matcher(path).matches()) {
            wrong("page.path", "is not a path like " + Page.USUAL_PATH);
        }
        return new Page(value("page.enabled", Boolean.class, "is neither true nor false").orElse(true), path, list("page.hosts"));
    }

    private Optional<Duration> duration(String setting) {
        var duration = value(setting, Duration.class, "is not a time like 30s, 12h or PT2H");
        if (duration.filter(time -> time.isZero() || time.isNegative()).isPresent()) {
            wrong(setting, "must be longer than nothing");
            return Optional.empty();
        }
        return duration;
    }

    private Optional<String> text(String setting) {
        return value(setting, String.class, "cannot be read").map(String::strip).filter(text -> !text.isEmpty());
    }

    private List<String> list(String setting) {
        try {
            return Optional.ofNullable(binder.bind(PREFIX + "." + setting, Bindable.listOf(String.class)).orElse(null)).orElse(List.of()).stream().map(String::strip).filter(text -> !text.isEmpty()).toList();
        } catch (BindException unreadable) {
            wrong(setting, "is not a list with commas between its parts");
            return List.of();
        }
    }

    private Map<String, String> names(String setting) {
        try {
            return Optional.ofNullable(binder.bind(PREFIX + "." + setting, Bindable.mapOf(String.class, String.class)).orElse(null)).orElse(Map.of());
        } catch (BindException unreadable) {
            wrong(setting, "is not a name and a text for each");
            return Map.of();
        }
    }

    private <T> Optional<T> value(String setting, Class<T> type, String otherwise) {
        try {
            return Optional.ofNullable(binder.bind(PREFIX + "." + setting, Bindable.of(type)).orElse(null));
        } catch (BindException unreadable) {
            wrong(setting, otherwise);
            return Optional.empty();
        }
    }

    private <T> Optional<T> read(String setting, Function<String, T> reader, String otherwise) {
        return text(setting).flatMap(text -> {
            try {
                return Optional.of(reader.apply(text));
            } catch (IllegalArgumentException unreadable) {
                wrong(setting, otherwise);
                return Optional.empty();
            }
        });
    }

    private void wrong(String setting, String what) {
        mistakes.add(PREFIX + "." + setting + " " + what + ".");
    }
}
