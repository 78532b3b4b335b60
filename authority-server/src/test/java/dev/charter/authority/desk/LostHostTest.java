package dev.charter.authority.desk;

import static dev.charter.authority.desk.DeskTest.ANNA;
import static dev.charter.authority.desk.DeskTest.BERT;
import static dev.charter.authority.desk.DeskTest.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Scope;
import dev.charter.authority.testing.TestAuthority.Acknowledged;
import dev.charter.authority.testing.TestAuthority.Licensed;
import dev.charter.authority.testing.TestAuthority.Refused;
import dev.charter.authority.testing.TestAuthority;
import dev.charter.authority.testing.TestHost;
import dev.charter.format.RefusalCode;
import dev.charter.server.web.Rejected;
import dev.charter.store.Engine;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A host is destroyed without having given its activation back.
@ParameterizedClass
@EnumSource
class LostHostTest {
    final TestAuthority authority;
    final TestDesk desk;
    final TestHost plantA = TestHost.named("plant-a");
    final TestHost plantB = TestHost.named("plant-b");
    final TestAuthority.Sold sold;
    final Licensed held;

    LostHostTest(Engine engine) {
        authority = TestAuthority.on(engine);
        desk = authority.desk();
        sold = authority.sells("{\"activations\":1,\"allowance\":{\"count\":2,\"days\":365}}");
        held = (Licensed) authority.activate(sold.key(), plantA);
    }

    @AfterEach
    void everything_that_happened_can_be_replayed() {
        assertThat(authority.replay().differences()).isEmpty();
        authority.close();
    }

    @Test
    void what_is_reported_lost_counts_until_the_desk_restores_it() {
        var loss = lost(plantA);

        assertThat(authority.license(sold.id()).used()).isEqualTo(1);
        assertRefused(authority.activate(sold.key(), plantB), RefusalCode.ACTIVATIONS_EXHAUSTED);

        assertThat(desk.decideLoss.restore(ANNA, loss.id(), "The invoice of the new machine is here.").state()).isEqualTo(Loss.State.RESTORED);

        assertThat(authority.license(sold.id()).used()).isZero();
        assertThat(authority.activate(sold.key(), plantB)).isInstanceOf(Licensed.class);
        assertThat(desk.notices).singleElement().isInstanceOfSatisfying(Notices.LossDecided.class, notice -> {
            assertThat(notice.license().buyer().email()).isEqualTo("it@acme.example");
            assertThat(notice.restored()).isTrue();
            assertThat(notice.reason()).contains("invoice");
        });
    }

    @Test
    void the_desk_sees_the_licenses_history() {
        var loss = lost(plantA);
        desk.decideLoss.restore(ANNA, loss.id(), "burnt");
        authority.activate(sold.key(), plantB);
        authority.activate(sold.key(), plantB.reinstalled());

        var history = desk.lookAtLosses.history(desk.lookAtLosses.byId(ANNA, loss.id()));

        assertThat(history.allowanceUsed()).as("one restored, one taken over").isEqualTo(2);
        assertThat(history.hosts()).extracting(holder -> holder.state()).containsExactlyInAnyOrder("active", "restored", "restored");
        assertThat(history.earlier()).isEmpty();
        assertThat(desk.lookAtLosses.page(ANNA, false, Optional.empty(), 10)).extracting(Loss::story).containsExactly("It burnt.");
        assertThat(desk.lookAtLosses.page(ANNA, true, Optional.empty(), 10)).isEmpty();
    }

    @Test
    void a_lost_host_that_comes_back_is_fenced_and_raises_an_alarm() {
        var loss = lost(plantA);

        assertRefused(authority.refresh(sold.id(), plantA), RefusalCode.RELEASED);
        assertRefused(authority.activate(sold.key(), plantA), RefusalCode.RELEASED);
        assertThat(authority.activations().alarms()).containsExactly("RETURNED " + loss.activation() + " 2");

        desk.decideLoss.restore(ANNA, loss.id(), "burnt");
        assertRefused(authority.refresh(sold.id(), plantA), RefusalCode.RELEASED);
        assertThat(authority.activations().alarms()).containsExactly("RETURNED " + loss.activation() + " 3");
    }

    @Test
    void a_declined_loss_leaves_the_host_its_activation() {
        var loss = lost(plantA);

        assertThat(desk.decideLoss.decline(ANNA, loss.id(), "It was seen running.").state()).isEqualTo(Loss.State.DECLINED);

        assertThat(authority.refresh(sold.id(), plantA)).isInstanceOf(Licensed.class);
        assertThat(desk.told()).containsExactly("LossDecided");
        assertRejected(() -> desk.decideLoss.restore(ANNA, loss.id(), "after all"), "declined already: It was seen running.");
        assertThat(lost(plantA).id()).as("it may be reported again").isNotEqualTo(loss.id());
    }

    @Test
    void restoring_ends_with_the_allowance_that_the_license_signs() {
        authority.patches(sold.id(), "{\"allowance\":{\"count\":1,\"days\":30}}");
        desk.decideLoss.restore(ANNA, lost(plantA).id(), "burnt");
        authority.activate(sold.key(), plantB);
        var second = lost(plantB);
        desk.decideLoss.restore(ANNA, second.id(), "burnt too");

        assertRejected(() -> desk.decideLoss.restore(BERT, second.id(), "I agree"), "allowance is used up");
        assertThat(authority.license(sold.id()).used()).isEqualTo(1);
        authority.itIsNow("2026-04-15T08:00:00Z");
        assertThat(desk.decideLoss.restore(BERT, second.id(), "a new period").state()).isEqualTo(Loss.State.RESTORED);
    }

    @Test
    void from_a_limit_on_a_second_person_has_to_agree() {
        desk.decideLoss.restore(ANNA, lost(plantA).id(), "burnt");
        authority.activate(sold.key(), plantB);
        var second = lost(plantB);

        assertThat(desk.decideLoss.restore(ANNA, second.id(), "burnt as well").state()).isEqualTo(Loss.State.WAITING);
        assertThat(authority.license(sold.id()).used()).isEqualTo(1);
        assertRejected(() -> desk.decideLoss.restore(ANNA, second.id(), "really"), "Another person");

        var restored = desk.decideLoss.restore(BERT, second.id(), "I have seen the photo.");
        assertThat(restored.state()).isEqualTo(Loss.State.RESTORED);
        assertThat(restored.firstLookBy()).contains("tok-anna");
        assertThat(authority.license(sold.id()).used()).isZero();
    }

    @Test
    void restoring_at_once_with_others_frees_one_activation() {
        authority.patches(sold.id(), "{\"activations\":3}");
        authority.activate(sold.key(), plantB);
        var loss = lost(plantA);

        var results = DeskTest.atOnce(IntStream.range(0, 10).<Callable<String>>mapToObj(i -> () -> (i % 2 == 0 ? desk.decideLoss.restore(ANNA, loss.id(), "burnt")
                : desk.decideLoss.decline(BERT, loss.id(), "seen running")).state().toString()).toList());

        assertThat(results.stream().filter(result -> !result.startsWith("rejected")).distinct()).hasSize(1);
        assertThat(authority.license(sold.id()).used()).isEqualTo(results.contains("RESTORED") ? 1 : 2);
        assertThat(desk.told()).as("the customer is told once").hasSize(1);
    }

    @Test
    void a_decision_that_is_cut_off_leaves_nothing_and_can_be_done_again() {
        var loss = lost(plantA);
        desk.carrierFails.set(true);

        assertThatIllegalStateException().isThrownBy(() -> desk.decideLoss.restore(ANNA, loss.id(), "burnt"));

        assertThat(authority.license(sold.id()).used()).isEqualTo(1);
        assertThat(desk.lookAtLosses.byId(ANNA, loss.id()).state()).isEqualTo(Loss.State.WAITING);
        desk.carrierFails.set(false);
        assertThat(desk.decideLoss.restore(ANNA, loss.id(), "burnt").state()).isEqualTo(Loss.State.RESTORED);
        assertThat(authority.license(sold.id()).used()).isZero();
    }

    @Test
    void reporting_the_same_host_again_is_no_mistake_and_another_licenses_host_is() {
        var loss = lost(plantA);

        assertThat(lost(plantA).id()).isEqualTo(loss.id());
        var other = authority.sells("{\"activations\":1}");
        assertRejected(() -> desk.report.byDesk(ANNA, other.id(), loss.activation(), "It burnt."), "no active host");
        assertRejected(() -> desk.report.byDesk(ANNA, "lic-none", loss.activation(), "It burnt."), "no license");
        assertRejected(() -> desk.report.byDesk(ANNA, sold.id(), "act-none", "It burnt."), "no active host");
        assertRejected(() -> desk.report.byDesk(ANNA, sold.id(), loss.activation(), " "), "Tell what happened");
    }

    @Test
    void a_lost_host_that_gives_back_what_it_held_is_released() {
        var loss = lost(plantA);

        assertThat(authority.release(plantA.releases(held.content()))).isInstanceOf(Acknowledged.class);

        assertThat(authority.license(sold.id()).used()).isZero();
        assertThat(desk.lookAtLosses.byId(ANNA, loss.id()).state()).isEqualTo(Loss.State.SETTLED);
        assertRejected(() -> desk.decideLoss.restore(ANNA, loss.id(), "burnt"), "nothing left to decide");
        assertThat(desk.lookAtLosses.page(ANNA, true, Optional.empty(), 10)).isEmpty();
    }

    @Test
    void the_machine_of_a_lost_host_installed_anew_takes_its_activation_over() {
        var loss = lost(plantA);

        assertThat(authority.activate(sold.key(), plantA.reinstalled())).isInstanceOf(Licensed.class);

        assertThat(authority.license(sold.id()).used()).isEqualTo(1);
        assertThat(desk.lookAtLosses.byId(ANNA, loss.id()).state()).isEqualTo(Loss.State.SETTLED);
    }

    @Test
    void a_lost_host_holds_its_product_until_that_is_decided() {
        lost(plantA);
        var other = authority.sells("{\"activations\":1}");

        assertRefused(authority.activate(other.key(), plantA), RefusalCode.ALREADY_LICENSED);
    }

    @Test
    void a_customer_is_restored_at_once_where_the_product_allows_it_and_not_too_often() {
        authority.transactions().doInOne(sql -> sql.update("UPDATE product SET losses = 'RESTORE'"));

        assertThat(desk.report.byCustomer(authority.license(sold.id()), activation(plantA), "It burnt.")).isTrue();
        authority.activate(sold.key(), plantB);
        assertThat(desk.report.byCustomer(authority.license(sold.id()), activation(plantB), "It burnt too.")).as("more than one person's share").isFalse();
        assertThat(authority.license(sold.id()).used()).isEqualTo(1);
        assertThat(desk.told()).containsExactly("LossDecided");
    }

    @Test
    void reading_is_not_deciding() {
        var reader = new Caller("tok-r", "reader", EnumSet.complementOf(EnumSet.of(Scope.LOSSES_WRITE)));
        var loss = lost(plantA);

        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> desk.decideLoss.restore(reader, loss.id(), "burnt"));
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> desk.decideLoss.decline(reader, loss.id(), "seen"));
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> desk.report.byDesk(reader, sold.id(), loss.activation(), "burnt"));
    }

    private Loss lost(TestHost host) {
        return desk.report.byDesk(ANNA, sold.id(), activation(host), "It burnt.");
    }

    private String activation(TestHost host) {
        return authority.activations().holders().of(sold.id(), 100).stream().filter(holder -> holder.host().equals(host.keyId())).findFirst().orElseThrow().activation();
    }

    private static void assertRefused(TestAuthority.Answer answer, RefusalCode code) {
        assertThat(answer).isInstanceOfSatisfying(Refused.class, no -> assertThat(no.code()).isEqualTo(code));
    }
}
