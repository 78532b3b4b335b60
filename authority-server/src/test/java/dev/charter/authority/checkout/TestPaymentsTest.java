package dev.charter.authority.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.authority.checkout.Payment.Status;
import dev.charter.authority.checkout.TestPayments.Act;
import dev.charter.authority.testing.TestAuthority;
import dev.charter.server.web.Rejected;
import dev.charter.store.Engine;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/// The provider that takes no money.
@ParameterizedClass
@EnumSource
class TestPaymentsTest {
    final TestAuthority authority;
    final TestPayments payments;
    final String checkout;

    TestPaymentsTest(Engine engine) {
        authority = TestAuthority.on(engine);
        payments = new TestPayments(authority.transactions(), new PaymentEvents(authority.transactions()), authority.identifiers(), authority.time(), JsonMapper.shared());
        checkout = open().checkout();
    }

    @AfterEach
    void close() {
        authority.close();
    }

    Payments.Opened open() {
        return payments.open(new Sale("ord-1", "MQTT Server", Optional.empty(), List.of(new Sale.SaleLine("MQTT Server", 1, 1_000, false, 1, Optional.empty())), "EUR", 1_000, "anna@plant.example",
                URI.create("https://plant.example/license")));
    }

    @Test
    void a_checkout_that_nobody_paid_for_a_day_is_over() {
        authority.passes(Duration.ofHours(25));

        payments.act(checkout, Act.PAY);

        assertThat(payments.look(checkout).status()).isEqualTo(Status.CLOSED);
        assertThat(open().checkout()).as("an order has one checkout, for ever").isEqualTo(checkout);
    }

    @Test
    void what_was_paid_cannot_be_cancelled_and_what_was_cancelled_cannot_be_paid() {
        payments.act(checkout, Act.PAY);
        payments.act(checkout, Act.CANCEL);
        assertThat(payments.look(checkout).status()).isEqualTo(Status.PAID);
        authority.passes(Duration.ofHours(25));
        assertThat(payments.look(checkout).status()).isEqualTo(Status.PAID);
    }

    @Test
    void a_refund_is_made_once_for_each_name_and_no_more_than_was_paid() {
        assertThatThrownBy(() -> payments.refund(checkout, 1, "none")).as("nothing was paid").isInstanceOf(Rejected.class);
        payments.act(checkout, Act.PAY);

        payments.refund(checkout, 400, "a");
        payments.refund(checkout, 400, "a");
        assertThat(payments.look(checkout).refunded()).isEqualTo(400);
        assertThatThrownBy(() -> payments.refund(checkout, 601, "b")).isInstanceOf(Rejected.class);
        payments.refund(checkout, 600, "b");
        assertThat(payments.look(checkout).isTakenBack()).isTrue();
    }
}
