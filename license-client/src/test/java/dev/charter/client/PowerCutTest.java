package dev.charter.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.DocumentKind;
import dev.charter.format.Verifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Cuts the power before each single thing that is done to a file, and looks at what the next start finds.
class PowerCutTest {
    @TempDir Path folder;

    /// Works until the power goes, and not at all after. The file that is being made then is left half written.
    static final class CutDisk extends QuickDisk {
        private int left;
        boolean cut;

        CutDisk(int left) {
            this.left = left;
        }

        private void step() throws IOException {
            if (left-- <= 0) {
                cut = true;
                throw new IOException("the power is cut");
            }
        }

        @Override
        public Optional<byte[]> read(Path file) throws IOException {
            if (cut) {
                throw new IOException("the power is cut");
            }
            return super.read(file);
        }

        @Override
        public void create(Path file, byte[] content) throws IOException {
            try {
                step();
            } catch (IOException cutNow) {
                if (left == -1) {
                    super.create(file, Arrays.copyOf(content, content.length / 2));
                }
                throw cutNow;
            }
            super.create(file, content);
        }

        @Override
        public void replace(Path file, Path other) throws IOException {
            step();
            super.replace(file, other);
        }
    }

    World world(String name) {
        return new World(folder.resolve(name));
    }

    @Test void an_activation_cut_anywhere_ends_with_one_license_after_one_more_try() {
        int steps = 0;
        boolean done = false;
        for (; !done; steps++) {
            var world = world("activate-" + steps);
            world.open().close(); // the host's key is made
            var disk = new CutDisk(steps);
            world.disk = disk;
            try (var client = world.open()) {
                client.activate(world.key);
            }
            done = !disk.cut;
            world.disk = new QuickDisk();
            try (var client = world.open()) {
                assertThat(client.state()).as("cut at step " + steps).isInstanceOfAny(LicenseState.NeverLicensed.class, LicenseState.Licensed.class);
                assertThat(client.activate(world.key)).isInstanceOf(Activation.Activated.class);
                assertThat(client.allows("sparkplug")).isTrue();
                // What was sent once is never sent in another form under the same sequence.
                assertThat(world.issuer.received.stream().map(r -> Verifier.request(r).content().sequence() + "/" + r.digest()).distinct().count())
                        .isEqualTo(world.issuer.received.stream().map(r -> Verifier.request(r).content().sequence()).distinct().count());
                assertThat(world.issuer.received.stream().map(r -> Verifier.request(r).content().host().keys()).distinct()).hasSize(1);
            }
        }
        assertThat(steps).isGreaterThan(8);
    }

    @Test void a_deactivation_cut_anywhere_leaves_either_the_license_or_its_tombstone_and_never_sends_before_the_tombstone_is_safe() {
        int steps = 0;
        boolean done = false;
        int licensed = 0;
        for (; !done; steps++) {
            var world = world("release-" + steps);
            world.activated().close();
            var disk = new CutDisk(steps);
            world.disk = disk;
            Optional<Deactivation> outcome = Optional.empty();
            try (var client = world.open()) {
                outcome = Optional.of(client.deactivate());
            }
            done = !disk.cut;
            boolean sent = world.issuer.received.stream().anyMatch(d -> d.claimedKind() == DocumentKind.RELEASE);
            world.disk = new QuickDisk();
            try (var client = world.open()) {
                var state = client.state();
                assertThat(state).as("cut at step " + steps).isInstanceOfAny(LicenseState.Licensed.class, LicenseState.Released.class);
                boolean released = state instanceof LicenseState.Released;
                assertThat(client.allows("sparkplug")).isEqualTo(!released);
                licensed += released ? 0 : 1;
                if (sent || outcome.get() instanceof Deactivation.Deactivated) {
                    assertThat(released).as("what was sent or shown stays released, cut at step " + steps).isTrue();
                }
                assertThat(client.deactivate()).isInstanceOf(Deactivation.Deactivated.class);
                assertThat(client.usageLicense()).isEmpty();
            }
            assertThat(world.issuer.received.stream().filter(d -> d.claimedKind() == DocumentKind.RELEASE).distinct()).hasSize(1);
        }
        assertThat(licensed).as("some cuts came before the tombstone").isGreaterThan(0);
        assertThat(steps).isGreaterThan(10);
    }

    @Test void a_change_of_the_host_s_key_cut_anywhere_leaves_a_license_and_the_key_that_it_is_bound_to() {
        int steps = 0;
        boolean done = false;
        for (; !done; steps++) {
            var world = world("rekey-" + steps);
            try (var client = world.activated()) {
                world.issuer.refuses = Optional.of(dev.charter.format.RefusalCode.REQUEST_SUPERSEDED);
                client.reactivate();
                world.issuer.refuses = Optional.empty();
            }
            var disk = new CutDisk(steps);
            world.disk = disk;
            try (var client = world.open()) {
                client.activate(world.key);
            }
            done = !disk.cut;
            world.disk = new QuickDisk();
            try (var client = world.open()) {
                assertThat(client.allows("sparkplug")).as("cut at step " + steps).isTrue();
                assertThat(client.activate(world.key)).isInstanceOf(Activation.Activated.class);
                assertThat(client.contact().behind()).isFalse();
            }
        }
        assertThat(steps).isGreaterThan(10);
    }

    @Test void a_first_start_cut_anywhere_is_followed_by_a_good_one() {
        boolean done = false;
        for (int steps = 0; !done; steps++) {
            var world = world("first-" + steps);
            var disk = new CutDisk(steps);
            world.disk = disk;
            try (var client = world.open()) {
                assertThat(client.state()).isInstanceOf(LicenseState.NeverLicensed.class);
            } catch (java.io.UncheckedIOException cut) {
                assertThat(disk.cut).isTrue();
            }
            done = !disk.cut;
            world.disk = new QuickDisk();
            try (var client = world.open()) {
                assertThat(client.activate(world.key)).isInstanceOf(Activation.Activated.class);
            }
        }
    }

    @Test void a_disk_that_is_full_leaves_everything_as_it_was_and_says_so() {
        var world = world("full");
        world.activated().close();
        world.disk = new QuickDisk() {
            @Override
            public void create(Path file, byte[] content) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        try (var client = world.open()) {
            assertThat(client.allows("sparkplug")).isTrue();
            assertThat(client.reactivate()).isInstanceOfSatisfying(Activation.NotPossible.class, no -> assertThat(no.message()).contains("No space left"));
            assertThat(client.deactivate()).isInstanceOf(Deactivation.NotPossible.class);
            assertThat(client.allows("sparkplug")).isTrue();
            world.background.round();
            assertThat(client.notices()).anySatisfy(notice -> assertThat(notice.message()).contains("No space left"));
        }
    }
}
