package dev.charter.testkit;

import static dev.charter.testkit.License.license;
import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.client.Activation;
import dev.charter.client.LicenseState;
import dev.charter.format.LicenseType;
import dev.charter.format.RefusalCode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {
    @TempDir Path folder;
    final AuthorityInMemory authority = AuthorityInMemory.on("2026-03-01");
    final Host one = Host.named("container-1");
    final Host two = Host.named("container-2");

    @Test void a_seat_is_had_by_one_product_at_a_time_and_given_back_when_it_stops() {
        var key = authority.sells(license().ofType(LicenseType.LEASED).forHosts(1));
        try (var second = authority.clientOn(two, folder.resolve("two")).open()) {
            try (var first = authority.clientOn(one, folder.resolve("one")).open()) {
                assertThat(first.activate(key)).isInstanceOf(Activation.Activated.class);
                assertThat(first.state()).isInstanceOf(LicenseState.Licensed.class);
                assertThat(second.activate(key)).isInstanceOfSatisfying(Activation.Refused.class, no -> assertThat(no.code()).isEqualTo(RefusalCode.NO_SEAT_FREE));
            }
            assertThat(second.activate(key)).isInstanceOf(Activation.Activated.class);
        }
        assertThat(authority.activationsUsed(key)).isZero();
    }
}
