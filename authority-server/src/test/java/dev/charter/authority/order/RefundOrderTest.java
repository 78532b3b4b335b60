package dev.charter.authority.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.authority.checkout.Payment.Dispute;
import dev.charter.authority.license.LicenseState;
import dev.charter.authority.testing.TestAuthority;
import dev.charter.authority.testing.TestHost;
import dev.charter.server.web.HttpProblem;
import dev.charter.server.web.Rejected;
import dev.charter.store.Engine;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/// Money that the desk gives back.
@ParameterizedClass
@EnumSource
class RefundOrderTest extends OrderStories {
    final Order order;

    RefundOrderTest(Engine engine) {
        super(engine);
        var begun = shop.ordersServer(plant);
        shop.tells(payments.pays(begun));
        order = shop.order(begun);
    }

    Order refunds(Optional<Long> amount, Optional<String> key) {
        return shop.refund.handle(TestAuthority.VENDOR, order.id(), new RefundOrder.WantedRefund(amount, Optional.of("Goodwill"), key));
    }

    LicenseState license() {
        return authority.license(order.license().orElseThrow()).state();
    }

    @Test
    void all_of_it_goes_back_and_with_it_what_it_paid_for() {
        var after = refunds(Optional.empty(), Optional.empty());

        assertThat(after.refunded()).isEqualTo(120_000);
        assertThat(license()).isEqualTo(LicenseState.SUSPENDED);
        assertThat(shop.orders.history(order.id()).stream().map(Orders.Step::step)).contains("refund begun by tok-vendor", "refunded", "withheld");
        assertRejected(() -> refunds(Optional.empty(), Optional.empty()), "went back already");
        assertThat(payments.refunds).hasSize(1);
    }

    @Test
    void a_part_asks_the_desk_and_changes_nothing_and_no_more_than_was_paid_goes_back() {
        var after = refunds(Optional.of(20_000L), Optional.empty());

        assertThat(after.refunded()).isEqualTo(20_000);
        assertThat(after.attention()).hasValueSatisfying(why -> assertThat(why).contains("200.00 EUR of 1200.00 EUR"));
        assertThat(license()).isEqualTo(LicenseState.ACTIVE);
        assertRejected(() -> refunds(Optional.of(100_001L), Optional.empty()), "1000.00 EUR can still be given back");
        assertThatThrownBy(() -> refunds(Optional.of(0L), Optional.empty())).isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.code()).isEqualTo(HttpProblem.MALFORMED));
        assertThat(refunds(Optional.empty(), Optional.empty()).refunded()).as("what is left").isEqualTo(120_000);
        assertThat(license()).isEqualTo(LicenseState.SUSPENDED);
    }

    @Test
    void the_same_key_gives_back_once() {
        refunds(Optional.of(20_000L), Optional.of("goodwill-1"));

        assertThat(refunds(Optional.of(20_000L), Optional.of("goodwill-1")).refunded()).isEqualTo(20_000);
        assertRejected(() -> refunds(Optional.of(30_000L), Optional.of("goodwill-1")), "200.00 EUR were given back");
        assertThat(payments.refunds).hasSize(1);
    }

    @Test
    void a_refund_that_was_cut_off_is_made_once_the_provider_answers_again() {
        payments.cutsOff = true;
        var begun = refunds(Optional.empty(), Optional.empty());
        assertThat(begun.refunded()).isZero();
        assertRejected(() -> refunds(Optional.empty(), Optional.empty()), "on its way");

        payments.cutsOff = false;
        shop.refund.again();
        assertThat(payments.refunds).as("not at once").isEmpty();
        authority.passes(Duration.ofMinutes(2));
        shop.refund.again();

        assertThat(shop.order(order).refunded()).isEqualTo(120_000);
        authority.passes(Duration.ofMinutes(2));
        shop.refund.again();
        assertThat(payments.refunds).hasSize(1);
    }

    @Test
    void a_refund_whose_answer_was_lost_is_not_made_twice() {
        payments.losesAnswers = true;
        refunds(Optional.of(20_000L), Optional.empty());
        payments.losesAnswers = false;
        authority.passes(Duration.ofMinutes(2));

        shop.refund.again();

        assertThat(payments.refunds).hasSize(1);
        assertThat(shop.order(order).refunded()).isEqualTo(20_000);
        assertThat(shop.orders.history(order.id()).stream().filter(step -> step.step().equals("refunded"))).hasSize(1);
    }

    @Test
    void what_the_provider_refuses_is_said_and_can_be_tried_otherwise() {
        payments.refusing = true;
        assertRejected(() -> refunds(Optional.empty(), Optional.empty()), "refuses");
        payments.refusing = false;

        assertThat(shop.orders.history(order.id()).getLast().step()).isEqualTo("refund failed");
        assertThat(refunds(Optional.empty(), Optional.empty()).refunded()).isEqualTo(120_000);
    }

    @Test
    void money_that_goes_back_twice_takes_back_once_and_both_have_to_come_again() {
        refunds(Optional.empty(), Optional.empty());
        shop.tells(payments.disputes(order, Dispute.LOST));
        assertThat(shop.orders.history(order.id()).stream().filter(step -> step.step().equals("withheld"))).hasSize(1);

        shop.tells(payments.disputes(order, Dispute.NONE));
        assertThat(license()).isEqualTo(LicenseState.SUSPENDED);
        shop.tells(payments.refunds(order, 0));
        assertThat(license()).isEqualTo(LicenseState.ACTIVE);
    }

    @Test
    void what_was_not_paid_here_is_not_given_back_here() {
        var open = shop.ordersServer(TestHost.named("plant-b"));
        assertThatThrownBy(() -> shop.refund.handle(TestAuthority.VENDOR, open.id(), new RefundOrder.WantedRefund(Optional.empty(), Optional.empty(), Optional.empty())))
                .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.detail()).contains("was not paid"));
        var invoiced = shop.place.handle(TestAuthority.VENDOR, JsonMapper.shared().readValue(
                "{\"product\":\"mqtt-server\",\"name\":\"ACME\",\"email\":\"it@acme.example\",\"reference\":\"PO-1\",\"items\":[{\"item\":\"mqtt-server\",\"count\":1}]}", DeskOrder.class));
        assertThatThrownBy(() -> shop.refund.handle(TestAuthority.VENDOR, invoiced.id(), new RefundOrder.WantedRefund(Optional.empty(), Optional.empty(), Optional.empty())))
                .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.detail()).contains("charter license suspend " + invoiced.license().orElseThrow()));
    }

    private static void assertRejected(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String says) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.code()).isEqualTo(HttpProblem.CONFLICT);
            assertThat(rejected.detail()).contains(says);
        });
    }
}
