package dev.charter.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What a record can hold can be written and read back; what it cannot hold it refuses to be made of.
class PayloadTest {
    private static final Instant NOW = Scene.NOW;
    private static final SignerKeys KEYS = SeededSigner.classical(1).keys();
    private static final Host HOST = Scene.host(KEYS, "plant-a");
    private static final Bytes NONCE = Bytes.of(new byte[16]);
    private static final Digest DIGEST = Digest.of(new byte[0]);
    private static final Scene SCENE = Scene.classical();

    private static void refused(String why, ThrowingCallable construction) {
        assertThatThrownBy(construction).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(why);
    }

    private static UsageRequest request(List<Integer> formats, String product, UsageRequest.LicenseName name, long sequence, Instant at, Bytes nonce) {
        return new UsageRequest(formats, Purpose.REFRESH, product, name, HOST, sequence, at, nonce);
    }

    @Test void a_usage_request_is_well_formed() {
        var id = new UsageRequest.LicenseName.ById("lic-1");
        refused("formats", () -> request(List.of(), "p", id, 1, NOW, NONCE));
        refused("formats", () -> request(java.util.Collections.nCopies(17, 1), "p", id, 1, NOW, NONCE));
        refused("format", () -> request(List.of(0), "p", id, 1, NOW, NONCE));
        refused("format", () -> request(List.of(-1), "p", id, 1, NOW, NONCE));
        for (var product : List.of("", "P", "-p", "p q", "p\n", "p_", "\u00e9", "x".repeat(65))) {
            refused("the product", () -> request(List.of(1), product, id, 1, NOW, NONCE));
        }
        refused("the license's ID", () -> request(List.of(1), "p", new UsageRequest.LicenseName.ById(""), 1, NOW, NONCE));
        refused("sequence", () -> request(List.of(1), "p", id, 0, NOW, NONCE));
        refused("sequence", () -> request(List.of(1), "p", id, 9007199254740992L, NOW, NONCE));
        refused("nonce", () -> request(List.of(1), "p", id, 1, NOW, Bytes.of(new byte[15])));
        refused("years", () -> request(List.of(1), "p", id, 1, Instant.MAX, NONCE));
        refused("years", () -> request(List.of(1), "p", id, 1, Instant.parse("-0001-12-31T23:59:59Z"), NONCE));
        refused("locator", () -> new Locator(Bytes.of(new byte[7])));
        refused("digest", () -> new Digest(Bytes.of(new byte[31])));
    }

    @Test void a_request_names_its_license_in_exactly_one_way() {
        for (var members : List.of("", "\"locator\":\"AAAAAAAAAAA\",\"license\":\"lic-1\",")) {
            var json = new String(request(List.of(1), "p", new UsageRequest.LicenseName.ById("lic-1"), 1, NOW, NONCE).toBytes(), java.nio.charset.StandardCharsets.UTF_8).replace("\"license\":\"lic-1\",", members);
            assertThatThrownBy(() -> UsageRequest.read(json.getBytes(java.nio.charset.StandardCharsets.UTF_8))).isInstanceOf(DocumentRejected.class).hasMessageContaining("either");
        }
    }

    @Test void a_host_and_its_fingerprint_are_well_formed() {
        for (var name : List.of("", " ", "x".repeat(201), "a\0b", "\ud800", "a\udc00")) {
            refused("host's name", () -> new Host(KEYS, Optional.of(name), HOST.fingerprint()));
        }
        assertThat(new Host(KEYS, Optional.of("x".repeat(200)), HOST.fingerprint()).name()).isPresent();
        refused("factor", () -> Fingerprint.of(Map.of("Machine", Bytes.of(new byte[8]))));
        refused("7 bytes", () -> Fingerprint.of(Map.of("machine", Bytes.of(new byte[7]))));
        refused("65 bytes", () -> Fingerprint.of(Map.of("machine", Bytes.of(new byte[65]))));
        var many = new TreeMap<String, Bytes>();
        for (int i = 0; i < 17; i++) {
            many.put("f" + i, Bytes.of(new byte[8]));
        }
        refused("at most 16 factors", () -> Fingerprint.of(many));
        refused("an Ed25519 key", () -> new SignerKeys(Map.of()));
        refused("32 bytes, not 31", () -> new SignerKeys(Map.of(Algorithm.ED25519, Bytes.of(new byte[31]))));
        refused("key ID", () -> new KeyId("short"));
        refused("key ID", () -> new KeyId("AAAAAAAAAAAAAAAAAAAAA+"));
    }

    private static UsageLicense license(String id, String customer, int factorsRequired, List<Entitlement> entitlements, Optional<LeaseProfile> lease, Optional<Pool> pool) {
        return new UsageLicense(id, NOW, "p", customer, SCENE.sold(LicenseType.ONLINE), HOST, factorsRequired, DIGEST, 1, entitlements, Optional.empty(), lease, pool);
    }

    @Test void a_usage_license_is_well_formed() {
        var some = SCENE.entitlements();
        refused("ID", () -> license("", "ACME", 3, some, Optional.empty(), Optional.empty()));
        refused("customer", () -> license("ul", " ", 3, some, Optional.empty(), Optional.empty()));
        refused("customer", () -> license("ul", "x".repeat(4097), 3, some, Optional.empty(), Optional.empty()));
        refused("6 of 5 factors", () -> license("ul", "ACME", 6, some, Optional.empty(), Optional.empty()));
        refused("-1 of 5 factors", () -> license("ul", "ACME", -1, some, Optional.empty(), Optional.empty()));
        refused("grant something", () -> license("ul", "ACME", 3, List.of(), Optional.empty(), Optional.empty()));
        refused("not both", () -> license("ul", "ACME", 3, some, Optional.of(LeaseProfile.PLANT), Optional.of(new Pool(1, LeaseProfile.PLANT))));
        refused("seat", () -> new Pool(0, LeaseProfile.PLANT));
        refused("before it begins", () -> Term.between(NOW, NOW));
        refused("before it begins", () -> Term.between(NOW, NOW.plusMillis(999)));
        refused("at least one day", () -> new Allowance(0, 0));
        refused("negative", () -> new Allowance(-1, 1));
        refused("the feature", () -> new Entitlement.Feature("", Optional.empty()));
        refused("what the records are", () -> new UsageReport.Records("", 1, Digest.of(new byte[1])));
        refused("the meter", () -> new Entitlement.Meter("A", OptionalLong.empty(), Optional.empty()));
        refused("limit", () -> new Entitlement.Meter("a", OptionalLong.of(-1), Optional.empty()));
        refused("limit", () -> new Entitlement.Meter("a", OptionalLong.of(Long.MAX_VALUE), Optional.empty()));
    }

    @Test void what_was_sold_is_in_whole_days_and_never_negative() {
        var term = Term.perpetual(NOW);
        var allowance = new Allowance(0, 1);
        for (var wrong : List.of(Duration.ofHours(36), Duration.ofDays(-1), Duration.ofMillis(1), Duration.ofDays(1L + Integer.MAX_VALUE))) {
            refused("whole days", () -> new UsageLicense.SoldLicense("lic", LicenseType.ONLINE, term, wrong, Optional.empty(), 0, 0, allowance, 0, 1));
            refused("whole days", () -> new UsageLicense.SoldLicense("lic", LicenseType.ONLINE, term, Duration.ZERO, Optional.of(wrong), 0, 0, allowance, 0, 1));
        }
        refused("negative", () -> new UsageLicense.SoldLicense("lic", LicenseType.ONLINE, term, Duration.ZERO, Optional.empty(), -1, 0, allowance, 0, 1));
        refused("negative", () -> new UsageLicense.SoldLicense("lic", LicenseType.ONLINE, term, Duration.ZERO, Optional.empty(), 0, -1, allowance, 0, 1));
        refused("negative", () -> new UsageLicense.SoldLicense("lic", LicenseType.ONLINE, term, Duration.ZERO, Optional.empty(), 0, 0, allowance, -1, 1));
        refused("negative", () -> new UsageLicense.SoldLicense("lic", LicenseType.ONLINE, term, Duration.ZERO, Optional.empty(), 0, 0, allowance, 0, -1));
        refused("ID", () -> new UsageLicense.SoldLicense("", LicenseType.ONLINE, term, Duration.ZERO, Optional.empty(), 0, 0, allowance, 0, 1));
    }

    @Test void a_lease_renews_before_it_is_degraded_and_ends_after() {
        var m = Duration.ofMinutes(1);
        refused("renews", () -> new LeaseProfile(Duration.ZERO, m, m));
        refused("renews", () -> new LeaseProfile(m.negated(), m, m));
        refused("renews", () -> new LeaseProfile(m, m, m.multipliedBy(2)));
        refused("renews", () -> new LeaseProfile(m, m.multipliedBy(3), m.multipliedBy(2)));
        refused("whole seconds", () -> new LeaseProfile(Duration.ofMillis(500), m, m));
        refused("whole seconds", () -> new LeaseProfile(m, m.multipliedBy(2), Duration.ofSeconds(1L + Integer.MAX_VALUE)));
        assertThat(new LeaseProfile(m, m.multipliedBy(2), m.multipliedBy(2)).end()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test void the_other_documents_are_well_formed() {
        refused("the product", () -> new Refusal(NOW, "", DIGEST, RefusalCode.RELEASED, "m", Optional.empty()));
        refused("message", () -> new Refusal(NOW, "p", DIGEST, RefusalCode.RELEASED, "", Optional.empty()));
        refused("ID", () -> new Refusal(NOW, "p", DIGEST, RefusalCode.RELEASED, "m", Optional.of("")));
        refused("the place in the queue", () -> new Refusal(NOW, "p", DIGEST, RefusalCode.NO_SEAT_FREE, "m", Optional.empty(), OptionalLong.of(0)));
        refused("the product", () -> new Release("P", "l", "u", KEYS, NOW, NONCE));
        refused("ID", () -> new Release("p", "", "u", KEYS, NOW, NONCE));
        refused("ID", () -> new Release("p", "l", "", KEYS, NOW, NONCE));
        refused("nonce", () -> new Release("p", "l", "u", KEYS, NOW, Bytes.of(new byte[17])));
        refused("sequence", () -> new UsageReport("p", "l", KEYS, 0, NOW, NOW, List.of()));
        refused("period", () -> new UsageReport("p", "l", KEYS, 1, NOW, NOW.minusSeconds(1), List.of()));
        refused("the meter", () -> new UsageReport.Reading("", 0, 0));
        refused("includes", () -> new UsageReport.Reading("m", 2, 1));
        refused("includes", () -> new UsageReport.Reading("m", -1, 1));
        refused("total", () -> new UsageReport.Reading("m", 0, -1));
        refused("number", () -> new TrustStatement(0, NOW, List.of()));
        refused("kinds", () -> new KeyCertificate(KeyCertificate.Role.ISSUING, KEYS, List.of(), EnumSet.noneOf(DocumentKind.class), NOW, Optional.empty()));
        refused("before it begins", () -> new KeyCertificate(KeyCertificate.Role.ROOT, KEYS, List.of(), EnumSet.noneOf(DocumentKind.class), NOW, Optional.of(NOW)));
        refused("the product", () -> new KeyCertificate(KeyCertificate.Role.ROOT, KEYS, List.of("A B"), EnumSet.noneOf(DocumentKind.class), NOW, Optional.empty()));
        refused("the vendor", () -> new TrustAnchor("ACME", EnumSet.of(Algorithm.ED25519), List.of(KEYS)));
        refused("at least one root", () -> new TrustAnchor("acme", EnumSet.of(Algorithm.ED25519), List.of()));
    }

    @Test void an_entitlement_is_exactly_one_thing() {
        for (var wrong : List.of("{}", "{\"until\":\"2026-03-01T00:00:00Z\"}", "{\"feature\":\"a\",\"meter\":\"b\"}", "{\"feature\":\"a\",\"support\":true}", "{\"support\":false,\"until\":\"2026-03-01T00:00:00Z\"}",
                "{\"support\":true}", "{\"seat\":\"a\"}", "{\"support\":\"yes\",\"until\":\"2026-03-01T00:00:00Z\"}")) {
            assertThatThrownBy(() -> Entitlement.fromJson(JsonReader.object(wrong))).as(wrong).isInstanceOf(RuntimeException.class);
        }
    }

    @Test void times_are_held_in_the_whole_seconds_that_are_signed() {
        var odd = NOW.plusNanos(123_456_789);
        var request = request(List.of(1), "p", new UsageRequest.LicenseName.ById("lic"), 1, odd, NONCE);
        assertThat(request.madeAt()).isEqualTo(NOW);
        assertThat(UsageRequest.read(request.toBytes())).isEqualTo(request);
        assertThat(new Entitlement.Support(odd).until()).isEqualTo(NOW);
        assertThat(Term.between(odd, odd.plusSeconds(1)).until()).contains(NOW.plusSeconds(1));
    }

    @Test void whatever_a_record_can_hold_survives_writing_and_reading() {
        long seed = 20260308;
        System.out.println("random payloads, seed " + seed);
        var any = new AnyPayload(new Random(seed));
        Map<DocumentKind, Function<byte[], Payload>> readers = Map.of(DocumentKind.USAGE_REQUEST, UsageRequest::read, DocumentKind.USAGE_LICENSE, UsageLicense::read, DocumentKind.REFUSAL, Refusal::read,
                DocumentKind.RELEASE, Release::read, DocumentKind.USAGE_REPORT, UsageReport::read, DocumentKind.KEY_CERTIFICATE, KeyCertificate::read, DocumentKind.TRUST_STATEMENT, TrustStatement::read);
        for (int run = 0; run < 700; run++) {
            for (var payload : any.everyKind()) {
                var bytes = payload.toBytes();
                var read = readers.get(payload.kind()).apply(bytes);
                assertThat(read).isEqualTo(payload);
                assertThat(read.toBytes()).isEqualTo(bytes);
                assertThat(JsonWriter.bytes(JsonReader.object(bytes))).isEqualTo(bytes);
            }
            var anchor = any.anchor();
            assertThat(TrustAnchor.read(anchor.toBytes())).isEqualTo(anchor);
        }
    }

    @Test void a_trust_anchor_that_asks_for_what_this_release_cannot_do_is_refused() {
        for (var wrong : List.of("{}", "{\"vendor\":\"acme\",\"required\":[],\"roots\":[]}", "{\"vendor\":\"acme\",\"required\":[\"Ed25519\",\"SLH-DSA-SHA2-128s\"],\"roots\":[]}", "[]", "",
                "{\"vendor\":\"acme\",\"required\":[\"Ed25519\"],\"roots\":[{\"Ed25519\":\"AAAA\"}]}", "{\"vendor\":\"acme\",\"required\":[\"none\"],\"roots\":[]}")) {
            assertThatThrownBy(() -> TrustAnchor.read(wrong.getBytes(java.nio.charset.StandardCharsets.UTF_8))).as(wrong).isInstanceOf(DocumentRejected.class).hasMessageStartingWith("This is no trust anchor: ");
        }
    }

    /// Random payloads at and within their bounds.
    private static final class AnyPayload {
        private final Random random;
        private final List<SignerKeys> keys = new ArrayList<>();

        AnyPayload(Random random) {
            this.random = random;
            for (int i = 0; i < 4; i++) {
                keys.add(SeededSigner.classical(i).keys());
                keys.add(SeededSigner.hybrid(i).keys());
            }
        }

        List<Payload> everyKind() {
            var purpose = one(Purpose.values());
            boolean forSeat = purpose == Purpose.ACQUIRE || purpose == Purpose.RENEW;
            var asking = host();
            return List.of(
                    new UsageRequest(random.ints(1 + random.nextInt(16), 1, Integer.MAX_VALUE).boxed().toList(), purpose, name(),
                            random.nextBoolean() ? new UsageRequest.LicenseName.ById(text(4096)) : new UsageRequest.LicenseName.ByLocator(new Locator(bytes(8))), asking, number(1), time(), bytes(16),
                            forSeat ? maybe(this::seat) : Optional.empty(), forSeat ? Optional.empty() : maybe(() -> server(asking))),
                    license(), new Refusal(time(), name(), new Digest(bytes(32)), one(RefusalCode.values()), text(4096), maybe(() -> text(100)), random.nextBoolean() ? OptionalLong.of(number(1)) : OptionalLong.empty()),
                    new Release(name(), text(100), text(100), anyKeys(), time(), bytes(16), maybe(this::time)),
                    report(), certificate(), new TrustStatement(number(1), time(), random.ints(random.nextInt(5)).mapToObj(i -> anyKeys().id()).toList()));
        }

        TrustAnchor anchor() {
            var hybrid = random.nextBoolean();
            return new TrustAnchor(name(), hybrid ? EnumSet.allOf(Algorithm.class) : EnumSet.of(Algorithm.ED25519),
                    random.ints(1 + random.nextInt(4)).mapToObj(i -> hybrid ? keys.get(1 + 2 * random.nextInt(4)) : anyKeys()).toList());
        }

        private UsageLicense license() {
            var host = host();
            int shape = random.nextInt(3);
            var entitlements = new ArrayList<Entitlement>();
            for (int i = random.nextInt(5); i >= 0; i--) {
                entitlements.add(switch (random.nextInt(3)) {
                    case 0 -> new Entitlement.Feature(name(), maybe(this::time));
                    case 1 -> new Entitlement.Meter(name(), random.nextBoolean() ? OptionalLong.of(number(0)) : OptionalLong.empty(), maybe(this::time));
                    default -> new Entitlement.Support(time());
                });
            }
            var sold = new UsageLicense.SoldLicense(text(50), one(LicenseType.values()), term(), days(), maybe(this::days), count(), count(), new Allowance(count(), 1 + random.nextInt(1000)), count(), count());
            return new UsageLicense(text(50), time(), name(), text(300), sold, host, random.nextInt(host.fingerprint().factors().size() + 1), new Digest(bytes(32)), number(1), entitlements, maybe(this::time),
                    shape == 1 ? Optional.of(profile()) : Optional.empty(), shape == 2 ? Optional.of(pool(host)) : Optional.empty(),
                    shape == 1 ? maybe(() -> bytes(1 + random.nextInt(64))) : Optional.empty());
        }

        private Pool pool(Host holder) {
            return new Pool(1 + random.nextInt(Integer.MAX_VALUE - 1), profile(), new TreeMap<>(Map.of(name(), count())), leaseKeys(holder), maybe(() -> new TlsPin(bytes(32))));
        }

        private FloatingServer server(Host holder) {
            return new FloatingServer(random.nextBoolean() ? OptionalInt.of(1 + random.nextInt(1000)) : OptionalInt.empty(), leaseKeys(holder), maybe(() -> new TlsPin(bytes(32))), maybe(this::time));
        }

        private LeaseKeys leaseKeys(Host holder) {
            return random.nextBoolean() || holder.keys().algorithms().contains(Algorithm.ML_DSA_65) ? LeaseKeys.NONE : new LeaseKeys(Map.of(Algorithm.ML_DSA_65, bytes(1952)));
        }

        private SeatWish seat() {
            return new SeatWish(random.ints(random.nextInt(5)).mapToObj(i -> name()).toList(), maybe(() -> text(200)), maybe(() -> bytes(1 + random.nextInt(64))));
        }

        private UsageReport report() {
            var from = time();
            var readings = new ArrayList<UsageReport.Reading>();
            for (int i = random.nextInt(4); i > 0; i--) {
                long total = number(0);
                readings.add(new UsageReport.Reading(name(), total / 2, total));
            }
            return new UsageReport(name(), text(50), anyKeys(), number(1), from, from.plusSeconds(random.nextInt(100)), readings,
                    maybe(() -> new UsageReport.Records(name(), number(0), Digest.of(text(20).getBytes(java.nio.charset.StandardCharsets.UTF_8)))));
        }

        private KeyCertificate certificate() {
            var kinds = EnumSet.noneOf(DocumentKind.class);
            random.ints(1 + random.nextInt(4), 0, DocumentKind.values().length).forEach(i -> kinds.add(DocumentKind.values()[i]));
            var from = time();
            return new KeyCertificate(one(KeyCertificate.Role.values()), anyKeys(), random.ints(random.nextInt(3)).mapToObj(i -> name()).toList(), kinds, from, maybe(() -> from.plusSeconds(1 + random.nextInt(1000))));
        }

        private LeaseProfile profile() {
            int renew = 1 + random.nextInt(1000);
            int degraded = renew + 1 + random.nextInt(1000);
            return new LeaseProfile(Duration.ofSeconds(renew), Duration.ofSeconds(degraded), Duration.ofSeconds(degraded + random.nextInt(1000)));
        }

        private Host host() {
            var factors = new TreeMap<String, Bytes>();
            for (int i = random.nextInt(17); i > 0; i--) {
                factors.put(name(), bytes(8 + random.nextInt(57)));
            }
            return new Host(anyKeys(), maybe(() -> text(200)), new Fingerprint(factors));
        }

        private Term term() {
            var from = time();
            return new Term(from, maybe(() -> from.plusSeconds(1 + random.nextInt(100_000))));
        }

        private Instant time() {
            // From the first to (nearly) the last second that can be written.
            return Instant.ofEpochSecond(-62167219200L + (long) (random.nextDouble() * (253402300799L + 62167219200L - 200_000)));
        }

        private Duration days() {
            return Duration.ofDays(count());
        }

        private int count() {
            return random.nextInt(5) == 0 ? Integer.MAX_VALUE : random.nextInt(1000);
        }

        private long number(long smallest) {
            return random.nextInt(5) == 0 ? Require.LARGEST_NUMBER : smallest + random.nextInt(1_000_000);
        }

        private SignerKeys anyKeys() {
            return keys.get(random.nextInt(keys.size()));
        }

        private Bytes bytes(int length) {
            var bytes = new byte[length];
            random.nextBytes(bytes);
            return Bytes.of(bytes);
        }

        private String name() {
            var alphabet = "abcdefghijklmnopqrstuvwxyz0123456789-";
            var name = new StringBuilder().append(alphabet.charAt(random.nextInt(36)));
            for (int i = random.nextInt(64); i > 0; i--) {
                name.append(alphabet.charAt(random.nextInt(37)));
            }
            return name.toString();
        }

        private String text(int longest) {
            var text = new StringBuilder("x");
            int length = random.nextInt(10) == 0 ? longest : random.nextInt(Math.min(longest, 40));
            while (text.length() < length - 1) {
                int range = random.nextInt(5);
                text.appendCodePoint(range == 0 ? 1 + random.nextInt(0x7f) : range == 1 ? 0xa0 + random.nextInt(0x500) : range == 2 ? 0x1f600 + random.nextInt(50) : 'a' + random.nextInt(26));
            }
            return text.toString();
        }

        private <T> Optional<T> maybe(java.util.function.Supplier<T> value) {
            return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
        }

        private <T> T one(T[] values) {
            return values[random.nextInt(values.length)];
        }
    }
}
