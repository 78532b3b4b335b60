package dev.charter.authority.activation;

import static dev.charter.format.RefusalCode.ACTIVATIONS_EXHAUSTED;
import static dev.charter.format.RefusalCode.ALLOWANCE_EXHAUSTED;
import static dev.charter.format.RefusalCode.ALREADY_LICENSED;
import static dev.charter.format.RefusalCode.HOST_MISMATCH;
import static dev.charter.format.RefusalCode.LICENSE_EXPIRED;
import static dev.charter.format.RefusalCode.LICENSE_NOT_STARTED;
import static dev.charter.format.RefusalCode.LICENSE_REVOKED;
import static dev.charter.format.RefusalCode.LICENSE_SUSPENDED;
import static dev.charter.format.RefusalCode.RELEASED;
import static dev.charter.format.RefusalCode.REQUEST_SUPERSEDED;
import static dev.charter.format.RefusalCode.TYPE_MISMATCH;
import static dev.charter.format.RefusalCode.WRONG_PRODUCT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.authority.testing.TestAuthority;
import dev.charter.authority.testing.TestAuthority.Licensed;
import dev.charter.authority.testing.TestAuthority.Refused;
import dev.charter.authority.testing.TestHost;
import dev.charter.server.web.Rejected;
import dev.charter.format.Entitlement;
import dev.charter.format.Purpose;
import dev.charter.format.RefusalCode;
import dev.charter.format.SignedDocument;
import dev.charter.store.Engine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.api.Test;

@ParameterizedClass
@EnumSource
class ActivateLicenseTest {
    final TestAuthority authority;
    final TestHost plantA = TestHost.named("plant-a");
    final TestHost plantB = TestHost.named("plant-b");

    ActivateLicenseTest(Engine engine) {
        authority = TestAuthority.on(engine);
    }

    @AfterEach
    void everything_that_happened_can_be_replayed() {
        assertThat(authority.replay().differences()).isEmpty();
        authority.close();
    }

    @Test
    void a_license_for_one_host_is_refused_to_a_second() {
        var sold = authority.sells("{\"activations\":1}");

        assertThat(authority.activate(sold.key(), plantA)).isInstanceOf(Licensed.class);
        assertRefused(authority.activate(sold.key(), plantB), ACTIVATIONS_EXHAUSTED);
        assertThat(authority.license(sold.id()).used()).isEqualTo(1);
    }

    @Test
    void a_license_cannot_be_activated_on_the_day_its_term_ends() {
        var sold = authority.sells("{\"until\":\"2026-04-01T00:00:00Z\"}");
        authority.itIsNow("2026-04-01T00:00:00Z");

        assertRefused(authority.activate(sold.key(), plantA), LICENSE_EXPIRED);
    }

    @Test
    void a_license_cannot_be_activated_before_its_term_begins() {
        var sold = authority.sells("{\"from\":\"2026-04-01T00:00:00Z\"}");

        assertRefused(authority.activate(sold.key(), plantA), LICENSE_NOT_STARTED);

        authority.itIsNow("2026-04-01T00:00:00Z");
        assertThat(authority.activate(sold.key(), plantA)).isInstanceOf(Licensed.class);
    }

    @Test
    void a_usage_license_says_what_was_sold_to_whom_and_for_which_host() {
        var sold = authority.sells("""
                {"activations":3,"graceDays":7,"refreshHorizonDays":30,"emergencyDays":5,"until":"2027-03-01T00:00:00Z","allowance":{"count":1,"days":90},
                 "entitlements":[{"feature":"mqtt"},{"meter":"messages","limit":1000},{"support":true,"until":"2026-12-31T00:00:00Z"}]}""");

        var license = ((Licensed) authority.activate(sold.key(), plantA)).content();

        assertThat(license.product()).isEqualTo(TestAuthority.PRODUCT);
        assertThat(license.customer()).isEqualTo("ACME Water");
        assertThat(license.issuedAt()).isEqualTo("2026-03-01T08:00:00Z");
        assertThat(license.license().id()).isEqualTo(sold.id());
        assertThat(license.license().activationsUsed()).isEqualTo(1);
        assertThat(license.license().activationsTotal()).isEqualTo(3);
        assertThat(license.license().grace().toDays()).isEqualTo(7);
        assertThat(license.license().refreshHorizon().orElseThrow().toDays()).isEqualTo(30);
        assertThat(license.license().emergencyDays()).isEqualTo(5);
        assertThat(license.license().allowance().count()).isEqualTo(1);
        assertThat(license.license().term().until()).contains(Instant.parse("2027-03-01T00:00:00Z"));
        assertThat(license.factorsRequired()).as("3 of 5").isEqualTo(3);
        assertThat(license.host().fingerprint()).isEqualTo(plantA.fingerprint());
        assertThat(license.entitlements()).hasSize(3).contains(new Entitlement.Feature("mqtt", Optional.empty()));
    }

    @Test
    void the_same_host_asking_again_takes_no_further_activation() {
        var sold = authority.sells("{\"activations\":1}");
        var first = (Licensed) authority.activate(sold.key(), plantA);

        var second = (Licensed) authority.activate(sold.key(), plantA);

        assertThat(second.content().id()).isNotEqualTo(first.content().id());
        assertThat(authority.license(sold.id()).used()).isEqualTo(1);
    }

    @Test
    void the_same_request_gets_the_same_bytes_even_when_the_license_is_suspended_meanwhile() {
        var sold = authority.sells("{}");
        var request = plantA.asksToActivate(sold.key());
        var first = authority.ask(request);

        authority.licenses().change().suspend(TestAuthority.VENDOR, sold.id(), "unpaid");

        assertThat(authority.ask(request).document().toBytes()).isEqualTo(first.document().toBytes());
    }

    @Test
    void a_request_that_is_no_longer_the_newest_is_superseded_without_an_alarm() {
        var sold = authority.sells("{}");
        var older = plantA.asksToActivate(sold.key());
        authority.ask(older);
        authority.activate(sold.key(), plantA);

        assertRefused(authority.ask(older), REQUEST_SUPERSEDED);
        assertThat(authority.activations().alarms()).isEmpty();
    }

    @Test
    void a_letter_that_was_overtaken_by_a_newer_one_is_superseded_without_an_alarm() {
        var sold = authority.sells("{}");
        var late = plantA.asksToActivate(sold.key());
        authority.activate(sold.key(), plantA);

        assertRefused(authority.ask(late), REQUEST_SUPERSEDED);
        assertThat(authority.activations().alarms()).isEmpty();
    }

    @Test
    void another_request_under_a_number_that_was_used_is_refused_and_raises_a_clone_alarm() {
        var sold = authority.sells("{}");
        var copy = plantA.copy();
        authority.activate(sold.key(), plantA);

        assertRefused(authority.activate(sold.key(), copy), REQUEST_SUPERSEDED);
        assertThat(authority.activations().alarms()).singleElement().asString().startsWith("CLONE").endsWith(" 1");
    }

    @Test
    void a_license_of_another_product_is_refused() {
        var sold = authority.sells("{}");

        assertRefused(authority.activate(sold.key(), plantA.asking(TestAuthority.OTHER_PRODUCT)), WRONG_PRODUCT);
    }

    @Test
    void a_license_that_goes_another_way_says_which() {
        assertThat(mismatch("{\"type\":\"offline\"}", Purpose.ACTIVATE)).contains("by letter");
        assertThat(mismatch("{\"type\":\"floating\",\"seats\":5}", Purpose.ACTIVATE)).contains("floating server");
        assertThat(mismatch("{\"type\":\"leased\",\"seats\":5}", Purpose.ACTIVATE)).contains("leased");
        assertThat(mismatch("{}", Purpose.ACQUIRE)).contains("Activate");
        assertThat(mismatch("{}", Purpose.RENEW)).contains("Activate");
    }

    private String mismatch(String json, Purpose purpose) {
        var refused = (Refused) authority.ask(plantA.asks(purpose, authority.sells(json).key(), 1));
        assertThat(refused.code()).isEqualTo(TYPE_MISMATCH);
        return refused.message();
    }

    @Test
    void a_suspended_license_says_why_and_works_again_once_reinstated() {
        var sold = authority.sells("{}");
        authority.licenses().change().suspend(TestAuthority.VENDOR, sold.id(), "The invoice of January is open.");

        var refused = (Refused) authority.activate(sold.key(), plantA);
        assertThat(refused.code()).isEqualTo(LICENSE_SUSPENDED);
        assertThat(refused.message()).contains("The invoice of January is open.");

        authority.licenses().change().reinstate(TestAuthority.VENDOR, sold.id());
        assertThat(authority.activate(sold.key(), plantA)).isInstanceOf(Licensed.class);
    }

    @Test
    void a_revoked_license_is_refused() {
        var sold = authority.sells("{}");
        authority.licenses().change().revoke(TestAuthority.VENDOR, sold.id(), "resold");

        assertRefused(authority.activate(sold.key(), plantA), LICENSE_REVOKED);
    }

    @Test
    void a_host_holds_one_license_of_a_product_at_a_time() {
        var first = authority.sells("{}");
        var second = authority.sells("{}");
        var held = (Licensed) authority.activate(first.key(), plantA);

        assertRefused(authority.activate(second.key(), plantA), ALREADY_LICENSED);

        authority.release(plantA.releases(held.content()));
        assertThat(authority.activate(second.key(), plantA)).isInstanceOf(Licensed.class);
    }

    @Test
    void one_mark_of_a_machine_may_change() {
        var sold = authority.sells("{}");
        authority.activate(sold.key(), plantA);

        assertThat(authority.activate(sold.key(), plantA.withMark("disk", "a new one"))).isInstanceOf(Licensed.class);
    }

    @Test
    void a_copied_key_on_another_machine_is_refused() {
        var sold = authority.sells("{\"activations\":5}");
        authority.activate(sold.key(), plantA);

        assertRefused(authority.activate(sold.key(), plantA.withMark("machine", "b").withMark("board", "b").withMark("disk", "b")), HOST_MISMATCH);
    }

    @Test
    void a_machine_that_was_installed_anew_takes_its_own_activation_over() {
        var sold = authority.sells("{\"activations\":1}");
        var older = (Licensed) authority.activate(sold.key(), plantA);
        var again = plantA.reinstalled();

        assertThat(authority.activate(sold.key(), again)).isInstanceOf(Licensed.class);

        assertThat(authority.license(sold.id()).used()).isEqualTo(1);
        assertThat(authority.activations().alarms()).singleElement().asString().startsWith("TAKEOVER");
        assertRefused(authority.refresh(sold.id(), plantA), RELEASED);
        assertRefused(authority.activate(sold.key(), plantA), RELEASED);
        assertRefused(authority.release(plantA.releases(older.content())), RELEASED);
        assertThat(authority.refresh(sold.id(), again)).isInstanceOf(Licensed.class);
    }

    @Test
    void taking_over_is_limited_by_the_allowance_in_each_period() {
        var sold = authority.sells("{\"allowance\":{\"count\":1,\"days\":30}}");
        authority.activate(sold.key(), plantA);
        var second = plantA.reinstalled();
        authority.activate(sold.key(), second);

        assertRefused(authority.activate(sold.key(), plantA.reinstalled()), ALLOWANCE_EXHAUSTED);
        assertThat(authority.refresh(sold.id(), second)).as("the present one is not fenced").isInstanceOf(Licensed.class);

        authority.itIsNow("2026-03-31T08:00:01Z");
        assertThat(authority.activate(sold.key(), plantA.reinstalled())).isInstanceOf(Licensed.class);
    }

    @Test
    void another_folder_on_the_same_machine_is_another_host() {
        var sold = authority.sells("{\"activations\":2}");
        authority.activate(sold.key(), plantA);

        assertThat(authority.activate(sold.key(), plantA.reinstalled().withMark("place", "/opt/second"))).isInstanceOf(Licensed.class);

        assertThat(authority.license(sold.id()).used()).isEqualTo(2);
        assertThat(authority.activations().alarms()).isEmpty();
    }

    @Test
    void two_machines_that_have_nothing_but_the_folder_in_common_are_two_hosts() {
        var sold = authority.sells("{\"activations\":2}");
        authority.activate(sold.key(), plantA.withMark("place", "/opt/mqtt").withOnlyMarks("place"));

        assertThat(authority.activate(sold.key(), plantB.withMark("place", "/opt/mqtt").withOnlyMarks("place"))).isInstanceOf(Licensed.class);

        assertThat(authority.license(sold.id()).used()).isEqualTo(2);
        assertThat(authority.activations().alarms()).isEmpty();
    }

    @Test
    void a_machine_is_known_again_after_some_of_its_marks_changed_and_a_refresh_told() {
        var sold = authority.sells("{\"activations\":1}");
        authority.activate(sold.key(), plantA);
        var repaired = plantA.withMark("disk", "new").withMark("board", "new");
        assertThat(authority.refresh(sold.id(), repaired)).isInstanceOf(Licensed.class);
        var repairedAgain = repaired.withMark("network", "new").withMark("machine", "new");

        assertThat(authority.activate(sold.key(), repairedAgain.reinstalled())).as("three of five are those of the refresh").isInstanceOf(Licensed.class);
    }

    @Test
    void a_host_without_marks_is_known_by_its_key_alone() {
        var sold = authority.sells("{\"activations\":1}");
        var bare = plantA.withOnlyMarks();

        assertThat(((Licensed) authority.activate(sold.key(), bare)).content().factorsRequired()).isZero();
        assertThat(authority.activate(sold.key(), bare)).isInstanceOf(Licensed.class);
        assertRefused(authority.activate(sold.key(), bare.reinstalled()), ACTIVATIONS_EXHAUSTED);
    }

    @Test
    void a_host_that_reads_other_formats_only_is_told_so() {
        var sold = authority.sells("{}");
        var asked = plantA.request(Purpose.ACTIVATE, new dev.charter.format.UsageRequest.LicenseName.ByLocator(sold.key().locator()), 1);
        var future = new dev.charter.format.UsageRequest(List.of(2, 3), asked.purpose(), asked.product(), asked.license(), asked.host(), 1, asked.madeAt(), asked.nonce());

        assertThatThrownBy(() -> authority.ask(SignedDocument.sign(future, plantA.signer(), sold.key()))).isInstanceOf(Rejected.class).hasMessageContaining("formats");
    }

    @Test
    void a_request_that_its_host_did_not_sign_is_rejected() {
        var sold = authority.sells("{}");
        var forged = SignedDocument.sign(plantA.request(Purpose.ACTIVATE, new dev.charter.format.UsageRequest.LicenseName.ByLocator(sold.key().locator()), 1), plantB.signer(), sold.key());

        assertThatThrownBy(() -> authority.ask(forged)).isInstanceOf(Rejected.class);
    }

    private static void assertRefused(TestAuthority.Answer answer, RefusalCode code) {
        assertThat(answer).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused.message()).startsWith(code.advice());
        });
    }
}
