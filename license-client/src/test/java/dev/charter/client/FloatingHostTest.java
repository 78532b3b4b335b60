package dev.charter.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.format.Algorithm;
import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.LeaseKeys;
import dev.charter.format.Release;
import dev.charter.format.SelfHelp;
import dev.charter.format.SignedDocument;
import dev.charter.format.TlsPin;
import dev.charter.format.UsageLicense;
import dev.charter.format.UsageRequest;
import dev.charter.format.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/// A host that holds a pool: what it asks for, and what it signs in the pool's name.
class FloatingHostTest {
    private static final TlsPin PIN = new TlsPin(Digest.of(new byte[] {1}).value());
    private static final Duration RUNS = Duration.ofHours(71).plusMillis(300);
    @TempDir private Path home;
    private PoolWish wish = new PoolWish(OptionalInt.of(3), Optional.of(PIN), Optional.empty(), Optional.of(RUNS), Optional.empty());

    private World world() {
        return new World(home);
    }

    private LicenseClient server(World world, PoolVendor vendor) {
        return LicenseClient.builder().product("mqtt-server").trustAnchor(vendor.anchor).home(home).clock(world.clocks).monotonicClock(world.clocks).random(new SecureRandom())
                .machine(() -> world.marks).transport(vendor).background(world.background = new ByHand()).disk(world.disk).floatingServer(() -> wish).open();
    }

    private static LicenseClient activated(World world, LicenseClient client) {
        assertThat(client.activate(world.key)).isInstanceOf(Activation.Activated.class);
        return client;
    }

    private List<String> leaseKeyFiles() throws IOException {
        try (var files = Files.list(home)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("lease-key")).sorted().toList();
        }
    }

    private static UsageLicense leaseOf(UsageLicense pool, UsageRequest asked, SignedDocument request) {
        return new UsageLicense("ul-lease", pool.issuedAt(), pool.product(), pool.customer(), pool.license(), asked.host(), 0, request.digest(), asked.sequence(), pool.entitlements(), Optional.empty(),
                Optional.of(pool.pool().orElseThrow().profile()), Optional.empty());
    }

    /// A lease that answers the server's own request, which serves as well as another host's.
    private static void leases(PoolVendor vendor, LicenseClient client) {
        var signer = client.leaseSigner().orElseThrow();
        var request = vendor.received.get(0);
        var lease = leaseOf(UsageLicense.read(signer.pool().payload()), UsageRequest.read(request.payload()), request);
        var signed = signer.sign(lease);
        assertThat(signed.signatures()).extracting(signature -> signature.header().alg()).containsExactlyElementsOf(vendor.anchor.required().stream().map(Algorithm::joseName).toList());
        assertThat(new Verifier(vendor.anchor).usageLicense(signed).content()).isEqualTo(lease);
    }

    /// No earlier than the leases, though a document's times are cut to seconds.
    private static Instant ended(Instant told) {
        return told.plus(Duration.ofHours(71)).plusSeconds(1);
    }

    @Test
    void a_floating_server_says_in_its_requests_what_it_wants_and_an_ordinary_host_does_not() {
        var world = world();
        var vendor = PoolVendor.classical();
        try (var client = activated(world, server(world, vendor))) {
            assertThat(vendor.told(0).seats()).hasValue(3);
            assertThat(vendor.told(0).tls()).contains(PIN);
            assertThat(vendor.told(0).keys()).isEqualTo(LeaseKeys.NONE);
            wish = new PoolWish(OptionalInt.of(2), Optional.empty(), Optional.of(RUNS), Optional.of(RUNS), Optional.empty());
            client.reactivate();
            assertThat(vendor.told(1).seats()).as("asked anew").hasValue(2);
            assertThat(vendor.told(1).tls()).isEmpty();
            assertThat(vendor.told(1).leasesUntil()).contains(ended(UsageRequest.read(vendor.received.get(1).payload()).madeAt()));
            assertThat(UsageLicense.read(client.usageLicense().orElseThrow().payload()).pool().orElseThrow().seats()).isEqualTo(2);
            leases(vendor, client);
        }
        try (var client = world.open()) {
            assertThat(client.activate(world.key)).isNotNull();
            assertThat(UsageRequest.read(world.issuer.received.get(0).payload()).server()).isEmpty();
        }
    }

    @Test
    void what_was_done_with_the_pool_without_asking_is_told_with_requests_for_its_license_only() {
        var world = world();
        var vendor = PoolVendor.classical();
        var done = new SelfHelp(2, Optional.of(Instant.parse("2026-03-01T09:00:00Z")), Optional.of(new SelfHelp.Reclaims(1, 4)));
        try (var client = activated(world, server(world, vendor))) {
            assertThat(told(vendor)).as("a server that has no pool yet").isEmpty();
            wish = new PoolWish(OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(new PoolWish.Helped("lic-1", done)));
            client.reactivate();
            assertThat(told(vendor)).contains(done);
            assertThat(client.makeUpdateRequest()).isInstanceOfSatisfying(RequestMade.Made.class,
                    made -> assertThat(UsageRequest.read(made.request().payload()).selfHelp()).as("by letter").contains(done));
            wish = new PoolWish(OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(new PoolWish.Helped("lic-before", done)));
            client.reactivate();
            assertThat(told(vendor)).isEmpty();
        }
    }

    @Test
    void what_was_done_with_the_pool_without_asking_is_told_when_the_pool_is_given_back() {
        var done = new SelfHelp(2, Optional.of(Instant.parse("2026-03-01T09:00:00Z")), Optional.of(new SelfHelp.Reclaims(1, 4)));
        var vendor = PoolVendor.classical();
        try (var client = activated(world(), server(world(), vendor))) {
            wish = new PoolWish(OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.of(RUNS), Optional.of(new PoolWish.Helped("lic-1", done)));
            assertThat(client.deactivate()).isInstanceOfSatisfying(Deactivation.Deactivated.class, given -> assertThat(given.acknowledged()).isTrue());
            assertThat(Verifier.release(vendor.received.get(1)).document().selfHelp()).contains(done);
        }
    }

    private static Optional<SelfHelp> told(PoolVendor vendor) {
        return UsageRequest.read(vendor.received.get(vendor.received.size() - 1).payload()).selfHelp();
    }

    @Test
    void whoever_gives_up_a_pool_says_until_when_its_leases_run() {
        var world = world();
        var vendor = PoolVendor.classical();
        try (var client = activated(world, server(world, vendor))) {
            assertThat(client.deactivate()).isInstanceOf(Deactivation.Deactivated.class);
            var release = Release.read(vendor.received.get(1).payload());
            assertThat(release.leasesUntil()).as("by the clock that the release is dated by").contains(ended(release.releasedAt()));
        }
    }

    @Test
    void a_vendor_with_one_signature_needs_no_second_key() throws IOException {
        var world = world();
        activated(world, server(world, PoolVendor.classical())).close();
        assertThat(leaseKeyFiles()).isEmpty();
    }

    @Test
    void a_pool_and_a_seat_are_not_wanted_at_once() {
        var builder = world().builder().floatingServer(() -> wish).slot("pump-1");
        assertThatThrownBy(builder::open).isInstanceOf(IllegalStateException.class).hasMessageContaining("a floating server holds a pool and no seat");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_24, disabledReason = "older Java cannot sign with ML-DSA, and says so")
    void under_a_hybrid_anchor_it_leases_with_both_signatures_also_after_a_start_anew() throws IOException {
        var world = world();
        world.disk = new FileDisk();
        var vendor = PoolVendor.hybrid();
        LeaseKeys keys;
        try (var client = activated(world, server(world, vendor))) {
            keys = vendor.told(0).keys();
            assertThat(keys.byAlgorithm()).containsOnlyKeys(Algorithm.ML_DSA_65);
            assertThat(UsageRequest.read(vendor.received.get(0).payload()).host().keys().algorithms()).as("what it signs as a host").containsExactly(Algorithm.ED25519);
            leases(vendor, client);
        }
        assertThat(leaseKeyFiles()).containsExactly("lease-key-1", "lease-key-2");
        for (var file : leaseKeyFiles()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(file)))).isEqualTo("rw-------");
        }
        Files.writeString(home.resolve("lease-key-1"), "damaged");
        try (var client = server(world, vendor)) {
            leases(vendor, client);
            client.reactivate();
            assertThat(vendor.told(1).keys()).isEqualTo(keys);
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_24, disabledReason = "older Java cannot sign with ML-DSA, and says so")
    void a_pool_that_does_not_name_the_key_is_leased_by_nobody() throws IOException {
        var world = world();
        var vendor = PoolVendor.hybrid();
        vendor.vouches = false;
        try (var client = activated(world, server(world, vendor))) {
            assertThat(client.leaseSigner()).isEmpty();
            vendor.vouches = true;
            client.reactivate();
            leases(vendor, client);
        }
        for (var file : leaseKeyFiles()) {
            Files.writeString(home.resolve(file), "damaged");
        }
        var notices = new ArrayList<String>();
        try (var client = server(world, vendor)) {
            client.onNotice(notice -> notices.add(notice.message()));
            assertThat(client.leaseSigner()).as("the pool names the key that was lost").isEmpty();
            client.reactivate();
            leases(vendor, client);
            world.background.runHandedIn();
        }
        assertThat(notices).anyMatch(notice -> notice.contains("The key for leases that the pool of this server names is lost"));
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_23, disabledReason = "from Java 24 on it can")
    void a_java_that_cannot_sign_twice_says_which_can() {
        assertThatThrownBy(() -> LeaseKey.generate(new SecureRandom())).isInstanceOf(IllegalStateException.class).hasMessageContaining("Java 24 or newer");
    }

    @Test
    void the_signer_signs_what_floating_servers_sign_and_nothing_else() {
        var world = world();
        var vendor = PoolVendor.classical();
        try (var client = activated(world, server(world, vendor))) {
            var signer = client.leaseSigner().orElseThrow();
            assertThatThrownBy(() -> signer.sign(UsageRequest.read(vendor.received.get(0).payload()))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no usage-request");
            assertThatThrownBy(() -> signer.sign(UsageLicense.read(signer.pool().payload()))).isInstanceOf(IllegalArgumentException.class);
            var release = new Release("mqtt-server", "lic-1", "ul-9", UsageRequest.read(vendor.received.get(0).payload()).host().keys(), Instant.parse("2026-03-04T08:00:00Z"), Bytes.of(new byte[16]));
            assertThat(signer.sign(release).pool()).contains(signer.pool());
        }
    }
}
