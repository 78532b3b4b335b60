package dev.charter.authority.testing;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Scope;
import dev.charter.authority.activation.Outcome;
import dev.charter.authority.activation.TestActivations;
import dev.charter.authority.audit.ReplayAudit;
import dev.charter.authority.audit.TestAudit;
import dev.charter.authority.fault.FailPoints;
import dev.charter.authority.catalog.TestCatalog;
import dev.charter.authority.desk.TestDesk;
import dev.charter.authority.identity.Identifiers;
import dev.charter.authority.license.IssueLicense;
import dev.charter.authority.license.License;
import dev.charter.authority.license.Offerings;
import dev.charter.authority.license.TestLicenses;
import dev.charter.authority.search.SearchIndex;
import dev.charter.authority.settings.ServerSecret;
import dev.charter.authority.signing.Signatures;
import dev.charter.format.KeyCertificate;
import dev.charter.format.LicenseKey;
import dev.charter.format.RefusalCode;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageLicense;
import dev.charter.format.Verifier;
import dev.charter.format.json.JsonReader;
import dev.charter.signing.CertificateLimits;
import dev.charter.signing.IssuingKeys;
import dev.charter.signing.MemoryKeyVault;
import dev.charter.signing.RootKeys;
import dev.charter.signing.Strength;
import dev.charter.store.Engine;
import dev.charter.store.IssuerTime;
import dev.charter.store.Store;
import dev.charter.store.StoreUrl;
import dev.charter.store.Transactions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/// An authority without HTTP, put together as the program does it, on a real database; its vendor is hybrid. Whatever it answers is verified as a host would.
public final class TestAuthority implements AutoCloseable {
    public static final String PRODUCT = "mqtt-server";
    public static final String OTHER_PRODUCT = "opc-gateway";
    public static final Caller VENDOR = new Caller("tok-vendor", "the vendor's test", EnumSet.allOf(Scope.class));
    private static final Instant MORNING = Instant.parse("2026-03-01T08:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Path SECRET = secretFile();
    private static final IssuingKeys KEYS = keys();
    private static final Offerings OFFERINGS = product -> Set.of(PRODUCT, OTHER_PRODUCT).contains(product)
            ? Optional.of(new Offerings.Offering(Set.of("mqtt", "sparkplug"), Set.of("messages"))) : Optional.empty();

    private final Store store;
    private final boolean shared;
    private final AtomicReference<Instant> clock;
    private final IssuerTime time;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Identifiers identifiers = new Identifiers(RANDOM);
    private final TestLicenses licenses;
    private final TestActivations activations;
    private final TestAudit audit;
    private final TestDesk desk;
    private final Signatures signatures;

    private TestAuthority(Store opened, boolean shared) {
        store = opened;
        this.shared = shared;
        clock = new AtomicReference<>(MORNING);
        time = store.issuerTime(clock::get);
        signatures = new Signatures(KEYS.issuer(), Runtime.getRuntime().availableProcessors(), meters);
        licenses = TestLicenses.on(store.transactions(), ServerSecret.open(SECRET, store.transactions(), RANDOM), OFFERINGS, identifiers, RANDOM, time, FailPoints.none());
        activations = new TestActivations(store.transactions(), licenses.keySafe(), signatures, identifiers, RANDOM, time, FailPoints.none(), meters);
        audit = TestAudit.on(store.transactions(), time);
        desk = new TestDesk(store.transactions(), licenses, activations, TestCatalog.practice(store.transactions()), identifiers, time);
    }

    /// On an empty database, on the morning of 1 March 2026. One database of each engine serves all such tests in turn.
    public static TestAuthority on(Engine engine) {
        var store = SharedStores.emptied(engine);
        return withProducts(new TestAuthority(store, true));
    }

    /// On a database of its own, which may hold something already, on the morning of 1 March 2026.
    public static TestAuthority on(StoreUrl url) {
        return withProducts(new TestAuthority(Store.open(url, SharedStores.MIGRATIONS), false));
    }

    private static TestAuthority withProducts(TestAuthority authority) {
        authority.store.transactions().doInOne(sql -> {
            for (var product : List.of(PRODUCT, OTHER_PRODUCT)) {
                sql.update("INSERT INTO product (id, name, features, meters, created_at) VALUES (?, ?, '[]', '[]', 0) ON CONFLICT DO NOTHING", product, product);
            }
        });
        return authority;
    }

    private static IssuingKeys keys() {
        var vault = new MemoryKeyVault(new Random(20260301), RANDOM);
        var issuing = vault.create(KeyCertificate.Role.ISSUING, Strength.HYBRID.algorithms());
        return IssuingKeys.of(RootKeys.init("acme", Strength.HYBRID, vault, issuing, CertificateLimits.NONE, Instant.parse("2026-01-01T00:00:00Z")), vault);
    }

    /// The same for all tests of a JVM, so that one of them may open another's database again.
    private static Path secretFile() {
        try {
            var folder = Files.createTempDirectory("authority-tests");
            var file = folder.resolve("secret");
            folder.toFile().deleteOnExit();
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // --- selling ---

    /// A customer; the ID.
    public String customer(String name, String email) {
        var id = identifiers.next("cus");
        store.transactions().doInOne(sql -> {
            sql.update("INSERT INTO customer (id, name, email, created_at, licensed) VALUES (?, ?, ?, 0, FALSE)", id, name, email);
            SearchIndex.add(sql, dev.charter.authority.search.Scope.CUSTOMERS, id, List.of(name, email));
        });
        return id;
    }

    /// A license with a key.
    public record Sold(License license, LicenseKey key) {
        public String id() {
            return license.id();
        }
    }

    /// Sells to a new customer named ACME Water, on the default terms with what the JSON says beside.
    public Sold sells(String json) {
        return sells(customer("ACME Water", "it@acme.example"), json);
    }

    /// Sells on the default terms with what the JSON says beside.
    public Sold sells(String customer, String json) {
        var issued = licenses.issue().handle(VENDOR, TestLicenses.order(PRODUCT, customer, json));
        return new Sold(issued.license(), issued.key());
    }

    public License patches(String license, String json) {
        return licenses.change().patch(VENDOR, license, JsonReader.object(json), OptionalLong.empty());
    }

    public License license(String id) {
        return licenses.find().byId(VENDOR, id);
    }

    public TestLicenses licenses() {
        return licenses;
    }

    // --- hosts ---

    /// What a host got, after it has verified it.
    public sealed interface Answer {
        SignedDocument document();
    }

    public record Licensed(UsageLicense content, SignedDocument document) implements Answer {
        @Override
        public String toString() {
            return "Licensed " + content.id();
        }
    }

    public record Acknowledged(SignedDocument document) implements Answer {
        @Override
        public String toString() {
            return "Acknowledged";
        }
    }

    public record Refused(RefusalCode code, String message, SignedDocument document) implements Answer {
        @Override
        public String toString() {
            return "Refused " + code;
        }
    }

    public Answer activate(LicenseKey key, TestHost host) {
        return ask(host.asksToActivate(key));
    }

    public Answer refresh(String license, TestHost host) {
        return ask(host.asksToRefresh(license));
    }

    /// Asks for a seat of a leased license.
    public Answer acquire(LicenseKey key, TestHost host) {
        return ask(host.asksForSeat(key));
    }

    public Answer renew(String license, TestHost host) {
        return ask(host.asksToRenew(license));
    }

    /// Sends a usage request and verifies the answer.
    public Answer ask(SignedDocument request) {
        return switch (activations.answer().request(request.toBytes())) {
            case Outcome.Granted(var bytes) -> {
                var document = SignedDocument.read(bytes.toArray());
                yield new Licensed(verifier().answer(document, request).content(), document);
            }
            case Outcome.Refused refused -> refused(refused, request);
        };
    }

    /// Sends a release and verifies the answer.
    public Answer release(SignedDocument release) {
        return switch (activations.answer().release(release.toBytes())) {
            case Outcome.Granted(var bytes) -> {
                var document = SignedDocument.read(bytes.toArray());
                verifier().acknowledgement(document, release);
                yield new Acknowledged(document);
            }
            case Outcome.Refused refused -> refused(refused, release);
        };
    }

    private Answer refused(Outcome.Refused refused, SignedDocument request) {
        var document = SignedDocument.read(refused.document().toArray());
        var content = verifier().refusal(document, request.digest()).content();
        if (content.code() != refused.code()) {
            throw new AssertionError("the document says " + content.code() + ", its status will be that of " + refused.code());
        }
        return new Refused(content.code(), content.message(), document);
    }

    /// What a product of this vendor verifies with.
    public static Verifier verifier() {
        return new Verifier(KEYS.issuer().anchor());
    }

    public TestActivations activations() {
        return activations;
    }

    public TestDesk desk() {
        return desk;
    }

    public Signatures signatures() {
        return signatures;
    }

    public Identifiers identifiers() {
        return identifiers;
    }

    public IssuerTime time() {
        return time;
    }

    // --- looking behind ---

    public void itIsNow(String time) {
        clock.set(Instant.parse(time));
    }

    public void passes(Duration duration) {
        clock.updateAndGet(now -> now.plus(duration));
    }

    /// Ends the leases that are over, as the program does every few seconds; says how many.
    public int endsLeases() {
        return activations.endsLeases();
    }

    public Instant now() {
        return time.instant();
    }

    public ReplayAudit.Result replay() {
        return audit.replay().run(VENDOR);
    }

    public TestAudit audit() {
        return audit;
    }

    public Store store() {
        return store;
    }

    public Transactions transactions() {
        return store.transactions();
    }

    /// How many documents were signed so far.
    public long signed() {
        return meters.get("charter.signing").timer().count();
    }

    public SimpleMeterRegistry meters() {
        return meters;
    }

    @Override
    public void close() {
        if (!shared) {
            store.close();
        }
    }
}
