package dev.charter.authority.checkout;

import dev.charter.authority.access.Open;
import dev.charter.authority.fault.FailPoint;
import dev.charter.authority.fault.FailPoints;
import dev.charter.server.web.Rejected;
import dev.charter.store.IssuerTime;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/// Where Stripe posts its events. They are kept and answered at once; what they mean is found out after that.
@RestController
class PaymentEventResource {
    private final StripeWebhook stripe;
    private final PaymentEvents events;
    private final IssuerTime clock;
    private final FailPoints failPoints;

    PaymentEventResource(StripeWebhook stripe, PaymentEvents events, IssuerTime clock, FailPoints failPoints) {
        this.stripe = stripe;
        this.events = events;
        this.clock = clock;
        this.failPoints = failPoints;
    }

    @PostMapping("/v1/payment-events/stripe")
    @Open
    ResponseEntity<Void> stripe(@RequestBody byte[] body, @RequestHeader("Stripe-Signature") Optional<String> signature) {
        var verifying = stripe.events().orElseThrow(() -> Rejected.unknown("Stripe takes no money for this authority."));
        var event = verifying.signed(body, signature.orElse(""));
        event.ifPresent(kept -> events.keep(List.of(kept), clock.instant()));
        failPoints.reach(FailPoint.ORDER_NOTIFIED);
        return ResponseEntity.noContent().build();
    }
}
