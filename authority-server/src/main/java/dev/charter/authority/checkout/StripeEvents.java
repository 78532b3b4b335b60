package dev.charter.authority.checkout;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import dev.charter.authority.settings.CheckoutSettings;
import dev.charter.server.settings.Secret;
import dev.charter.server.web.Rejected;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Events as Stripe sends them. The signature is verified on the bytes as they came; of what they say only the names are taken by which the order is found.
final class StripeEvents {
    /// Those that an order can change by.
    static final List<String> KINDS = List.of("checkout.session.completed", "checkout.session.async_payment_succeeded", "checkout.session.async_payment_failed", "checkout.session.expired",
            "charge.refunded", "charge.refund.updated", "refund.created", "refund.updated", "refund.failed", "charge.dispute.created", "charge.dispute.updated", "charge.dispute.closed",
            "charge.dispute.funds_withdrawn", "charge.dispute.funds_reinstated", "invoice.paid", "invoice.payment_failed", "customer.subscription.updated", "customer.subscription.deleted");
    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z_-]{1,255}");

    private final List<Secret> secrets;
    private final InstantSource clock;
    private final JsonMapper json;

    /// @param clock the machine's: an event whose signature is older than five minutes is refused
    StripeEvents(CheckoutSettings.Stripe settings, InstantSource clock, JsonMapper json) {
        this.secrets = settings.webhookSecrets();
        this.clock = clock;
        this.json = json;
    }

    /// The event, if it is one that an order can change by.
    ///
    /// @throws Rejected when Stripe has not signed it
    Optional<PaymentEvent> signed(byte[] body, String signature) {
        var text = new String(body, StandardCharsets.UTF_8);
        if (secrets.stream().noneMatch(secret -> holds(text, signature, secret))) {
            throw Rejected.malformed("The signature of this event does not hold.");
        }
        try {
            var event = json.readTree(text);
            return of(event.path("id").asString(""), event.path("type").asString(""), event.path("data").path("object"));
        } catch (JacksonException damaged) {
            throw Rejected.malformed("This is no event.");
        }
    }

    private boolean holds(String text, String signature, Secret secret) {
        try {
            return Webhook.Signature.verifyHeader(text, signature, secret.revealSecret(), Webhook.DEFAULT_TOLERANCE, clock.withZone(ZoneOffset.UTC));
        } catch (SignatureVerificationException forged) {
            return false;
        }
    }

    /// An event that was fetched.
    Optional<PaymentEvent> of(String id, String kind, String object) {
        return of(id, kind, json.readTree(object));
    }

    private static Optional<PaymentEvent> of(String id, String kind, JsonNode object) {
        if (!KINDS.contains(kind) || !NAME.matcher(id).matches()) {
            return Optional.empty();
        }
        var bill = object.path("parent").path("subscription_details");
        var order = name(object.path("client_reference_id")).or(() -> name(object.path("metadata").path("order"))).or(() -> name(bill.path("metadata").path("order")));
        var payment = kind.startsWith("customer.subscription.") ? name(object.path("id")) : name(object.path("payment_intent")).or(() -> name(bill.path("subscription")));
        return order.isEmpty() && payment.isEmpty() ? Optional.empty() : Optional.of(new PaymentEvent(id, "stripe", kind, order, payment));
    }

    private static Optional<String> name(JsonNode node) {
        return node.isString() && NAME.matcher(node.asString()).matches() ? Optional.of(node.asString()) : Optional.empty();
    }
}
