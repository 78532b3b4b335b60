package dev.charter.authority.order;

import static dev.charter.authority.order.TestShop.one;
import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.checkout.Payment.Dispute;
import dev.charter.authority.checkout.PaymentEvent;
import dev.charter.authority.checkout.PaymentEvents;
import dev.charter.authority.checkout.TestCheckout;
import dev.charter.authority.license.LicenseState;
import dev.charter.authority.testing.TestAuthority.Refused;
import dev.charter.authority.testing.TestAuthority;
import dev.charter.authority.testing.TestHost;
import dev.charter.format.Entitlement;
import dev.charter.format.RefusalCode;
import dev.charter.store.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What payments do after they were made, and in whatever order their events come.
@ParameterizedClass
@EnumSource
class AfterPaymentTest extends OrderStories {
    AfterPaymentTest(Engine engine) {
        super(engine);
    }

    @Test
    void a_full_refund_suspends_what_it_paid_for_and_nothing_else() {
        var base = shop.ordersServer(plant);
        shop.tells(payments.pays(base));
        var license = shop.order(base).license().orElseThrow();
        authority.ask(plant.asksToActivateById(license));
        var upgrade = shop.ordersUpgrade(plant, license, 50_000, one("sparkplug"), one("support"));
        shop.tells(payments.pays(upgrade));
        var whole = shop.grants(license);

        shop.tells(payments.refunds(upgrade, 50_000));
        assertThat(shop.grants(license)).isEqualTo("ACTIVE [" + new Entitlement.Feature("mqtt", Optional.empty()) + "]");

        shop.tells(payments.refunds(upgrade, 0), payments.refunds(base, 120_000));
        assertThat(shop.grants(license)).as("a refund that failed is given back; the other order's is not").startsWith("ACTIVE").contains("sparkplug").doesNotContain("name=mqtt,");

        shop.tells(payments.refunds(upgrade, 50_000));
        assertThat(authority.license(license).state()).isEqualTo(LicenseState.SUSPENDED);
        assertThat(authority.ask(plant.asksToRefresh(license))).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.code()).isEqualTo(RefusalCode.LICENSE_SUSPENDED));

        shop.tells(payments.refunds(upgrade, 0), payments.refunds(base, 0));
        assertThat(shop.grants(license)).isEqualTo(whole);
    }

    @Test
    void a_license_that_the_vendor_suspended_stays_so_whatever_the_money_does() {
        var order = shop.ordersServer(plant);
        shop.tells(payments.pays(order));
        var license = shop.order(order).license().orElseThrow();
        authority.licenses().change().suspend(TestAuthority.VENDOR, license, "fraud");

        shop.tells(payments.disputes(order, Dispute.LOST));
        shop.tells(payments.disputes(order, Dispute.NONE));

        assertThat(authority.license(license).reason()).contains("fraud");
    }

    @Test
    void a_partial_refund_and_an_open_dispute_go_to_the_desk_and_change_nothing() {
        var order = shop.ordersServer(plant);
        shop.tells(payments.pays(order));
        var license = shop.order(order).license().orElseThrow();

        shop.tells(payments.refunds(order, 60_000));
        assertThat(shop.order(order).attention()).hasValueSatisfying(why -> assertThat(why).contains("600.00 EUR of 1200.00 EUR"));
        shop.decide.seen(TestAuthority.VENDOR, order.id());
        assertThat(shop.order(order).attention()).isEmpty();
        shop.tells(payments.disputes(order, Dispute.OPEN));
        assertThat(shop.order(order).attention()).hasValueSatisfying(why -> assertThat(why).contains("disputes"));
        assertThat(authority.license(license).state()).isEqualTo(LicenseState.ACTIVE);

        shop.tells(payments.disputes(order, Dispute.LOST));
        assertThat(authority.license(license).state()).isEqualTo(LicenseState.SUSPENDED);
    }

    @Test
    void every_permutation_of_an_orders_events_with_a_duplicate_and_a_loss_ends_in_the_same_state() {
        var ends = new HashSet<String>();
        int number = 0;
        for (var permutation : permutations(List.of(0, 1, 2, 3))) {
            for (int lost = -1; lost < 4; lost++) {
                for (int sooner = 0; sooner < 2; sooner++) {
                    ends.add(run(TestHost.named("host-" + number++), permutation, lost, sooner == 0));
                }
            }
        }
        assertThat(ends).hasSize(1);
        assertThat(shop.licenses()).isEqualTo(number);
        assertThat(shop.mails()).hasSize(number);
        assertThat(payments.opened).hasValue(number);
    }

    /// Paid, disputed, refunded in part, and the dispute lost.
    ///
    /// @param lost the event that never comes, but is fetched later; -1: none
    /// @param atOnce whether each event is told when it happens, and then once more
    private String run(TestHost host, List<Integer> sequence, int lost, boolean atOnce) {
        var order = shop.ordersServer(host);
        List<java.util.function.Supplier<PaymentEvent>> happening = List.of(() -> payments.pays(order), () -> payments.disputes(order, Dispute.OPEN), () -> payments.refunds(order, 60_000),
                () -> payments.disputes(order, Dispute.LOST));
        var events = new ArrayList<PaymentEvent>();
        for (int i = 0; i < happening.size(); i++) {
            events.add(happening.get(i).get());
            if (atOnce && i == sequence.getFirst() && i != lost) {
                shop.tells(events.get(i));
            }
        }
        for (int i : sequence) {
            if (i != lost) {
                shop.tells(events.get(i), events.get(i));
            }
        }
        authority.passes(Duration.ofHours(2));
        shop.regular.reconcile();
        shop.regular.round();
        var done = shop.order(order);
        var license = done.license().orElseThrow();
        return done.state() + " " + done.withheld() + " " + done.refunded() + " " + done.dispute() + " " + shop.grants(license);
    }

    private static List<List<Integer>> permutations(List<Integer> of) {
        if (of.isEmpty()) {
            return List.of(List.of());
        }
        var all = new ArrayList<List<Integer>>();
        for (var first : of) {
            var rest = new ArrayList<>(of);
            rest.remove(first);
            for (var tail : permutations(rest)) {
                var one = new ArrayList<Integer>();
                one.add(first);
                one.addAll(tail);
                all.add(one);
            }
        }
        return all;
    }

    @Test
    void an_event_that_cannot_be_looked_at_is_tried_again_and_holds_up_no_other() {
        var order = shop.ordersServer(plant);
        var event = payments.pays(order);
        payments.away = true;
        shop.tells(event);
        assertThat(shop.order(order).state()).isEqualTo(OrderState.OPEN);

        payments.away = false;
        authority.passes(Duration.ofMinutes(1));
        shop.regular.round();

        assertThat(shop.order(order).state()).isEqualTo(OrderState.FULFILLED);
    }

    @Test
    void an_event_that_was_given_up_is_shown_and_looked_at_again_each_hour_or_when_the_desk_says_so() {
        var first = shop.ordersServer(plant);
        var second = shop.ordersServer(TestHost.named("b"));
        var paid = payments.pays(first);
        payments.away = true;
        shop.tells(paid, payments.pays(second));
        for (int tries = 0; tries < 12; tries++) {
            authority.passes(Duration.ofMinutes(11));
            shop.regular.round();
        }
        assertThat(TestCheckout.count(shop.events, PaymentEvents.State.FAILED)).isEqualTo(2);
        assertThat(shop.order(first).attention()).hasValueSatisfying(why -> assertThat(why).contains("charter order again " + paid.id()));

        payments.away = false;
        assertThat(TestCheckout.again(shop.events, paid.id(), authority.now())).isTrue();
        shop.regular.round();
        assertThat(shop.order(first).state()).isEqualTo(OrderState.FULFILLED);
        assertThat(shop.order(second).state()).isEqualTo(OrderState.OPEN);

        shop.regular.reconcile();
        shop.regular.round();
        assertThat(shop.order(second).state()).isEqualTo(OrderState.FULFILLED);
        assertThat(TestCheckout.count(shop.events, PaymentEvents.State.FAILED)).isZero();
    }
}
