package dev.charter.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.client.LicenseClient;
import dev.charter.testkit.AuthorityInMemory;
import dev.charter.testkit.FakeAuthorityHttp;
import dev.charter.testkit.License;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What the page shows as the time passes, with the testkit's clock in the product's client.
class BoundariesTest {
    static final String PAGE = "/api/license";

    @TempDir Path folder;
    final AuthorityInMemory authority = AuthorityInMemory.on("2026-03-01T08:00:00Z");

    private RunningProduct start(FakeAuthorityHttp http) {
        var settings = new HashMap<>(RunningProduct.settings(folder, authority, http));
        settings.put("charter.license.trial.features", "forecast");
        settings.put("charter.license.trial.duration", "90m");
        return RunningProduct.start(settings, context -> context.registerBean(LicenseClientCustomizer.class,
                () -> builder -> builder.clock(authority.clock()).monotonicClock(authority.clock()::nanos)));
    }

    private JsonNode afterwards(RunningProduct product, Duration duration) {
        authority.passes(duration);
        product.part(LicenseClient.class).check();
        return product.get(PAGE).json();
    }

    @Test void a_trial_ends_and_may_be_started_again() {
        try (var http = FakeAuthorityHttp.serve(authority); var product = start(http)) {
            assertThat(product.post(PAGE + "/trials").json().path("moments").path("trialEnds").asString()).isEqualTo("2026-03-01T09:30:00Z");
            assertThat(product.get("/forecast").status()).isEqualTo(200);
            assertThat(afterwards(product, Duration.ofMinutes(50)).path("headline").asString()).isEqualTo("Trial: 40 min left");
            var over = afterwards(product, Duration.ofMinutes(40));
            assertThat(over.path("state").asString()).isEqualTo("trial-over");
            assertThat(over.path("trial").path("available").asBoolean()).isTrue();
            assertThat(over.path("actions").toString()).isEqualTo("[\"activate\",\"start-trial\"]");
            assertThat(product.get("/forecast").status()).isEqualTo(403);
            assertThat(product.post(PAGE + "/trials").json().path("state").asString()).isEqualTo("trial");
        }
    }

    @Test void a_term_runs_out_through_grace_to_its_end_and_emergency_days_carry_on() {
        try (var http = FakeAuthorityHttp.serve(authority); var product = start(http)) {
            var key = authority.sells(License.license().ofProduct("pump-server").withFeature("forecast").until("2026-05-01").withGraceDays(14).withEmergencyDays(1));
            product.post(PAGE + "/activations", "{\"key\":\"" + key.revealSecret() + "\"}");
            assertThat(product.post(PAGE + "/emergencies").json().path("outcome").asString()).as("not while all is well").isEqualTo("not-possible");

            var soon = afterwards(product, Duration.ofDays(50));
            assertThat(soon.path("state").asString()).isEqualTo("ending-soon");
            assertThat(soon.path("moments").path("ends").asString()).isEqualTo("2026-05-01T00:00:00Z");
            assertThat(soon.path("moments").path("dataUntil").asString()).isEqualTo("2026-05-15T00:00:00Z");

            var grace = afterwards(product, Duration.ofDays(12));
            assertThat(grace.path("state").asString()).isEqualTo("grace");
            assertThat(grace.path("licensed").asBoolean()).isTrue();
            assertThat(grace.path("configurationLocked").asBoolean()).isTrue();
            assertThat(product.get("/forecast").status()).as("data flows").isEqualTo(200);

            var ended = afterwards(product, Duration.ofDays(14));
            assertThat(ended.path("state").asString()).isEqualTo("ended");
            assertThat(ended.path("licensed").asBoolean()).isFalse();
            assertThat(product.get("/forecast").status()).isEqualTo(403);

            var emergency = product.post(PAGE + "/emergencies").json();
            assertThat(emergency.path("outcome").asString()).isEqualTo("started");
            assertThat(emergency.path("message").asString()).isEqualTo("Emergency days run. This is the last one.");
            assertThat(emergency.path("license").path("meaning").asString()).startsWith("Started by an administrator on ");
            assertThat(emergency.path("license").path("license").path("emergencyDaysUsed").asInt()).isEqualTo(1);
            assertThat(emergency.path("license").path("moments").has("dayEnds")).isTrue();
            assertThat(product.get("/forecast").status()).isEqualTo(200);
        }
    }
}
