package dev.charter.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.RefusalCode;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BehindTest {
    @TempDir Path folder;

    @Test void a_host_that_is_behind_says_so_keeps_working_and_asks_as_a_new_host_when_it_is_activated() {
        var world = new World(folder.resolve("home"));
        try (var client = world.activated()) {
            var old = client.host().keys();
            world.issuer.refuses = Optional.of(RefusalCode.REQUEST_SUPERSEDED);
            client.reactivate();
            assertThat(client.state()).isInstanceOfSatisfying(LicenseState.Licensed.class, licensed -> assertThat(licensed.behind()).isTrue());
            assertThat(client.contact().behind()).isTrue();
            assertThat(client.allows("sparkplug")).isTrue();

            // The first try fails: the old key is still the one in use, and the next try asks as the same new host.
            world.issuer.refuses = Optional.of(RefusalCode.ALLOWANCE_EXHAUSTED);
            assertThat(client.activate(world.key)).isInstanceOf(Activation.Refused.class);
            assertThat(client.host().keys()).isEqualTo(old);
            assertThat(client.allows("sparkplug")).isTrue();

            world.issuer.refuses = Optional.empty();
            assertThat(client.activate(world.key)).isInstanceOf(Activation.Activated.class);
            assertThat(client.state()).isInstanceOfSatisfying(LicenseState.Licensed.class, licensed -> assertThat(licensed.behind()).isFalse());
            assertThat(world.issuer.asked(2).host().keys()).isNotEqualTo(old).isEqualTo(world.issuer.asked(3).host().keys());
            assertThat(client.host().keys()).isEqualTo(world.issuer.asked(3).host().keys());
        }
        try (var client = world.open()) {
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            assertThat(client.host().keys()).isEqualTo(world.issuer.asked(3).host().keys());
        }
    }

    @Test void a_copy_that_is_behind_cannot_release_what_its_original_uses() {
        var world = new World(folder.resolve("home"));
        try (var client = world.activated()) {
            world.issuer.refuses = Optional.of(RefusalCode.REQUEST_SUPERSEDED);
            client.reactivate();
            assertThat(client.deactivate()).isInstanceOfSatisfying(Deactivation.NotPossible.class, no -> assertThat(no.message()).contains("copy"));
            assertThat(client.allows("sparkplug")).isTrue();
        }
    }

    @Test void a_restored_host_without_a_license_asks_as_a_new_one_after_its_request_was_superseded() {
        var world = new World(folder.resolve("home"));
        world.issuer.refuses = Optional.of(RefusalCode.REQUEST_SUPERSEDED);
        try (var client = world.open()) {
            client.activate(world.key);
            world.issuer.refuses = Optional.empty();
            assertThat(client.activate(world.key)).isInstanceOf(Activation.Activated.class);
            assertThat(world.issuer.asked(1).host().keys()).isNotEqualTo(world.issuer.asked(0).host().keys());
        }
    }
}
