package dev.charter.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.client.LicenseClient;
import dev.charter.client.LicenseState;
import dev.charter.client.RequestMade;
import dev.charter.client.SeatChoice;
import dev.charter.format.Armor;
import dev.charter.format.LicenseKey;
import dev.charter.format.LicenseType;
import dev.charter.testkit.AuthorityInMemory;
import dev.charter.testkit.FloatingServerInMemory;
import dev.charter.testkit.Host;
import dev.charter.testkit.License;
import dev.charter.testkit.TestKeys;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people read, state by state.
class LicenseWordsTest {
    @TempDir Path folder;
    final AuthorityInMemory authority = AuthorityInMemory.on("2026-03-01T14:00:00Z", TestKeys.classical());
    Host host = Host.named("plant-a");
    LicenseSettings.Version version = new LicenseSettings.Version(Optional.empty(), false);

    LicenseClient open() {
        return authority.clientOn(host, folder.resolve("home")).trial(Duration.ofHours(2), "forecast").open();
    }

    LicenseWords words(LicenseClient client) {
        return words(client, Optional.of(URI.create("https://license.example")));
    }

    LicenseWords words(LicenseClient client, Optional<URI> address) {
        return new LicenseWords(client, new LicenseSettings(License.PRODUCT, "MQTT Server", authority.anchor(), address, folder, Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), new LicenseSettings.Seats(false, List.of(), List.of(), Optional.empty()), Map.of("forecast", "Pressure Forecast"), Map.of(),
                version,
                new LicenseSettings.Vendor("ACME", Optional.empty(), Optional.empty(), Optional.empty()), new LicenseSettings.Page(true, "/api/license", List.of()),
                new LicenseSettings.Wording("MQTT clients are refused", "MQTT clients will be refused")));
    }

    void says(LicenseClient client, String headline, String meaning, LicenseAction... actions) {
        var said = words(client).now();
        assertThat(said.headline()).isEqualTo(headline);
        assertThat(said.meaning()).isEqualTo(meaning);
        assertThat(said.actions()).containsExactly(actions);
    }

    LicenseKey sells(UnaryOperator<License> license) {
        return authority.sells(license.apply(License.license()));
    }

    @Test void never_licensed_then_a_trial_then_its_end() {
        try (var client = open()) {
            says(client, "This server is not licensed", "MQTT clients are refused until it is", LicenseAction.ACTIVATE, LicenseAction.START_TRIAL);
            client.startTrial();
            authority.passes(Duration.ofMinutes(18));
            says(client, "Trial: 1 h 42 min left", "Everything that can be tried works until {2026-03-01T16:00:00Z}", LicenseAction.ACTIVATE);
            authority.passes(Duration.ofMinutes(101).plusSeconds(30));
            says(client, "Trial: 1 min left", "Everything that can be tried works until {2026-03-01T16:00:00Z}", LicenseAction.ACTIVATE);
            authority.passes(Duration.ofMinutes(10));
            says(client, "The trial has ended", "MQTT clients are refused since {2026-03-01T16:00:00Z}", LicenseAction.ACTIVATE, LicenseAction.START_TRIAL);
        }
    }

    @Test void licensed_for_ever_with_support_that_ends() {
        try (var client = open()) {
            client.activate(sells(license -> license.forCustomer("ACME Water").withSupportUntil("2027-03-31")));
            says(client, "Licensed to ACME Water", "MQTT Server, perpetual. Support until {2027-03-31T00:00:00Z}", LicenseAction.REACTIVATE, LicenseAction.DEACTIVATE);
            authority.itIsNow("2027-04-01");
            says(client, "Licensed to ACME Water", "MQTT Server, perpetual. Support ended {2027-03-31T00:00:00Z}", LicenseAction.REACTIVATE, LicenseAction.DEACTIVATE);
        }
    }

    @Test void ending_soon_then_grace_then_emergency_days_then_the_end() {
        try (var client = open()) {
            client.activate(sells(license -> license.until("2026-12-04").withGraceDays(14).withEmergencyDays(2)));
            authority.cannotBeReached();
            authority.itIsNow("2026-11-22");
            says(client, "The license ends in 12 days", "On {2026-12-04T00:00:00Z} MQTT clients will be refused after a grace of 14 days", LicenseAction.CONTACT_VENDOR,
                    LicenseAction.REACTIVATE, LicenseAction.DEACTIVATE);
            authority.itIsNow("2026-12-05");
            says(client, "The license ended on {2026-12-04T00:00:00Z}", "Data still flows until {2026-12-18T00:00:00Z}; settings are locked. 2 emergency days are left",
                    LicenseAction.CONTACT_VENDOR, LicenseAction.REACTIVATE, LicenseAction.DEACTIVATE, LicenseAction.START_EMERGENCY);
            authority.itIsNow("2026-12-18");
            says(client, "The license ended on {2026-12-18T00:00:00Z}", "MQTT clients are refused. 2 emergency days are left. Reactivate fetches what the vendor has changed.",
                    LicenseAction.CONTACT_VENDOR, LicenseAction.REACTIVATE, LicenseAction.DEACTIVATE, LicenseAction.START_EMERGENCY, LicenseAction.START_TRIAL);
            client.startEmergency("admin");
            says(client, "Running on emergency days: 1 of 2 used", "Started by admin on {2026-12-18T00:00:00Z}; reported at the next contact. This day ends {2026-12-19T00:00:00Z}",
                    LicenseAction.REACTIVATE, LicenseAction.CONTACT_VENDOR);
        }
    }

    static final String UPDATE = "Make a usage request for an update, send it to the vendor, and upload the usage license that comes back.";

    Optional<String> instead(LicenseClient client) {
        return words(client).inPlaceOfReactivating(client.stateWithoutTrial());
    }

    Optional<String> insteadWithoutAddress(LicenseClient client) {
        return words(client, Optional.empty()).inPlaceOfReactivating(client.stateWithoutTrial());
    }

    @Test void what_comes_by_letter_is_said_to_stay_in_force_only_where_it_does() {
        try (var client = open()) {
            var key = sells(license -> license.ofType(LicenseType.OFFLINE).until("2026-12-04").withGraceDays(14));
            client.install(authority.answerLetter(Armor.write(((RequestMade.Made) client.makeRequest(key)).request())));
            assertThat(instead(client)).contains("This license is updated by letter. " + UPDATE + " The license stays in force meanwhile.");
            authority.itIsNow("2026-12-05");
            assertThat(instead(client)).as("it may end meanwhile").contains("This license is updated by letter. " + UPDATE);
            assertThat(words(client).withoutFeature("reports")).endsWith("Upgrade the license, then ask for it by letter on the License page.");
            authority.itIsNow("2026-12-18");
            assertThat(instead(client)).contains("This license is updated by letter. " + UPDATE + " That helps once the vendor has prolonged the license.");
            assertThat(words(client).now().meaning()).isEqualTo("MQTT clients are refused. An update by letter fetches what the vendor has changed.");
        }
    }

    @Test void a_suspended_license_is_updated_when_that_was_lifted_and_a_revoked_one_never() {
        try (var client = open()) {
            var key = sells(license -> license);
            client.activate(key);
            authority.suspends(key);
            client.reactivate();
            assertThat(instead(client)).as("it is fetched").isEmpty();
            assertThat(insteadWithoutAddress(client).orElseThrow()).startsWith("This server knows no address of the vendor").endsWith(UPDATE + " That helps once the vendor has lifted the suspension.");
            authority.revokes(key);
            client.reactivate();
            assertThat(insteadWithoutAddress(client).orElseThrow()).endsWith("Nothing is fetched for a revoked license any more. Make a usage request with the key of another license,"
                    + " send it to the vendor, and upload the usage license that comes back.");
        }
    }

    @Test void another_machine_asks_with_the_license_key() {
        try (var client = open()) {
            client.activate(sells(license -> license));
        }
        host = Host.named("plant-b");
        try (var client = open()) {
            client.check();
            assertThat(insteadWithoutAddress(client).orElseThrow()).endsWith("Make a usage request with the license key, send it to the vendor, and upload the usage license that comes back.");
        }
    }

    @Test void suspended_in_the_vendors_words_with_the_code_at_the_end() {
        try (var client = open()) {
            var key = sells(license -> license);
            client.activate(key);
            authority.suspends(key);
            client.reactivate();
            var said = words(client).now();
            assertThat(said.headline()).isEqualTo("This license was suspended by the vendor");
            assertThat(said.code()).contains("LICENSE_SUSPENDED");
            assertThat(said.line()).endsWith("it can be reinstated. (LICENSE_SUSPENDED)");
        }
    }

    @Test void deactivated_with_the_proof_first() {
        try (var client = open()) {
            client.activate(sells(license -> license));
            authority.cannotBeReached();
            client.deactivate();
            says(client, "Deactivated; here is the code that proves it", "Send it to the vendor, so that the license can be used elsewhere; it is also sent by itself when the vendor is reached",
                    LicenseAction.SHOW_PROOF, LicenseAction.ACTIVATE, LicenseAction.START_TRIAL);
            authority.canBeReached();
            client.deactivate();
            assertThat(words(client).now().meaning()).isEqualTo("The vendor has confirmed it; the activation is free for another server");
        }
    }

    @Test void another_machine_with_the_marks_that_differ() {
        try (var client = open()) {
            client.activate(sells(license -> license));
        }
        host = Host.named("plant-b");
        try (var client = open()) {
            assertThat(client.check()).isInstanceOf(LicenseState.OtherMachine.class);
            var said = words(client).now();
            assertThat(said.headline()).isEqualTo("This license belongs to another machine");
            assertThat(said.meaning()).matches("\\d of \\d marks match \\(.* differ\\); \\d must");
            assertThat(said.code()).contains("HOST_MISMATCH");
        }
    }

    @Test void a_seat_of_a_floating_server_from_the_queue_to_its_end() {
        try (var server = FloatingServerInMemory.of(authority); var client = authority.clientOn(host, folder.resolve("home")).floatingServers(server.url()).open()) {
            var pool = server.sells(License.license().forCustomer("ACME Water").withFeature("forecast").withEmergencyDays(2));
            try (var holder = authority.clientOn(Host.named("plant-b"), folder.resolve("other")).floatingServers(server.url()).open()) {
                holder.takeSeat();
                client.takeSeat();
                says(client, "Waiting for a seat", "All 1 seats are taken. Try again when another product has given one back. It is asked for again by itself", LicenseAction.CHECK_CONNECTION,
                        LicenseAction.ACTIVATE, LicenseAction.DEACTIVATE);
                assertThat(words(client).now().code()).contains("NO_SEAT_FREE");
                server.cannotBeReached();
                client.takeSeat();
                assertThat(words(client).now().headline()).isEqualTo("Waiting for a seat: no license server was reached");
                server.canBeReached();
            }
            client.takeSeat();
            says(client, "Licensed to ACME Water", "MQTT Server, a seat of " + server.url() + ", renewed by itself", LicenseAction.REACTIVATE, LicenseAction.DEACTIVATE);
            assertThat(words(client, Optional.empty()).inPlaceOfReactivating(client.stateWithoutTrial())).as("a seat never comes by letter").isEmpty();

            server.cannotBeReached();
            client.reactivate();
            says(client, "The license server was not reached since {2026-03-01T14:00:00Z}", "Full work until {2026-03-01T14:02:00Z}, data until {2026-03-01T14:10:00Z}", LicenseAction.CHECK_CONNECTION,
                    LicenseAction.REACTIVATE, LicenseAction.DEACTIVATE);
            authority.passes(Duration.ofSeconds(130));
            says(client, "The lease was not renewed since {2026-03-01T14:02:00Z}", "Data still flows until {2026-03-01T14:10:00Z}; settings are locked. 2 emergency days are left",
                    LicenseAction.CHECK_CONNECTION, LicenseAction.REACTIVATE, LicenseAction.START_EMERGENCY);
            authority.passes(Duration.ofMinutes(9));
            var ended = words(client).now();
            assertThat(ended.headline()).isEqualTo("The lease ended on {2026-03-01T14:10:00Z}");
            assertThat(ended.meaning()).startsWith("MQTT clients are refused. 2 emergency days are left. No connection to " + server.url()).endsWith("A seat is asked for again by itself");
            client.startEmergency("admin");
            assertThat(words(client).now().headline()).isEqualTo("Running on emergency days: 1 of 2 used");

            server.canBeReached();
            client.reactivate();
            client.deactivate();
            says(client, "Deactivated; this server holds no seat", "The seat is free for another one. None is taken until somebody chooses one", LicenseAction.ACTIVATE);
            assertThat(server.seatsTaken(pool)).isZero();
        }
    }

    @Test void features_that_no_pool_has_are_named() {
        try (var server = FloatingServerInMemory.of(authority); var client = open()) {
            server.sells(License.license().withFeature("forecast"));
            client.takeSeat(new SeatChoice(List.of(server.url()), List.of("forecast", "reports"), Optional.empty()));
            assertThat(words(client).now().meaning()).startsWith("This pool does not hold reports.");
        }
    }

    @Test void waiting_for_an_answer_says_since_when_and_why() {
        try (var client = open()) {
            authority.cannotBeReached();
            client.activate(sells(license -> license));
            says(client, "Waiting for the usage license", "The request of {2026-03-01T14:00:00Z} has no answer yet; it is sent again by itself. The network is cut.", LicenseAction.ACTIVATE,
                    LicenseAction.CHECK_CONNECTION, LicenseAction.START_TRIAL);
        }
        try (var client = open()) {
            client.makeRequest(sells(license -> license));
            says(client, "Waiting for the usage license", "The request of {2026-03-01T14:00:00Z} is the one that counts", LicenseAction.UPLOAD_USAGE_LICENSE, LicenseAction.SHOW_REQUEST,
                    LicenseAction.ACTIVATE, LicenseAction.START_TRIAL);
        }
    }

    @Test void a_letter_under_way_is_told_beside_whatever_else_there_is_and_its_answer_comes_first() {
        try (var client = open()) {
            client.activate(sells(license -> license.forCustomer("ACME Water")));
            client.makeUpdateRequest();
            says(client, "Licensed to ACME Water", "MQTT Server, perpetual. The usage request of {2026-03-01T14:00:00Z} waits for its answer", LicenseAction.UPLOAD_USAGE_LICENSE,
                    LicenseAction.SHOW_REQUEST, LicenseAction.REACTIVATE, LicenseAction.DEACTIVATE);
        }
    }

    @Test void what_a_feature_needs_depends_on_what_there_is() {
        try (var client = open()) {
            assertThat(words(client).withoutFeature("forecast")).startsWith("Pressure Forecast needs a license. This server is not licensed.");
            client.startTrial();
            assertThat(words(client).withoutFeature("reports")).isEqualTo("The trial does not include reports. Activate a license that does.");
            client.activate(sells(license -> license));
            assertThat(words(client).withoutFeature("forecast")).startsWith("The license of this server does not include Pressure Forecast.");
        }
    }

    @Test void instants_are_written_plainly_where_no_browser_formats_them() {
        assertThat(LicenseWords.plain("until {2027-03-31T00:00:00Z}, {2027-04-01T10:30:00Z}")).isEqualTo("until 2027-03-31 00:00 UTC, 2027-04-01 10:30 UTC");
    }

    @Test void every_state_of_the_client_has_its_name_here() {
        assertThat(EnumSet.allOf(StateName.class)).extracting(Enum::name).containsExactly(EnumSet.allOf(LicenseState.Kind.class).stream().map(Enum::name).toArray(String[]::new));
        assertThat(Set.of(LicenseAction.values())).allSatisfy(action -> assertThat(action.text()).matches("[a-z]+(-[a-z]+)*"));
    }
}
