package dev.charter.client;

import dev.charter.format.DocumentKind;
import dev.charter.format.TrustAnchor;
import dev.charter.format.Verifier;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Puts a [LicenseClient] together. The product, the trust anchor and the home folder are required. Each setting is given once;
/// settings that contradict one another are refused with an [IllegalArgumentException] or [IllegalStateException] that says why.
public final class LicenseClientBuilder {
    private static final Duration SHORTEST_INTERVAL = Duration.ofMinutes(1);
    private static final int LONGEST_SLOT = 200;

    private final Set<String> given = new HashSet<>();
    private @Nullable String product;
    private @Nullable TrustAnchor trustAnchor;
    private @Nullable Path home;
    private List<URI> authorities = List.of();
    private @Nullable Transport transport;
    private @Nullable ProxySelector proxy;
    private Optional<HttpTransport.Credentials> proxyCredentials = Optional.empty();
    private Optional<String> hostName = Optional.empty();
    private Optional<TrialOffer> trial = Optional.empty();
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration answerTimeout = Duration.ofSeconds(30);
    private Duration refreshInterval = Duration.ofHours(12);
    private Duration lockWait = Duration.ofSeconds(2);
    private InstantSource clock = InstantSource.system();
    private LongSupplier monotonicNanos = System::nanoTime;
    private @Nullable SecureRandom random;
    private @Nullable Machine machine;
    private @Nullable Background background;
    private Disk disk = new FileDisk();
    private boolean leased;
    private List<URI> floatingServers = List.of();
    private List<String> features = List.of();
    private Function<URI, ServerLink> links = this::link;
    private Optional<String> slot = Optional.empty();
    private boolean givenBackAtClose = true;
    private Optional<Supplier<PoolWish>> floatingServer = Optional.empty();

    LicenseClientBuilder() {}

    /// The product's name in licenses, such as `mqtt-server`.
    public LicenseClientBuilder product(String name) {
        once("product");
        product = name;
        return this;
    }

    /// Whom the product trusts. It is part of the product and never fetched.
    public LicenseClientBuilder trustAnchor(TrustAnchor anchor) {
        once("trustAnchor");
        trustAnchor = anchor;
        return this;
    }

    /// The folder that the host's key, license and counters live in; made if it is missing, readable by its owner only.
    public LicenseClientBuilder home(Path folder) {
        once("home");
        home = folder;
        return this;
    }

    /// Where the authority is, `http` or `https`. Without one (and without a transport) licenses come by [LicenseClient#install] only.
    ///
    /// @param others further servers that answer for the same authority: where one does not answer, the next one is asked, in this order
    public LicenseClientBuilder authority(URI url, URI... others) {
        once("authority");
        authorities = Stream.concat(Stream.of(url), Stream.of(others)).map(LicenseClientBuilder::server).toList();
        return this;
    }

    private static URI server(URI url) {
        var scheme = url.getScheme();
        if (!"https".equals(scheme) && !"http".equals(scheme) || url.getHost() == null || url.getQuery() != null || url.getFragment() != null) {
            throw new IllegalArgumentException("The authority's address " + url + " is not like https://license.example.com");
        }
        return url;
    }

    /// Says that licenses are leased here: [LicenseClient#activate] asks for a seat at once. Without this a license key is first used to activate, and the
    /// authority's answer tells that its license is leased.
    public LicenseClientBuilder leased() {
        once("leased");
        leased = true;
        return this;
    }

    /// Takes a seat of one of these floating servers, in this order, whenever the product runs, and gives it back when the client is closed. It wins over what a person chose by
    /// [LicenseClient#takeSeat(SeatChoice)], and leaves alone a host that holds another license or whose seat a person gave back. A server further down is asked where those
    /// before it have no seat or, for a host that has one, while its server is away for so long that the product is degraded. No proxy is used on the way to them.
    public LicenseClientBuilder floatingServers(URI url, URI... others) {
        once("floatingServers");
        floatingServers = Stream.concat(Stream.of(url), Stream.of(others)).toList();
        return this;
    }

    /// The features to ask a floating server for; without this, all that its pool holds.
    public LicenseClientBuilder features(String... names) {
        once("features");
        features = List.of(names);
        return this;
    }

    LicenseClientBuilder links(Function<URI, ServerLink> way) {
        once("links");
        links = way;
        return this;
    }

    /// The name that the seat of a leased or floating license belongs to, such as that of a container that is built anew from time to time, 1 to 200 characters: who asks
    /// with the same name gets the seat at once, and an older holder that still runs loses it.
    public LicenseClientBuilder slot(String name) {
        once("slot");
        if (name.isBlank() || name.length() > LONGEST_SLOT) {
            throw new IllegalArgumentException("A slot's name has 1 to " + LONGEST_SLOT + " characters");
        }
        slot = Optional.of(name);
        return this;
    }

    /// Keeps the seat of a leased or floating license when the client is closed, for programs that only look or act for another one. Without this it is given back.
    public LicenseClientBuilder keepSeatAtClose() {
        once("keepSeatAtClose");
        givenBackAtClose = false;
        return this;
    }

    /// Says that this host is a floating server: its requests ask for a pool. Where the vendor's anchor requires two signatures it makes a second key for leases,
    /// which its pool has to vouch for; that needs Java 24.
    ///
    /// @param wish what it says of its pool; asked anew for each request and release
    public LicenseClientBuilder floatingServer(Supplier<PoolWish> wish) {
        once("floatingServer");
        floatingServer = Optional.of(wish);
        return this;
    }

    /// Another way to the authority than HTTP.
    public LicenseClientBuilder transport(Transport port) {
        once("transport");
        transport = port;
        return this;
    }

    /// The HTTP proxy on the way to the authority. Without one there is none, whatever the JVM is set to.
    public LicenseClientBuilder proxy(String host, int port) {
        once("proxy");
        proxy = ProxySelector.of(InetSocketAddress.createUnresolved(host, port));
        return this;
    }

    /// Chooses the HTTP proxy, such as by the JVM's settings: `ProxySelector.getDefault()`.
    public LicenseClientBuilder proxy(ProxySelector selector) {
        once("proxy");
        proxy = selector;
        return this;
    }

    /// What the proxy asks for. For `https` through such a proxy the JVM must run with `-Djdk.http.auth.tunneling.disabledSchemes=`:
    /// otherwise Java does not send passwords to a proxy that it opens a tunnel through.
    public LicenseClientBuilder proxyCredentials(String user, char[] password) {
        once("proxyCredentials");
        proxyCredentials = Optional.of(new HttpTransport.Credentials(user, password.clone()));
        return this;
    }

    /// The name by which people know this host, 1 to 200 characters.
    public LicenseClientBuilder hostName(String name) {
        once("hostName");
        hostName = Optional.of(name);
        return this;
    }

    /// Lets the product be tried without a license ([LicenseClient#startTrial]). Without this setting there is no trial.
    ///
    /// @param duration how long one trial lasts
    /// @param features what is granted in it; meters are not
    public LicenseClientBuilder trial(Duration duration, String... features) {
        once("trial");
        trial = Optional.of(new TrialOffer(positive(duration, "trial"), Set.of(features)));
        return this;
    }

    /// How long to wait for a connection; 10 seconds unless set.
    public LicenseClientBuilder connectTimeout(Duration timeout) {
        once("connectTimeout");
        connectTimeout = positive(timeout, "connectTimeout");
        return this;
    }

    /// How long to wait for a whole answer, the connection included; 30 seconds unless set.
    public LicenseClientBuilder answerTimeout(Duration timeout) {
        once("answerTimeout");
        answerTimeout = positive(timeout, "answerTimeout");
        return this;
    }

    /// How often the license is fetched again in the background, give or take a tenth; 12 hours unless set, a minute at least.
    public LicenseClientBuilder refreshInterval(Duration interval) {
        once("refreshInterval");
        if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
            throw new IllegalArgumentException("The refresh interval must be " + SHORTEST_INTERVAL.toSeconds() + " seconds or more, not " + interval);
        }
        refreshInterval = interval;
        return this;
    }

    /// How long to wait for another program to give the home folder free; 2 seconds unless set.
    public LicenseClientBuilder lockWait(Duration wait) {
        once("lockWait");
        if (wait.isNegative()) {
            throw new IllegalArgumentException("lockWait cannot be negative");
        }
        lockWait = wait;
        return this;
    }

    /// The wall clock.
    public LicenseClientBuilder clock(InstantSource source) {
        once("clock");
        clock = source;
        return this;
    }

    /// A clock that only goes forward, in nanoseconds from any origin. It may stand still while the machine sleeps.
    public LicenseClientBuilder monotonicClock(LongSupplier nanos) {
        once("monotonicClock");
        monotonicNanos = nanos;
        return this;
    }

    public LicenseClientBuilder random(SecureRandom secure) {
        once("random");
        random = secure;
        return this;
    }

    /// What tells this machine from others; by OSHI unless set.
    public LicenseClientBuilder machine(Machine port) {
        once("machine");
        machine = port;
        return this;
    }

    /// Where background work runs; the client closes it with itself. Daemon threads unless set.
    public LicenseClientBuilder background(Background port) {
        once("background");
        background = port;
        return this;
    }

    /// Where the host's files lie, below the home folder; in the file system unless set.
    public LicenseClientBuilder disk(Disk port) {
        once("disk");
        disk = port;
        return this;
    }

    /// Opens the client. What it finds damaged is a [LicenseState], not an exception.
    /// Throws [HomeInUse] when another program has the folder open, and [java.io.UncheckedIOException] when the folder cannot be made or read.
    public LicenseClient open() {
        var name = required(product, "product");
        var anchor = required(trustAnchor, "trustAnchor");
        var folder = required(home, "home");
        if (transport != null) {
            for (var http : new String[] {"authority", "proxy", "proxyCredentials", "connectTimeout", "answerTimeout"}) {
                if (given.contains(http)) {
                    throw new IllegalStateException("transport replaces HTTP, so " + http + " would be of no effect: give one of them");
                }
            }
        }
        if (floatingServer.isPresent() && (leased || slot.isPresent())) {
            throw new IllegalStateException("a floating server holds a pool and no seat: give either floatingServer or " + (leased ? "leased" : "slot"));
        }
        if (proxyCredentials.isPresent() && proxy == null) {
            throw new IllegalStateException("proxyCredentials are given, but no proxy");
        }
        if (authorities.isEmpty() && proxy != null) {
            throw new IllegalStateException("a proxy is given, but no authority to reach through it");
        }
        if (floatingServers.isEmpty() && !features.isEmpty()) {
            throw new IllegalStateException("features are given, but no floating servers to ask for them");
        }
        if (leased && !floatingServers.isEmpty()) {
            throw new IllegalStateException("leased says that seats come from the authority, and floatingServers that they do not: give one of them");
        }
        var floating = floatingServers.isEmpty() ? Optional.<SeatChoice>empty() : Optional.of(new SeatChoice(floatingServers, features, slot));
        var secure = random != null ? random : new SecureRandom();
        var settings = new Settings(name, anchor, folder.toAbsolutePath().normalize(), hostName, trial, refreshInterval, lockWait, clock, monotonicNanos, secure,
                machine != null ? machine : new OshiMachine(), way(), background != null ? background : Background.daemonThreads(), disk,
                new Settings.Seats(leased, floating, slot, givenBackAtClose), floatingServer, new ServerLinks(links));
        return new LicenseClient(Licensing.open(settings));
    }

    private ServerLink link(URI server) {
        if (!"https".equals(server.getScheme())) {
            return http(server, Optional.empty());
        }
        return new PinnedLink(server, required(product, "product"), new Verifier(required(trustAnchor, "trustAnchor")), ServerTrust::ofMachine, tls -> http(server, Optional.of(tls)));
    }

    private HttpTransport http(URI server, Optional<SSLContext> tls) {
        // It is in the customer's own network, and the proxy on the way out of that.
        return new HttpTransport("floating server", server, Optional.empty(), Optional.empty(), connectTimeout, answerTimeout, tls);
    }

    private Transport way() {
        if (transport != null) {
            return transport;
        }
        if (!authorities.isEmpty()) {
            return new InOrder(authorities.stream().map(url -> new HttpTransport("authority", url, Optional.ofNullable(proxy), proxyCredentials, connectTimeout, answerTimeout)).toList());
        }
        return (kind, document) -> new Transport.Reply.Unreachable("No authority is configured for this product." + (kind == DocumentKind.RELEASE
                ? " Send the deactivation code to the vendor yourself: the activation is free when it has arrived there." : ""), Optional.empty());
    }

    private void once(String setting) {
        if (!given.add(setting)) {
            throw new IllegalStateException(setting + " is given twice");
        }
    }

    private static Duration positive(Duration duration, String setting) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(setting + " must be longer than nothing");
        }
        return duration;
    }

    private static <T> T required(@Nullable T value, String setting) {
        if (value == null) {
            throw new IllegalStateException(setting + " is missing: a client cannot be opened without it");
        }
        return Objects.requireNonNull(value);
    }
}
