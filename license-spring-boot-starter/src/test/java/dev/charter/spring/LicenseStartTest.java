package dev.charter.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.waterworks.WhatHappened;
import dev.charter.client.LicenseClient;
import dev.charter.client.LicenseState;
import dev.charter.format.LicenseKey;
import dev.charter.format.LicenseType;
import dev.charter.testkit.AuthorityInMemory;
import dev.charter.testkit.FakeAuthorityHttp;
import dev.charter.testkit.FloatingServerInMemory;
import dev.charter.testkit.License;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Without a browser: settings take effect at each start, and twice is the same as once.
class LicenseStartTest {
    @TempDir Path folder;
    AuthorityInMemory authority;
    FakeAuthorityHttp http;
    LicenseKey key;
    Map<String, String> settings;

    @BeforeEach void aLicenseIsSold() {
        authority = AuthorityInMemory.on(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        http = FakeAuthorityHttp.serve(authority);
        key = authority.sells(License.license().ofProduct("pump-server").forHosts(2).withFeature("forecast"));
        settings = new HashMap<>(RunningProduct.settings(folder, authority, http));
    }

    @AfterEach void stop() {
        http.close();
    }

    static LicenseState.Kind nextChange(RunningProduct product) throws InterruptedException {
        return Objects.requireNonNull(product.part(WhatHappened.class).changes.poll(60, TimeUnit.SECONDS), "nothing changed").state().kind();
    }

    @Test void a_key_in_the_settings_activates_at_the_start_and_a_restart_asks_for_nothing() throws Exception {
        settings.put("charter.license.key-file", Files.writeString(folder.resolve("key.txt"), key.revealSecret()).toString());
        String issued;
        try (var product = RunningProduct.start(settings)) {
            assertThat(nextChange(product)).isEqualTo(LicenseState.Kind.LICENSED);
            assertThat(product.get("/forecast").text()).isEqualTo("rising");
            issued = product.part(LicenseClient.class).usageLicense().orElseThrow().digest().toString();
        }
        http.close(); // the vendor is away, and the plant comes back all the same
        try (var product = RunningProduct.start(settings)) {
            assertThat(product.get("/forecast").text()).isEqualTo("rising");
            assertThat(product.part(LicenseClient.class).usageLicense().orElseThrow().digest()).hasToString(issued);
        }
        assertThat(authority.activationsUsed(key)).isEqualTo(1);
    }

    @Test void the_key_of_a_leased_license_takes_a_seat_at_each_start_and_gives_it_back_at_each_stop() throws Exception {
        var leased = authority.sells(License.license().ofProduct("pump-server").ofType(LicenseType.LEASED).forHosts(1).withFeature("forecast"));
        settings.put("charter.license.key", leased.revealSecret());
        for (int start = 0; start < 2; start++) {
            try (var product = RunningProduct.start(settings)) {
                assertThat(nextChange(product)).isEqualTo(LicenseState.Kind.LICENSED);
                assertThat(product.get("/forecast").text()).isEqualTo("rising");
                assertThat(authority.activationsUsed(leased)).isEqualTo(1);
            }
            assertThat(authority.activationsUsed(leased)).isZero();
        }
    }

    @Test void the_floating_servers_of_the_settings_lend_a_seat_at_each_start_and_have_it_back_at_each_stop() throws Exception {
        settings.remove("charter.license.authority");
        try (var server = FloatingServerInMemory.of(authority)) {
            var pool = server.sells(License.license().ofProduct("pump-server").withFeature("forecast").withFeature("reports"));
            settings.put("charter.license.servers", server.url().toString());
            settings.put("charter.license.features", "forecast");
            settings.put("charter.license.slot", "pump-0");
            for (int start = 0; start < 2; start++) {
                try (var product = RunningProduct.start(settings)) {
                    assertThat(nextChange(product)).isEqualTo(LicenseState.Kind.LICENSED);
                    assertThat(product.get("/forecast").text()).isEqualTo("rising");
                    assertThat(server.seatsTaken(pool)).isEqualTo(1);
                }
                assertThat(server.seatsTaken(pool)).isZero();
            }
        }
    }

    @Test void what_a_person_gave_back_is_not_taken_again_by_a_restart() throws Exception {
        settings.put("charter.license.key", key.revealSecret());
        try (var product = RunningProduct.start(settings)) {
            assertThat(nextChange(product)).isEqualTo(LicenseState.Kind.LICENSED);
            product.part(LicenseClient.class).deactivate();
        }
        try (var product = RunningProduct.start(settings)) {
            awaitActivation();
            assertThat(product.part(LicenseClient.class).state().kind()).isEqualTo(LicenseState.Kind.RELEASED);
            assertThat(authority.activationsUsed(key)).isZero();
        }
    }

    @Test void a_letter_under_way_is_not_made_worthless_by_a_restart() throws Exception {
        String request;
        try (var product = RunningProduct.start(settings)) {
            request = product.post("/api/license/usage-requests", "{\"key\":\"" + key.revealSecret() + "\"}").json().path("usageRequest").path("text").asString();
        }
        settings.put("charter.license.key", key.revealSecret());
        try (var product = RunningProduct.start(settings)) {
            awaitActivation();
            assertThat(product.get("/api/license").json().path("usageRequest").path("text").asString()).isEqualTo(request).isNotEmpty();
            assertThat(authority.activationsUsed(key)).isZero();
        }
    }

    /// The thread that activates ends when there is nothing to do.
    static void awaitActivation() throws InterruptedException {
        for (var thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("charter-activation")) {
                thread.join(60_000);
            }
        }
    }

    @Test void a_trial_by_setting_starts_with_the_product_and_a_restart_does_not_lengthen_it() throws Exception {
        settings.put("charter.license.trial.features", "forecast");
        settings.put("charter.license.trial.start", "true");
        LicenseState.Trial trial;
        try (var product = RunningProduct.start(settings)) {
            trial = (LicenseState.Trial) product.part(LicenseClient.class).state();
            assertThat(product.get("/forecast").status()).isEqualTo(200);
        }
        try (var product = RunningProduct.start(settings)) {
            assertThat(product.part(LicenseClient.class).state()).isEqualTo(trial);
            assertThat(product.post("/api/license/activations", "{\"key\":\"" + key.revealSecret() + "\"}").json().path("outcome").asString()).isEqualTo("activated");
        }
        try (var product = RunningProduct.start(settings)) {
            assertThat(product.part(LicenseClient.class).state().kind()).as("never over a license").isEqualTo(LicenseState.Kind.LICENSED);
        }
    }

    @Test void each_change_of_state_is_an_event_with_its_words() throws Exception {
        try (var product = RunningProduct.start(settings)) {
            product.post("/api/license/activations", "{\"key\":\"" + key.revealSecret() + "\"}");
            var changed = Objects.requireNonNull(product.part(WhatHappened.class).changes.poll(60, TimeUnit.SECONDS));
            assertThat(changed.state().kind()).isEqualTo(LicenseState.Kind.LICENSED);
            assertThat(changed.words().headline()).isEqualTo("Licensed to ACME Water");
            assertThat(changed.words().line()).startsWith("Licensed to ACME Water. Pump Server, perpetual");
        }
    }

    @Test void two_products_on_one_home_folder_are_told_apart() {
        settings.put("charter.license.host-name", "plant-a");
        try (var product = RunningProduct.start(settings)) {
            assertThat(product.get("/pressure").status()).isEqualTo(200);
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> RunningProduct.start(settings)).hasRootCauseInstanceOf(dev.charter.client.HomeInUse.class);
        }
    }
}
