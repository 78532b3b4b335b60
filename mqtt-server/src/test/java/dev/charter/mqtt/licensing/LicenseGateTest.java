package dev.charter.mqtt.licensing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.client.LicenseState;
import dev.charter.client.LicenseState.NeverLicensed;
import dev.charter.client.LicenseState.Trial;
import dev.charter.client.LicenseState.TrialOver;
import dev.charter.mqtt.licensing.Standing.Clients;
import dev.charter.testkit.AuthorityInMemory;
import dev.charter.testkit.Host;
import dev.charter.testkit.License;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LicenseGateTest {
    static final Standing LICENSED = new Standing(Clients.ADMITTED, false, "Licensed to ACME Water");
    static final Standing TRIAL = new Standing(Clients.ADMITTED_FOR_TRIAL, false, "Trial");
    static final Standing CLOSED = new Standing(Clients.REFUSED, true, "The license ended on 4 December");

    @TempDir
    Path home;
    final AtomicReference<Supplier<Standing>> license = new AtomicReference<>(() -> LICENSED);

    @Test
    void clients_come_in_wherever_data_flows_and_configuration_is_locked_where_the_client_says_so() {
        var authority = AuthorityInMemory.on("2026-03-01T00:00:00Z");
        var key = authority.sells(License.license().until("2026-04-01T00:00:00Z").withGraceDays(14));
        try (var client = authority.clientOn(Host.named("plant-a"), home).open()) {
            var gate = LicenseGate.of(client, state -> state.kind().name());
            assertThat(gate.refusal()).contains("NEVER_LICENSED");

            client.activate(key);
            assertThat(gate.refusal()).isEmpty();
            assertThat(gate.configurationLocked()).isFalse();

            authority.itIsNow("2026-04-02T00:00:00Z");
            assertThat(client.state().kind()).isEqualTo(LicenseState.Kind.GRACE);
            assertThat(gate.refusal()).isEmpty();
            assertThat(gate.configurationLocked()).isTrue();

            authority.itIsNow("2026-04-16T00:00:00Z");
            assertThat(gate.refusal()).contains("ENDED");
        }
    }

    @Test
    void a_trial_lets_clients_in_and_its_end_is_told_once() {
        var gate = gate();
        var ends = new AtomicInteger();
        gate.atTrialsEnd(ends::incrementAndGet);
        license.set(() -> TRIAL);
        gate.lookAgain();
        assertThat(gate.refusal()).isEmpty();

        license.set(() -> CLOSED);
        gate.lookAgain();
        gate.lookAgain();

        assertThat(gate.refusal()).contains(CLOSED.sentence());
        assertThat(ends).hasValue(1);
    }

    @Test
    void a_trial_that_is_followed_by_a_license_cuts_nobody() {
        license.set(() -> TRIAL);
        var gate = gate();
        var ends = new AtomicInteger();
        gate.atTrialsEnd(ends::incrementAndGet);

        license.set(() -> LICENSED);
        gate.lookAgain();
        license.set(() -> CLOSED);
        gate.lookAgain();

        assertThat(ends).hasValue(0);
    }

    @Test
    void what_was_licensed_stays_so_while_the_license_cannot_be_asked() {
        var gate = gate();

        license.set(() -> {
            throw new IllegalStateException("the disk is gone");
        });

        assertThat(gate.refusal()).isEmpty();
        assertThat(gate.configurationLocked()).isFalse();
        assertThat(new LicenseGate(() -> LICENSED, feature -> {
            throw new IllegalStateException("the disk is gone");
        }).allows("sparkplug")).isTrue();
    }

    @Test
    void where_nothing_was_ever_known_nobody_comes_in_until_it_is() {
        license.set(() -> {
            throw new IllegalStateException("the disk is gone");
        });
        var gate = gate();
        assertThat(gate.refusal()).isPresent();

        license.set(() -> LICENSED);

        assertThat(gate.refusal()).isEmpty();
    }

    @Test
    void each_state_means_one_thing() {
        var at = Instant.parse("2026-03-01T00:00:00Z");
        assertThat(Standing.of(new NeverLicensed(Optional.empty()), true, "").clients()).isEqualTo(Clients.REFUSED);
        assertThat(Standing.of(new Trial(at, at.plus(Duration.ofHours(2))), false, "").clients()).isEqualTo(Clients.ADMITTED_FOR_TRIAL);
        assertThat(Standing.of(new TrialOver(at), true, "").clients()).isEqualTo(Clients.REFUSED);
        assertThat(Standing.of(new LicenseState.Damaged("both copies"), true, "").clients()).isEqualTo(Clients.REFUSED);
    }

    private LicenseGate gate() {
        return new LicenseGate(() -> license.get().get(), feature -> true);
    }
}
