package dev.charter.testkit;

import static dev.charter.format.RefusalCode.ACTIVATIONS_EXHAUSTED;
import static dev.charter.format.RefusalCode.ALLOWANCE_EXHAUSTED;
import static dev.charter.format.RefusalCode.ALREADY_LICENSED;
import static dev.charter.format.RefusalCode.HOST_MISMATCH;
import static dev.charter.format.RefusalCode.KEY_UNKNOWN;
import static dev.charter.format.RefusalCode.LICENSE_EXPIRED;
import static dev.charter.format.RefusalCode.LICENSE_NOT_STARTED;
import static dev.charter.format.RefusalCode.LICENSE_REVOKED;
import static dev.charter.format.RefusalCode.LICENSE_SUSPENDED;
import static dev.charter.format.RefusalCode.RELEASED;
import static dev.charter.format.RefusalCode.REQUEST_SUPERSEDED;
import static dev.charter.format.RefusalCode.TYPE_MISMATCH;
import static dev.charter.format.RefusalCode.WRONG_PRODUCT;
import static dev.charter.testkit.License.license;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.format.DocumentRejected;
import dev.charter.format.Entitlement;
import dev.charter.format.LicenseKey;
import dev.charter.format.LicenseType;
import dev.charter.format.SignedDocument;
import dev.charter.testkit.Answer.Acknowledged;
import dev.charter.testkit.Answer.Activated;
import dev.charter.testkit.Answer.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The authority in memory keeps the rules of the real one.
class ActivateLicenseTest {
    final AuthorityInMemory authority = AuthorityInMemory.on("2026-03-01");
    final Host plantA = Host.named("plant-a");
    final Host plantB = Host.named("plant-b");

    @Test void a_license_for_one_host_is_refused_to_a_second() {
        var key = authority.sells(license().forHosts(1));

        assertThat(authority.activate(key, plantA)).isInstanceOf(Activated.class);
        assertThat(authority.activate(key, plantB)).isEqualTo(new Refused(ACTIVATIONS_EXHAUSTED));
    }

    @Test void a_license_cannot_be_activated_on_the_day_its_term_ends() {
        var key = authority.sells(license().until("2026-04-01"));
        authority.itIsNow("2026-04-01");

        assertThat(authority.activate(key, plantA)).isEqualTo(new Refused(LICENSE_EXPIRED));
    }

    @Test void a_license_can_be_activated_until_the_last_second_of_its_term() {
        var key = authority.sells(license().until("2026-04-01"));
        authority.itIsNow("2026-03-31T23:59:59Z");

        assertThat(authority.activate(key, plantA)).isInstanceOf(Activated.class);
    }

    @Test void a_license_cannot_be_activated_before_its_term_begins() {
        var key = authority.sells(license().from("2026-03-02"));

        assertThat(authority.activate(key, plantA)).isEqualTo(new Refused(LICENSE_NOT_STARTED));
        authority.itIsNow("2026-03-02");
        assertThat(authority.activate(key, plantA)).isInstanceOf(Activated.class);
    }

    @Test void what_is_granted_is_what_was_sold() {
        var key = authority.sells(license().ofProduct("mqtt-server").forCustomer("Hamburg Port").forHosts(2).until("2027-03-01").withGraceDays(14).withEmergencyDays(5).withRefreshHorizonDays(90)
                .withFeature("sparkplug").withMeter("messages", 1_000).withSupportUntil("2026-09-01"));

        var granted = activated(authority.activate(key, Host.named("plant-a").running("mqtt-server")));
        assertThat(granted.customer()).isEqualTo("Hamburg Port");
        assertThat(granted.entitlements()).containsExactly(new Entitlement.Feature("sparkplug", Optional.empty()),
                new Entitlement.Meter("messages", java.util.OptionalLong.of(1_000), Optional.empty()), new Entitlement.Support(TestClock.read("2026-09-01")));
        assertThat(granted.license().term().until()).contains(TestClock.read("2027-03-01"));
        assertThat(granted.license().grace()).isEqualTo(Duration.ofDays(14));
        assertThat(granted.license().emergencyDays()).isEqualTo(5);
        assertThat(granted.license().refreshHorizon()).contains(Duration.ofDays(90));
        assertThat(granted.license().activationsUsed()).isEqualTo(1);
        assertThat(granted.license().activationsTotal()).isEqualTo(2);
        assertThat(granted.factorsRequired()).isEqualTo(3);
    }

    @Test void asking_again_takes_up_no_further_activation() {
        var key = authority.sells(license().forHosts(2));
        authority.activate(key, plantA);

        assertThat(authority.activate(key, plantA)).isInstanceOf(Activated.class);
        assertThat(authority.refresh(plantA)).isInstanceOf(Activated.class);
        assertThat(authority.activationsUsed(key)).isEqualTo(1);
    }

    @Test void the_same_request_gets_the_same_bytes_while_it_is_the_current_one() {
        var key = authority.sells(license());
        var request = plantA.asks(key, authority.clock().instant()).toBytes();
        var first = authority.answer(request);

        assertThat(authority.answer(request)).isEqualTo(first);
        authority.activate(key, plantA);
        assertRefused(authority.answer(request), REQUEST_SUPERSEDED);
    }

    @Test void the_same_request_gets_the_same_bytes_also_when_the_license_has_been_suspended_since() {
        var key = authority.sells(license());
        var request = plantA.asks(key, authority.clock().instant()).toBytes();
        var first = authority.answer(request);
        authority.suspends(key);

        assertThat(authority.answer(request)).isEqualTo(first);
    }

    @Test void a_released_activation_frees_its_place_and_answers_nothing_old() {
        var key = authority.sells(license());
        var request = plantA.asks(key, authority.clock().instant()).toBytes();
        plantA.keeps(new Activated(activated(authority.activate(key, plantA))));
        var release = plantA.releases(authority.clock().instant()).toBytes();
        var acknowledged = authority.answer(release);

        assertThat(authority.answer(release)).isEqualTo(acknowledged);
        assertThat(authority.activationsUsed(key)).isZero();
        assertRefused(authority.answer(request), RELEASED);
        assertThat(authority.refresh(plantA)).isEqualTo(new Refused(RELEASED));
        assertThat(authority.activate(key, plantB)).isInstanceOf(Activated.class);
    }

    @Test void a_host_that_gave_its_license_back_may_have_it_again() {
        var key = authority.sells(license());
        authority.activate(key, plantA);

        assertThat(authority.release(plantA)).isEqualTo(new Acknowledged());
        assertThat(authority.activate(key, plantA)).isInstanceOf(Activated.class);
        assertThat(authority.release(plantA)).isEqualTo(new Acknowledged());
    }

    @Test void a_release_of_an_earlier_activation_does_not_end_a_later_one() {
        var key = authority.sells(license());
        authority.activate(key, plantA);
        var late = plantA.releases(authority.clock().instant());
        authority.release(plantA);
        authority.activate(key, plantA);

        assertRefused(authority.answer(late.toBytes()), RELEASED);
        assertThat(authority.activationsUsed(key)).isEqualTo(1);
    }

    @Test void a_stranger_releases_nothing() {
        var key = authority.sells(license());
        authority.activate(key, plantA);
        plantB.keeps(new Activated(plantA.license().orElseThrow()));

        assertThat(authority.release(plantB)).isEqualTo(new Refused(KEY_UNKNOWN));
        assertThat(authority.refresh(plantB)).isEqualTo(new Refused(KEY_UNKNOWN));
        assertThat(authority.activationsUsed(key)).isEqualTo(1);
    }

    @Test void a_suspended_license_is_refused_until_it_is_reinstated() {
        var key = authority.sells(license().forHosts(2));
        authority.activate(key, plantA);
        authority.suspends(key);

        assertThat(authority.activate(key, plantB)).isEqualTo(new Refused(LICENSE_SUSPENDED));
        assertThat(authority.refresh(plantA)).isEqualTo(new Refused(LICENSE_SUSPENDED));
        authority.reinstates(key);
        assertThat(authority.refresh(plantA)).isInstanceOf(Activated.class);
        authority.revokes(key);
        assertThat(authority.refresh(plantA)).isEqualTo(new Refused(LICENSE_REVOKED));
    }

    @Test void a_change_of_the_license_comes_with_the_next_refresh() {
        var key = authority.sells(license().withFeature("mqtt"));
        authority.activate(key, plantA);
        authority.changes(key, sold -> sold.withFeature("sparkplug").until("2027-01-01"));

        var refreshed = activated(authority.refresh(plantA));
        assertThat(refreshed.entitlements()).contains(new Entitlement.Feature("sparkplug", Optional.empty()));
        assertThat(refreshed.license().term().until()).contains(TestClock.read("2027-01-01"));
    }

    @Test void a_key_that_was_never_sold_and_a_wrong_proof_are_refused_alike() {
        var key = authority.sells(license());
        var guessed = LicenseKey.generate(new Random(1));

        assertThat(authority.activate(guessed, plantA)).isEqualTo(new Refused(KEY_UNKNOWN));
        assertRefused(authority.answer(plantA.asks(key.locator(), guessed, authority.clock().instant()).toBytes()), KEY_UNKNOWN);
        assertThat(authority.activationsUsed(key)).isZero();
    }

    @Test void a_request_that_its_host_did_not_sign_is_no_request() {
        var key = authority.sells(license());
        var signedByA = plantA.asks(key, authority.clock().instant());
        var altered = new SignedDocument(plantB.asks(key, authority.clock().instant()).payloadText(), signedByA.signatures(), List.of(), Optional.empty(), Optional.empty());

        assertThatThrownBy(() -> authority.answer(altered.toBytes())).isInstanceOf(DocumentRejected.class);
    }

    @Test void one_host_holds_one_license_of_a_product() {
        var first = authority.sells(license());
        var second = authority.sells(license());
        var ofAnother = authority.sells(license().ofProduct("another"));
        authority.activate(first, plantA);

        assertThat(authority.activate(second, plantA)).isEqualTo(new Refused(ALREADY_LICENSED));
        assertThat(authority.activate(ofAnother, plantA)).isEqualTo(new Refused(WRONG_PRODUCT));
        assertThat(authority.activate(ofAnother, plantA.running("another"))).isInstanceOf(Activated.class);
        authority.release(plantA);
        assertThat(authority.activate(second, plantA)).isInstanceOf(Activated.class);
    }

    @Test void licenses_of_other_types_are_activated_in_other_ways() {
        for (var type : List.of(LicenseType.LEASED, LicenseType.OFFLINE, LicenseType.FLOATING)) {
            assertThat(authority.activate(authority.sells(license().ofType(type)), plantA)).isEqualTo(new Refused(TYPE_MISMATCH));
        }
    }

    @Test void the_same_machine_installed_anew_takes_over_from_itself_and_its_older_self_is_fenced() {
        var key = authority.sells(license());
        authority.activate(key, plantA);

        assertThat(authority.activate(key, plantA.reinstalled())).isInstanceOf(Activated.class);
        assertThat(authority.activationsUsed(key)).isEqualTo(1);
        assertThat(authority.alarms()).extracting(Alarm::kind).containsExactly(Alarm.Kind.TAKEOVER);
        assertThat(authority.refresh(plantA)).isEqualTo(new Refused(RELEASED));
        assertThat(authority.activate(key, plantA)).isEqualTo(new Refused(RELEASED));
        assertThat(authority.release(plantA)).isEqualTo(new Refused(RELEASED));
    }

    @Test void takeovers_end_with_the_allowance_and_begin_again_after_its_period() {
        var key = authority.sells(license().withAllowance(2, 30));
        var installation = plantA;
        authority.activate(key, installation);
        for (int i = 0; i < 2; i++) {
            installation = installation.reinstalled();
            assertThat(authority.activate(key, installation)).isInstanceOf(Activated.class);
        }
        var next = installation.reinstalled();

        assertThat(authority.activate(key, next)).isEqualTo(new Refused(ALLOWANCE_EXHAUSTED));
        authority.passes(Duration.ofDays(31));
        assertThat(authority.activate(key, next)).isInstanceOf(Activated.class);
    }

    @Test void another_folder_on_the_same_machine_is_another_host() {
        var key = authority.sells(license());
        authority.activate(key, plantA);

        assertThat(authority.activate(key, plantA.reinstalled().withMark("place", "/opt/second"))).isEqualTo(new Refused(ACTIVATIONS_EXHAUSTED));
    }

    @Test void one_mark_may_change_and_most_may_not() {
        var key = authority.sells(license());
        authority.activate(key, plantA);
        var repaired = plantA.withMark("disk", "a new disk");

        assertThat(authority.activate(key, repaired)).isInstanceOf(Activated.class);
        assertThat(authority.refresh(repaired.withMark("machine", "x").withMark("board", "y").withMark("network", "z"))).isEqualTo(new Refused(HOST_MISMATCH));
    }

    @Test void of_two_copies_the_second_refresh_is_refused_and_the_desk_sees_it() {
        var key = authority.sells(license());
        authority.activate(key, plantA);
        authority.refresh(plantA);
        var copy = plantA.copied();

        assertThat(authority.refresh(plantA)).isInstanceOf(Activated.class);
        assertThat(authority.refresh(copy)).isEqualTo(new Refused(REQUEST_SUPERSEDED));
        assertThat(authority.alarms()).extracting(Alarm::kind).containsExactly(Alarm.Kind.CLONE);
    }

    @Test void a_late_letter_is_superseded_without_an_alarm() {
        var key = authority.sells(license());
        var letter = plantA.asks(key, authority.clock().instant());
        authority.activate(key, plantA);

        assertRefused(authority.answer(letter.toBytes()), REQUEST_SUPERSEDED);
        assertThat(authority.alarms()).isEmpty();
    }

    @Test void many_hosts_at_once_get_as_many_activations_as_were_sold() throws Exception {
        var key = authority.sells(license().forHosts(7));
        var pool = Executors.newFixedThreadPool(8);
        try {
            var asking = IntStream.range(0, 40).mapToObj(i -> (Callable<Answer>) () -> authority.activate(key, Host.named("host-" + i))).toList();
            var answers = new ArrayList<Answer>();
            for (var answer : pool.invokeAll(asking)) {
                answers.add(answer.get());
            }
            assertThat(answers.stream().filter(Activated.class::isInstance)).hasSize(7);
            assertThat(answers.stream().filter(new Refused(ACTIVATIONS_EXHAUSTED)::equals)).hasSize(33);
        } finally {
            pool.shutdown();
        }
    }

    private static dev.charter.format.UsageLicense activated(Answer answer) {
        return ((Activated) answer).license();
    }

    private static void assertRefused(byte[] answer, dev.charter.format.RefusalCode code) {
        assertThat(dev.charter.format.Refusal.read(SignedDocument.read(answer).payload()).code()).isEqualTo(code);
    }
}
