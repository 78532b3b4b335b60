package dev.charter.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.RefusalCode;
import dev.charter.format.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeactivationTest {
    @TempDir Path folder;

    World world() {
        return new World(folder.resolve("home"));
    }

    @Test void a_license_given_back_is_gone_and_the_proof_is_signed_by_the_host() {
        var world = world();
        try (var client = world.activated()) {
            var keys = client.host().keys();
            var outcome = client.deactivate();
            assertThat(outcome).isInstanceOfSatisfying(Deactivation.Deactivated.class, done -> {
                assertThat(done.acknowledged()).isTrue();
                var release = Verifier.release(done.proof()).content();
                assertThat(release.license()).isEqualTo("lic-1");
                assertThat(release.usageLicense()).isEqualTo("ul-1");
                assertThat(release.hostKeys()).isEqualTo(keys);
            });
            assertThat(client.allows("sparkplug")).isFalse();
            assertThat(client.state()).isInstanceOfSatisfying(LicenseState.Released.class, released -> assertThat(released.acknowledged()).isTrue());
            assertThat(client.usageLicense()).isEmpty();
        }
    }

    @Test void it_is_gone_before_anyone_is_told() {
        var world = world();
        var seen = new AtomicReference<LicenseState>();
        try (var client = world.activated()) {
            world.issuer.way = reply -> {
                seen.set(client.state());
                return reply;
            };
            client.deactivate();
            assertThat(seen.get()).isInstanceOf(LicenseState.Released.class);
        }
    }

    @Test void when_the_authority_is_away_the_same_release_is_sent_until_it_is_acknowledged_also_after_a_restart() {
        var world = world();
        try (var client = world.activated()) {
            world.unreachable();
            assertThat(client.deactivate()).isInstanceOfSatisfying(Deactivation.Deactivated.class, done -> {
                assertThat(done.acknowledged()).isFalse();
                assertThat(done.unreachable()).contains("The cable is cut.");
            });
            world.pass(Duration.ofHours(5), Duration.ofMinutes(5));
            assertThat(client.state()).isInstanceOfSatisfying(LicenseState.Released.class, released -> assertThat(released.acknowledged()).isFalse());
        }
        world.reachable();
        try (var client = world.open()) {
            assertThat(client.state()).isInstanceOf(LicenseState.Released.class);
            world.pass(Duration.ofMinutes(2), Duration.ofSeconds(5));
            assertThat(client.state()).isInstanceOfSatisfying(LicenseState.Released.class, released -> assertThat(released.acknowledged()).isTrue());
            int sent = world.issuer.received.size();
            world.pass(Duration.ofDays(2), Duration.ofHours(1));
            assertThat(world.issuer.received).as("then nothing more is sent").hasSize(sent);
        }
        assertThat(world.issuer.received.stream().skip(1).distinct()).hasSize(1);
        assertThat(world.issuer.received.size()).isGreaterThan(4);
    }

    @Test void deactivating_twice_shows_the_same_proof() {
        var world = world();
        try (var client = world.activated()) {
            var first = (Deactivation.Deactivated) client.deactivate();
            var second = (Deactivation.Deactivated) client.deactivate();
            assertThat(second.proof()).isEqualTo(first.proof());
            assertThat(world.issuer.received).hasSize(2);
        }
    }

    @Test void an_unlicensed_host_has_nothing_to_give_back() {
        var world = world();
        try (var client = world.open()) {
            assertThat(client.deactivate()).isInstanceOf(Deactivation.NotPossible.class);
            assertThat(world.issuer.received).isEmpty();
        }
    }

    @Test void a_signed_refusal_of_the_release_ends_the_sending() {
        var world = world();
        try (var client = world.activated()) {
            world.issuer.refuses = Optional.of(RefusalCode.KEY_UNKNOWN);
            assertThat(client.deactivate()).isInstanceOfSatisfying(Deactivation.Deactivated.class, done -> {
                assertThat(done.acknowledged()).isFalse();
                assertThat(done.unreachable()).contains(RefusalCode.KEY_UNKNOWN.advice());
            });
            world.pass(Duration.ofDays(2), Duration.ofHours(1));
            assertThat(world.issuer.received).hasSize(2);
        }
    }

    @Test void license_files_put_back_after_the_release_are_dead() throws IOException {
        var world = world();
        world.activated().close();
        for (int copy = 1; copy <= 2; copy++) {
            Files.copy(world.home.resolve("license-" + copy), folder.resolve("saved-" + copy));
        }
        try (var client = world.open()) {
            client.deactivate();
        }
        for (int copy = 1; copy <= 2; copy++) {
            Files.copy(folder.resolve("saved-" + copy), world.home.resolve("license-" + copy), StandardCopyOption.REPLACE_EXISTING);
        }
        try (var client = world.open()) {
            assertThat(client.state()).isInstanceOf(LicenseState.Released.class);
            assertThat(client.allows("sparkplug")).isFalse();
        }
    }

    @Test void a_host_can_be_activated_again_after_it_was_deactivated_also_with_another_key() {
        var world = world();
        try (var client = world.activated()) {
            client.deactivate();
            assertThat(client.configurationLocked()).as("given back is not taken away").isFalse();
            assertThat(client.activate(dev.charter.format.LicenseKey.generate(new java.util.Random(9)))).isInstanceOf(Activation.Activated.class);
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            assertThat(world.issuer.asked(2).sequence()).isEqualTo(2);
        }
        try (var client = world.open()) {
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            assertThat(client.deactivate()).isInstanceOf(Deactivation.Deactivated.class);
        }
    }

    @Test void a_license_activated_again_does_not_stop_the_sending_of_the_earlier_release() {
        var world = world();
        try (var client = world.activated()) {
            world.unreachable();
            client.deactivate();
            world.reachable();
            client.activate(world.key);
            var state = client.state();
            assertThat(state).isInstanceOf(LicenseState.Licensed.class);
            world.pass(Duration.ofHours(14), Duration.ofMinutes(10));
            assertThat(world.issuer.received.stream().filter(d -> d.claimedKind() == dev.charter.format.DocumentKind.RELEASE)).hasSizeGreaterThan(1);
        }
    }
}
