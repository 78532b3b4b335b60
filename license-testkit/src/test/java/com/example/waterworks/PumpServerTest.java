package com.example.waterworks;

import static dev.charter.testkit.License.license;
import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.client.LicenseClient;
import dev.charter.testkit.AuthorityInMemory;
import dev.charter.testkit.Host;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a vendor's own test looks like: the product with its real client, an authority in memory, and a story with dates.
class PumpServerTest {
    static final String NOT_LICENSED = "The forecast is not part of your license.";

    final AuthorityInMemory authority = AuthorityInMemory.on("2026-03-01");
    @TempDir Path home;
    LicenseClient client;
    PumpServer server;

    @BeforeEach void a_server_is_installed() {
        client = authority.clientOn(Host.named("pumping-station").running("pump-server"), home).open();
        server = new PumpServer(client);
    }

    @AfterEach void it_is_shut_down() {
        client.close();
    }

    @Test void the_forecast_works_from_the_activation_to_the_end_of_the_term() {
        var key = authority.sells(license().ofProduct("pump-server").until("2026-04-01").withFeature("forecast"));
        assertThat(server.forecast()).isEqualTo(NOT_LICENSED);

        client.activate(key);
        assertThat(server.forecast()).isEqualTo("the tank is full at noon");

        authority.itIsNow("2026-03-31T23:59:59Z");
        assertThat(server.forecast()).isEqualTo("the tank is full at noon");
        authority.itIsNow("2026-04-01");
        assertThat(server.forecast()).isEqualTo(NOT_LICENSED);
    }

    @Test void in_grace_the_forecast_still_works_and_settings_are_locked() {
        client.activate(authority.sells(license().ofProduct("pump-server").until("2026-04-01").withGraceDays(14).withFeature("forecast")));

        authority.itIsNow("2026-04-02");
        assertThat(server.forecast()).isEqualTo("the tank is full at noon");
        assertThat(server.mayChangeSettings()).isFalse();
        authority.itIsNow("2026-04-15");
        assertThat(server.forecast()).isEqualTo(NOT_LICENSED);
    }

    @Test void a_forecast_that_is_bought_later_comes_without_a_restart() {
        var key = authority.sells(license().ofProduct("pump-server").withFeature("pumps"));
        client.activate(key);
        assertThat(server.forecast()).isEqualTo(NOT_LICENSED);

        authority.changes(key, sold -> sold.withFeature("forecast"));
        client.reactivate();
        assertThat(server.forecast()).isEqualTo("the tank is full at noon");
    }

    @Test void a_cut_network_stops_nothing() {
        client.activate(authority.sells(license().ofProduct("pump-server").withFeature("forecast")));

        authority.cannotBeReached();
        authority.passes(Duration.ofDays(365));
        assertThat(server.forecast()).isEqualTo("the tank is full at noon");
    }
}
