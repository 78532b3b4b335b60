package dev.charter.authority.testing;

import dev.charter.format.Algorithm;
import dev.charter.format.Bytes;
import dev.charter.format.Fingerprint;
import dev.charter.format.FloatingServer;
import dev.charter.format.Host;
import dev.charter.format.KeyCertificate;
import dev.charter.format.LeaseKeys;
import dev.charter.format.LicenseKey;
import dev.charter.format.Purpose;
import dev.charter.format.Release;
import dev.charter.format.SeatWish;
import dev.charter.format.SelfHelp;
import dev.charter.format.SignedDocument;
import dev.charter.format.Signer;
import dev.charter.format.TlsPin;
import dev.charter.format.UsageLicense;
import dev.charter.format.UsageRequest.LicenseName;
import dev.charter.format.UsageRequest;
import dev.charter.signing.MemoryKeyVault;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// A host as far as the authority sees it: a key, a fingerprint, and counters for its requests.
public final class TestHost {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final AtomicLong MACHINES = new AtomicLong();
    private static final Instant ITS_CLOCK = Instant.parse("2026-01-01T00:00:00Z");

    private static final LeaseKeys SECOND_KEY = new LeaseKeys(Map.of(Algorithm.ML_DSA_65, Bytes.of(new byte[Algorithm.ML_DSA_65.publicKeyLength()])));
    private static final TlsPin PIN = new TlsPin(Bytes.of(new byte[32]));

    private final Signer signer;
    private final String name;
    private final Map<String, String> marks;
    private final String product;
    private final Map<Purpose, Long> sequences = new EnumMap<>(Purpose.class);
    private Optional<FloatingServer> server = Optional.empty();
    private Optional<SelfHelp> selfHelp = Optional.empty();

    private TestHost(String name, Map<String, String> marks, String product) {
        this(name, marks, product, RANDOM);
    }

    private TestHost(String name, Map<String, String> marks, String product, RandomGenerator keys) {
        var vault = new MemoryKeyVault(keys, RANDOM);
        this.signer = vault.signer(vault.create(KeyCertificate.Role.ISSUING, EnumSet.of(Algorithm.ED25519)).id());
        this.name = name;
        this.marks = Map.copyOf(marks);
        this.product = product;
    }

    private TestHost(TestHost same, Map<String, String> marks, String product) {
        this.signer = same.signer;
        this.name = same.name;
        this.marks = Map.copyOf(marks);
        this.product = product;
        this.sequences.putAll(same.sequences);
        this.server = same.server;
    }

    /// A machine of its own, with five marks.
    public static TestHost named(String name) {
        return new TestHost(name, marks("machine " + MACHINES.incrementAndGet()), TestAuthority.PRODUCT);
    }

    /// The same machine with the same key in every run, for databases that an earlier version wrote.
    public static TestHost always(String name) {
        return new TestHost(name, marks("machine of " + name), TestAuthority.PRODUCT, new Random(name.hashCode()));
    }

    private static Map<String, String> marks(String machine) {
        return Map.of("machine", machine, "board", machine, "disk", machine, "network", machine, "place", "/opt/" + machine);
    }

    /// The same machine, installed anew: another key.
    public TestHost reinstalled() {
        var anew = new TestHost(name, marks, product);
        anew.server = server;
        return anew;
    }

    /// From now on its requests say that it is a floating server that wants all seats.
    public TestHost asFloatingServer() {
        return wants(OptionalInt.empty(), Optional.empty());
    }

    /// From now on it wants that many seats.
    public TestHost wants(int seats) {
        return wants(OptionalInt.of(seats), Optional.empty());
    }

    /// From now on it wants that many seats, and says for how long leases beyond them still run.
    public TestHost wantsOnly(int seats, Duration leasesRun) {
        return wants(OptionalInt.of(seats), Optional.of(leasesRun));
    }

    private TestHost wants(OptionalInt seats, Optional<Duration> leasesRun) {
        server = Optional.of(new FloatingServer(seats, SECOND_KEY, Optional.of(PIN), leasesRun.map(ITS_CLOCK::plus)));
        return this;
    }

    /// A floating server of a release that knows nothing of second keys.
    public TestHost asOldFloatingServer() {
        server = Optional.of(new FloatingServer(OptionalInt.empty(), LeaseKeys.NONE, Optional.empty(), Optional.empty()));
        return this;
    }

    /// From now on its requests and releases tell what its administrator did without asking.
    public TestHost tells(SelfHelp done) {
        selfHelp = Optional.of(done);
        return this;
    }

    public Optional<FloatingServer> server() {
        return server;
    }

    /// The same key and counters, on a machine on which a mark is another one.
    public TestHost withMark(String mark, String value) {
        var changed = new HashMap<>(marks);
        changed.put(mark, value);
        return new TestHost(this, changed, product);
    }

    /// The same key and counters, without marks but these.
    public TestHost withOnlyMarks(String... kept) {
        var left = new HashMap<>(marks);
        left.keySet().retainAll(List.of(kept));
        return new TestHost(this, left, product);
    }

    /// The same key and counters at this moment: a copy, or a snapshot to be restored later.
    public TestHost copy() {
        return new TestHost(this, marks, product);
    }

    /// The same key and counters, asking for another product.
    public TestHost asking(String otherProduct) {
        return new TestHost(this, marks, otherProduct);
    }

    public String keyId() {
        return signer.keys().id().value();
    }

    public Fingerprint fingerprint() {
        var factors = new HashMap<String, Bytes>();
        marks.forEach((mark, value) -> factors.put(mark, Fingerprint.factor("acme", mark, value)));
        return Fingerprint.of(factors);
    }

    public SignedDocument asksToActivate(LicenseKey key) {
        return asksToActivate(key, next(Purpose.ACTIVATE));
    }

    public SignedDocument asksToActivate(LicenseKey key, long sequence) {
        return asks(Purpose.ACTIVATE, key, sequence);
    }

    public SignedDocument asks(Purpose purpose, LicenseKey key, long sequence) {
        return SignedDocument.sign(request(purpose, new LicenseName.ByLocator(key.locator()), sequence), signer, key);
    }

    public SignedDocument asksForSeat(LicenseKey key) {
        return asks(Purpose.ACQUIRE, key, next(Purpose.ACQUIRE));
    }

    /// The seat is to belong to a slot.
    public SignedDocument asksForSeat(LicenseKey key, String slot) {
        var named = request(Purpose.ACQUIRE, new LicenseName.ByLocator(key.locator()), next(Purpose.ACQUIRE));
        return SignedDocument.sign(new UsageRequest(named.formats(), named.purpose(), named.product(), named.license(), named.host(), named.sequence(), named.madeAt(), named.nonce(),
                Optional.of(new SeatWish(List.of(), Optional.of(slot), Optional.empty()))), signer, key);
    }

    public SignedDocument asksToRenew(String license) {
        return asksById(Purpose.RENEW, license, next(Purpose.RENEW));
    }

    /// A proof by another key than the one that the locator names.
    public SignedDocument asksWithWrongProof(LicenseKey named, LicenseKey proving) {
        return SignedDocument.sign(request(Purpose.ACTIVATE, new LicenseName.ByLocator(named.locator()), next(Purpose.ACTIVATE)), signer, proving);
    }

    /// Orders something: a new license, or what is added to that one.
    public SignedDocument orders(String license) {
        return asksById(Purpose.ACTIVATE, license, next(Purpose.ACTIVATE));
    }

    /// Activates a license by its ID, as who ordered it does.
    public SignedDocument asksToActivateById(String license) {
        return asksById(Purpose.ACTIVATE, license, next(Purpose.ACTIVATE));
    }

    public SignedDocument asksToRefresh(String license) {
        return asksToRefresh(license, next(Purpose.REFRESH));
    }

    public SignedDocument asksToRefresh(String license, long sequence) {
        return asksById(Purpose.REFRESH, license, sequence);
    }

    public SignedDocument asksById(Purpose purpose, String license, long sequence) {
        return SignedDocument.sign(request(purpose, new LicenseName.ById(license), sequence), signer);
    }

    public SignedDocument releases(UsageLicense held) {
        return releases(held.license().id(), held.id());
    }

    /// The release of a pool whose last lease runs for so long.
    public SignedDocument releases(UsageLicense held, Duration leasesRun) {
        return SignedDocument.sign(new Release(product, held.license().id(), held.id(), signer.keys(), ITS_CLOCK, nonce(), Optional.of(ITS_CLOCK.plus(leasesRun))), signer, selfHelp);
    }

    public SignedDocument releases(String license, String usageLicense) {
        return SignedDocument.sign(new Release(product, license, usageLicense, signer.keys(), ITS_CLOCK, nonce()), signer, selfHelp);
    }

    public long next(Purpose purpose) {
        return sequences.merge(purpose, 1L, Long::sum);
    }

    public UsageRequest request(Purpose purpose, LicenseName license, long sequence) {
        return new UsageRequest(List.of(1), purpose, product, license, new Host(signer.keys(), Optional.of(name), fingerprint()), sequence, ITS_CLOCK, nonce(), Optional.empty(),
                server.filter(_ -> purpose == Purpose.ACTIVATE || purpose == Purpose.REFRESH), selfHelp);
    }

    public Signer signer() {
        return signer;
    }

    private static Bytes nonce() {
        var bytes = new byte[UsageRequest.NONCE_LENGTH];
        RANDOM.nextBytes(bytes);
        return Bytes.of(bytes);
    }
}
