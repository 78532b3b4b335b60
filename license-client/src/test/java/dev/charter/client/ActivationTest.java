package dev.charter.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.Entitlement;
import dev.charter.format.LicenseKey;
import dev.charter.format.Purpose;
import dev.charter.format.RefusalCode;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageRequest;
import dev.charter.format.Verifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActivationTest {
    @TempDir Path folder;

    World world() {
        return new World(folder.resolve("home"));
    }

    @Test void a_license_key_makes_an_unlicensed_host_a_licensed_one() {
        var world = world();
        try (var client = world.open()) {
            assertThat(client.state()).isEqualTo(new LicenseState.NeverLicensed(Optional.empty()));
            assertThat(client.allows("sparkplug")).isFalse();
            assertThat(client.configurationLocked()).as("what waits for a license may be prepared").isFalse();

            assertThat(client.activate(world.key)).isInstanceOf(Activation.Activated.class);

            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            assertThat(client.allows("sparkplug")).isTrue();
            assertThat(client.allows("snowflake")).isFalse();
            assertThat(client.limit("messages")).isEqualTo(OptionalLong.of(1000));
            assertThat(client.limit("letters")).isEqualTo(OptionalLong.of(0));
            assertThat(client.configurationLocked()).isFalse();
        }
    }

    @Test void the_request_proves_the_key_and_does_not_carry_it() {
        var world = world();
        try (var client = world.activated()) {
            var request = world.issuer.received.get(0);
            Verifier.proof(request, world.key);
            var asked = Verifier.request(request).content();
            assertThat(asked.host()).isEqualTo(client.host());
            assertThat(asked.host().name()).contains("plant-a");
            assertThat(asked.host().fingerprint().factors()).containsOnlyKeys("machine", "board", "disk", "network", "place");
            assertThat(new String(request.toBytes(), StandardCharsets.UTF_8)).doesNotContain(world.key.revealSecret());
        }
    }

    @Test void neither_the_key_nor_a_mark_of_the_machine_is_kept_in_the_folder() throws Exception {
        var world = world();
        world.activated().close();
        try (var files = Files.list(world.home)) {
            for (var file : files.toList()) {
                var text = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(text).doesNotContain(world.key.revealSecret()).doesNotContain(world.key.revealSecret().replace("-", "")).doesNotContain("BRD-77812");
            }
        }
    }

    @Test void after_a_restart_the_license_is_there_without_asking_anyone() {
        var world = world();
        world.activated().close();
        try (var client = world.open()) {
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            assertThat(client.allows("sparkplug")).isTrue();
            assertThat(world.issuer.received).hasSize(1);
        }
    }

    @ParameterizedTest @EnumSource(RefusalCode.class)
    void a_signed_refusal_is_shown_with_its_code_and_what_to_do_next(RefusalCode code) {
        var world = world();
        world.issuer.refuses = Optional.of(code);
        try (var client = world.open()) {
            assertThat(client.activate(world.key)).isEqualTo(new Activation.Refused(code, code.advice()));
            assertThat(client.state()).isEqualTo(new LicenseState.NeverLicensed(Optional.empty()));
            assertThat(client.waitingRequest()).isEmpty();
        }
    }

    @Test void a_new_try_after_a_refusal_is_a_new_request_with_a_higher_sequence() {
        var world = world();
        world.issuer.refuses = Optional.of(RefusalCode.ACTIVATIONS_EXHAUSTED);
        try (var client = world.open()) {
            client.activate(world.key);
            world.issuer.refuses = Optional.empty();
            assertThat(client.activate(world.key)).isInstanceOf(Activation.Activated.class);
            assertThat(world.issuer.asked(1).sequence()).isGreaterThan(world.issuer.asked(0).sequence());
            assertThat(world.issuer.received.get(1).digest()).isNotEqualTo(world.issuer.received.get(0).digest());
        }
    }

    @Test void a_lost_answer_is_asked_for_again_with_the_same_bytes_also_after_a_restart() {
        var world = world();
        world.unreachable();
        try (var client = world.open()) {
            assertThat(client.activate(world.key)).isEqualTo(new Activation.Unreachable("The cable is cut.", Optional.empty()));
            assertThat(client.state()).isEqualTo(new LicenseState.NeverLicensed(Optional.of(Instant.parse("2026-03-01T08:00:00Z"))));
            client.activate(world.key);
        }
        world.reachable();
        try (var client = world.open()) {
            assertThat(client.activate(world.key)).isInstanceOf(Activation.Activated.class);
        }
        assertThat(world.issuer.received).hasSize(3);
        assertThat(world.issuer.received.stream().map(SignedDocument::toBytes).map(Issuer::text).distinct()).hasSize(1);
        assertThat(world.issuer.answers.stream().map(Issuer::text).distinct()).hasSize(1);
    }

    @Test void the_background_fetches_a_lost_answer_by_itself() {
        var world = world();
        world.unreachable();
        try (var client = world.open()) {
            client.activate(world.key);
            world.reachable();
            world.pass(Duration.ofMinutes(3), Duration.ofSeconds(10));
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            assertThat(world.issuer.received).hasSize(2);
        }
    }

    @Test void another_key_while_a_license_is_held_is_refused_before_anything_is_sent() {
        var world = world();
        try (var client = world.activated()) {
            var other = client.activate(LicenseKey.generate(new Random(2)));
            assertThat(other).isEqualTo(new Activation.Refused(RefusalCode.ALREADY_LICENSED, RefusalCode.ALREADY_LICENSED.advice()));
            assertThat(world.issuer.received).hasSize(1);
        }
    }

    @Test void another_key_in_place_of_one_that_has_no_answer_yet_is_a_new_request() {
        var world = world();
        world.unreachable();
        try (var client = world.open()) {
            client.activate(world.key);
            client.activate(LicenseKey.generate(new Random(2)));
            assertThat(world.issuer.asked(1).sequence()).isEqualTo(2);
            assertThat(world.issuer.asked(1).license()).isNotEqualTo(world.issuer.asked(0).license());
        }
    }

    @Test void reactivating_fetches_what_changed_without_a_restart() {
        var world = world();
        try (var client = world.activated()) {
            world.issuer.entitlements.add(new Entitlement.Feature("snowflake", Optional.empty()));
            assertThat(client.reactivate()).isInstanceOf(Activation.Activated.class);
            assertThat(client.allows("snowflake")).isTrue();
            var asked = world.issuer.asked(1);
            assertThat(asked.purpose()).isEqualTo(Purpose.REFRESH);
            assertThat(asked.license()).isEqualTo(new UsageRequest.LicenseName.ById("lic-1"));
            assertThat(asked.sequence()).isEqualTo(1); // of its own purpose
        }
    }

    @Test void there_is_nothing_to_reactivate_on_an_unlicensed_host() {
        var world = world();
        try (var client = world.open()) {
            assertThat(client.reactivate()).isInstanceOf(Activation.NotPossible.class);
            assertThat(world.issuer.received).isEmpty();
        }
    }

    @Test void a_refused_refresh_of_a_suspended_license_stops_it_at_once_and_a_reinstated_one_goes_on() {
        var world = world();
        try (var client = world.activated()) {
            var states = new ArrayList<LicenseState>();
            client.onChange(states::add);
            world.issuer.refuses = Optional.of(RefusalCode.LICENSE_SUSPENDED);
            client.reactivate();
            assertThat(client.allows("sparkplug")).isFalse();
            assertThat(client.state()).isInstanceOfSatisfying(LicenseState.Suspended.class, s -> assertThat(s.refusal().message()).isEqualTo(RefusalCode.LICENSE_SUSPENDED.advice()));
            world.issuer.refuses = Optional.empty();
            world.pass(Duration.ofHours(14), Duration.ofMinutes(30));
            assertThat(client.allows("sparkplug")).isTrue();
            assertThat(states.stream().map(LicenseState::kind)).containsExactly(LicenseState.Kind.SUSPENDED, LicenseState.Kind.LICENSED);
        }
    }

    @Test void a_suspension_survives_a_restart() {
        var world = world();
        try (var client = world.activated()) {
            world.issuer.refuses = Optional.of(RefusalCode.LICENSE_REVOKED);
            client.reactivate();
        }
        try (var client = world.open()) {
            assertThat(client.state()).isInstanceOf(LicenseState.Revoked.class);
            assertThat(client.allows("sparkplug")).isFalse();
        }
    }

    @ParameterizedTest @EnumSource(value = RefusalCode.class, names = {"LICENSE_SUSPENDED", "LICENSE_REVOKED", "LICENSE_EXPIRED", "RELEASED", "REQUEST_SUPERSEDED"}, mode = EnumSource.Mode.EXCLUDE)
    void a_refusal_that_is_not_about_the_license_itself_stops_nothing(RefusalCode code) {
        var world = world();
        try (var client = world.activated()) {
            world.issuer.refuses = Optional.of(code);
            assertThat(client.reactivate()).isInstanceOf(Activation.Refused.class);
            assertThat(client.allows("sparkplug")).isTrue();
        }
    }

    @Test void a_license_that_the_issuer_says_has_expired_goes_into_its_grace() {
        var world = world();
        try (var client = world.activated()) {
            world.issuer.refuses = Optional.of(RefusalCode.LICENSE_EXPIRED);
            client.reactivate();
            assertThat(client.state()).isInstanceOfSatisfying(LicenseState.Grace.class,
                    grace -> assertThat(grace.dataUntil()).isEqualTo(Instant.parse("2026-03-15T08:00:00Z")));
            assertThat(client.allows("sparkplug")).isTrue();
            world.pass(Duration.ofDays(15), Duration.ofHours(6));
            assertThat(client.state()).isInstanceOf(LicenseState.Ended.class);
            assertThat(client.allows("sparkplug")).isFalse();
        }
    }

    @Test void a_host_that_was_taken_over_elsewhere_stops_and_asks_as_a_new_one() {
        var world = world();
        try (var client = world.activated()) {
            var before = client.host().keys();
            world.issuer.refuses = Optional.of(RefusalCode.RELEASED);
            client.reactivate();
            assertThat(client.state()).isInstanceOf(LicenseState.Fenced.class);
            assertThat(client.allows("sparkplug")).isFalse();
            world.issuer.refuses = Optional.empty();
            assertThat(client.activate(world.key)).isInstanceOf(Activation.Activated.class);
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            assertThat(client.host().keys()).isNotEqualTo(before);
        }
    }

    @Test void letters_are_answered_by_hand_and_the_background_leaves_them_alone() {
        var world = world();
        try (var client = world.open()) {
            var letter = World.made(client.makeRequest(world.key));
            assertThat(client.waitingRequest()).contains(letter);
            world.pass(Duration.ofDays(2), Duration.ofMinutes(30));
            assertThat(world.issuer.received).isEmpty();
            var answer = world.issuer.license(letter);
            assertThat(client.install(answer)).isInstanceOf(Activation.Activated.class);
            assertThat(client.install(answer)).as("once more").isInstanceOf(Activation.Activated.class);
            assertThat(client.allows("sparkplug")).isTrue();
        }
    }

    @Test void a_wrong_document_in_the_letter_is_named() {
        var world = world();
        try (var client = world.open()) {
            var letter = World.made(client.makeRequest(world.key));
            assertThat(client.install(letter)).isInstanceOfSatisfying(Activation.NotPossible.class,
                    no -> assertThat(no.message()).startsWith("This is a usage request; the usage license is the answer to it."));
            var older = world.issuer.license(letter);
            client.makeRequest(world.key);
            assertThat(client.install(older)).isInstanceOfSatisfying(Activation.NotPossible.class, no -> assertThat(no.message()).contains("an older request of this host"));
        }
    }

    @Test void an_answer_to_a_letter_does_not_undo_a_newer_answer() {
        var world = world();
        try (var client = world.activated()) {
            var letter = World.made(client.makeRequest(world.key));
            var older = world.issuer.license(letter);
            world.clocks.pass(Duration.ofDays(3));
            world.issuer.entitlements.add(new Entitlement.Feature("snowflake", Optional.empty()));
            client.reactivate();
            assertThat(client.install(older)).isInstanceOf(Activation.Activated.class);
            assertThat(client.allows("snowflake")).isTrue();
        }
    }

    @Test void the_background_refreshes_at_the_interval_and_not_more_often() {
        var world = world();
        try (var client = world.activated()) {
            world.pass(Duration.ofDays(10), Duration.ofMinutes(10));
            assertThat(world.issuer.received.size() - 1).isBetween(18, 23);
            assertThat(client.contact().lastAnswer()).isPresent();
        }
    }

    @Test void a_pending_activation_is_never_overtaken_by_a_refresh() {
        var world = world();
        try (var client = world.activated()) {
            world.unreachable();
            client.activate(world.key);
            world.pass(Duration.ofDays(2), Duration.ofMinutes(10));
            assertThat(world.issuer.received).allSatisfy(r -> assertThat(UsageRequest.read(r.payload()).purpose()).isEqualTo(Purpose.ACTIVATE));
            assertThat(client.allows("sparkplug")).isTrue();
        }
    }

    @Test void which_key_a_license_was_asked_for_with_can_be_told_without_keeping_it() {
        var world = world();
        try (var client = world.open()) {
            assertThat(client.holdsLicenseOf(world.key)).isFalse();
            client.activate(world.key);
            assertThat(client.holdsLicenseOf(world.key)).isTrue();
            assertThat(client.holdsLicenseOf(LicenseKey.generate(new Random(7)))).isFalse();
            client.deactivate();
            assertThat(client.holdsLicenseOf(world.key)).isFalse();
        }
    }
}
