package dev.charter.authority.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.charter.authority.settings.CheckoutSettings;
import dev.charter.server.web.Rejected;
import dev.charter.server.settings.Secret;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// The fake answers and tells what Stripe would: each object has what Stripe's published OpenAPI requires of it, and nothing that it does not know.
class FakeStripeTest {
    final FakeStripe stripe = new FakeStripe();
    final StripePayments payments;

    FakeStripeTest() {
        var settings = new CheckoutSettings.Stripe(new Secret(FakeStripe.KEY), List.of(new Secret(FakeStripe.SECRET)), stripe.url());
        payments = new StripePayments(settings, new StripeEvents(settings, InstantSource.system(), JsonMapper.shared()));
    }

    @AfterEach
    void close() {
        stripe.close();
    }

    @Test
    void every_answer_and_every_event_is_shaped_as_stripes_published_openapi_has_it() {
        var once = payments.open(sale("ord-1", false)).checkout();
        var monthly = payments.open(sale("ord-2", true)).checkout();
        var expired = payments.open(sale("ord-3", false)).checkout();
        stripe.pays(once);
        stripe.pays(monthly);
        stripe.expires(expired);
        stripe.disputes(once, "needs_response");
        payments.look(once);
        payments.look(monthly);
        payments.refund(once, 100, "ord-1-1");
        stripe.disputes(once, "won");
        stripe.cancelsAtPeriodEnd(monthly, true);
        stripe.cancelsAtPeriodEnd(monthly, false);
        stripe.endsSubscription(monthly);
        payments.look(expired);
        payments.eventsSince(Instant.EPOCH, _ -> {});
        payments.look(monthly).payment().ifPresent(payments::orderOf);
        payments.orderOf("pi_none");

        var shapes = new StripeShapes();
        assertThat(stripe.answered()).hasSizeGreaterThan(10).filteredOn(answer -> !answer.contains("\"error\"")).allSatisfy(answer -> assertThat(shapes.mistakes(JsonMapper.shared().readTree(answer))).as(answer).isEmpty());
        assertThat(stripe.events()).hasSizeGreaterThan(8).allSatisfy(event -> assertThat(shapes.mistakes(JsonMapper.shared().readTree(stripe.body(event)))).as(stripe.body(event)).isEmpty());
    }

    @Test
    void a_refund_is_made_once_for_each_name_and_no_more_is_given_back_than_was_paid() {
        var session = payments.open(sale("ord-1", false)).checkout();
        stripe.pays(session);

        payments.refund(session, 400, "ord-1-1");
        payments.refund(session, 400, "ord-1-1");
        assertThat(payments.look(session).refunded()).isEqualTo(400);

        assertThat(catchThrowableOfType(Rejected.class, () -> payments.refund(session, 700, "ord-1-2")).detail()).contains("refuses", "charge_already_refunded");
        payments.refund(session, 600, "ord-1-3");
        assertThat(payments.look(session).isTakenBack()).isTrue();
    }

    private static Sale sale(String order, boolean monthly) {
        var once = new Sale.SaleLine("MQTT Server", 1, 1_000, false, 1, Optional.empty());
        var lines = monthly ? List.of(once, new Sale.SaleLine("Bridge", 1, 5, true, 1_000, Optional.of("price_1"))) : List.of(once);
        return new Sale(order, "MQTT Server", Optional.empty(), lines, "EUR", 1_000, "anna@plant.example", URI.create("https://plant.example/license"));
    }
}
