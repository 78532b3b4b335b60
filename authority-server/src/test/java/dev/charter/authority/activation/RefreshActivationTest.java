package dev.charter.authority.activation;

import static dev.charter.authority.testing.TestAuthority.VENDOR;
import static dev.charter.format.RefusalCode.HOST_MISMATCH;
import static dev.charter.format.RefusalCode.KEY_UNKNOWN;
import static dev.charter.format.RefusalCode.LICENSE_EXPIRED;
import static dev.charter.format.RefusalCode.LICENSE_REVOKED;
import static dev.charter.format.RefusalCode.LICENSE_SUSPENDED;
import static dev.charter.format.RefusalCode.RELEASED;
import static dev.charter.format.RefusalCode.REQUEST_SUPERSEDED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.testing.TestAuthority;
import dev.charter.authority.testing.TestAuthority.Licensed;
import dev.charter.authority.testing.TestAuthority.Refused;
import dev.charter.authority.testing.TestHost;
import dev.charter.format.Entitlement;
import dev.charter.format.Purpose;
import dev.charter.format.RefusalCode;
import dev.charter.store.Engine;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class RefreshActivationTest {
    final TestAuthority authority;
    final TestHost plant = TestHost.named("plant-a");
    final TestAuthority.Sold sold;

    RefreshActivationTest(Engine engine) {
        authority = TestAuthority.on(engine);
        sold = authority.sells("{\"until\":\"2027-01-01T00:00:00Z\"}");
        authority.activate(sold.key(), plant);
    }

    @AfterEach
    void everything_that_happened_can_be_replayed() {
        assertThat(authority.replay().differences()).isEmpty();
        authority.close();
    }

    @Test
    void a_change_of_the_license_reaches_its_host_without_the_license_key() {
        authority.patches(sold.id(), "{\"entitlements\":[{\"feature\":\"mqtt\"},{\"feature\":\"sparkplug\"}]}");

        var refreshed = (Licensed) authority.refresh(sold.id(), plant);

        assertThat(refreshed.content().entitlements()).contains(new Entitlement.Feature("sparkplug", Optional.empty()));
        assertThat(authority.license(sold.id()).used()).isEqualTo(1);
    }

    @Test
    void the_same_refresh_gets_the_same_bytes() {
        var request = plant.asksToRefresh(sold.id());

        assertThat(authority.ask(request).document().toBytes()).isEqualTo(authority.ask(request).document().toBytes());
    }

    @Test
    void a_refresh_that_was_answered_before_a_newer_one_is_superseded_without_an_alarm() {
        var older = plant.asksToRefresh(sold.id());
        authority.ask(older);
        authority.refresh(sold.id(), plant);

        assertRefused(authority.ask(older), REQUEST_SUPERSEDED);
        assertThat(authority.activations().alarms()).isEmpty();
    }

    @Test
    void of_two_copies_the_second_is_refused_and_the_desk_sees_it_counted() {
        authority.refresh(sold.id(), plant);
        var copy = plant.copy();
        authority.refresh(sold.id(), plant);

        assertRefused(authority.refresh(sold.id(), copy), REQUEST_SUPERSEDED);
        assertThat(authority.activations().alarms()).singleElement().asString().startsWith("CLONE").endsWith(" 1");

        authority.refresh(sold.id(), plant);
        assertRefused(authority.refresh(sold.id(), copy), REQUEST_SUPERSEDED);
        assertThat(authority.activations().alarms()).as("one alarm, seen twice").singleElement().asString().startsWith("CLONE").endsWith(" 2");
    }

    @Test
    void a_snapshot_that_was_restored_is_refused_and_raises_a_clone_alarm() {
        var snapshot = plant.copy();
        authority.refresh(sold.id(), plant);
        authority.refresh(sold.id(), plant);

        assertRefused(authority.refresh(sold.id(), snapshot), REQUEST_SUPERSEDED);
        assertThat(authority.activations().alarms()).hasSize(1);
    }

    @Test
    void a_refresh_never_supersedes_a_letter_under_way() {
        var letter = plant.asksToActivate(sold.key());
        authority.refresh(sold.id(), plant);

        assertThat(authority.ask(letter)).isInstanceOf(Licensed.class);
        assertThat(authority.refresh(sold.id(), plant)).isInstanceOf(Licensed.class);
    }

    @Test
    void what_became_of_the_license_reaches_its_host() {
        authority.licenses().change().suspend(VENDOR, sold.id(), "unpaid");
        assertRefused(authority.refresh(sold.id(), plant), LICENSE_SUSPENDED);

        authority.licenses().change().revoke(VENDOR, sold.id(), "fraud");
        assertRefused(authority.refresh(sold.id(), plant), LICENSE_REVOKED);
    }

    @Test
    void a_license_whose_term_is_over_is_refused() {
        authority.itIsNow("2027-01-01T00:00:00Z");

        assertRefused(authority.refresh(sold.id(), plant), LICENSE_EXPIRED);
    }

    @Test
    void a_copied_key_on_another_machine_is_refused() {
        assertRefused(authority.refresh(sold.id(), plant.withMark("machine", "b").withMark("board", "b").withMark("disk", "b")), HOST_MISMATCH);
    }

    @Test
    void a_host_that_was_never_activated_is_unknown() {
        assertRefused(authority.refresh(sold.id(), TestHost.named("another")), KEY_UNKNOWN);
    }

    @Test
    void a_host_that_knows_the_key_and_has_no_activation_has_nothing_to_refresh() {
        assertRefused(authority.ask(TestHost.named("another").asks(Purpose.REFRESH, sold.key(), 1)), RELEASED);
    }

    @Test
    void counting_of_refreshes_goes_on_after_a_release_and_a_new_activation() {
        authority.refresh(sold.id(), plant);
        var copy = plant.copy();
        var held = (Licensed) authority.refresh(sold.id(), plant);
        authority.release(plant.releases(held.content()));
        assertRefused(authority.refresh(sold.id(), plant), RELEASED);
        authority.activate(sold.key(), plant);

        assertRefused(authority.refresh(sold.id(), copy), REQUEST_SUPERSEDED);
        assertThat(authority.activations().alarms()).hasSize(1);
        assertThat(authority.refresh(sold.id(), plant)).isInstanceOf(Licensed.class);
    }

    private static void assertRefused(TestAuthority.Answer answer, RefusalCode code) {
        assertThat(answer).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
    }
}
