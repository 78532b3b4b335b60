package dev.charter.authority.checkout;

import dev.charter.authority.access.Open;
import dev.charter.authority.checkout.TestPayments.Act;
import dev.charter.authority.checkout.TestPayments.Checkout;
import dev.charter.authority.fault.FailPoint;
import dev.charter.authority.fault.FailPoints;
import dev.charter.server.web.Rejected;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// The pages of the test checkout. Where money is taken by somebody else there are none.
@RestController
class TestCheckoutResource {
    private final Optional<TestPayments> payments;
    private final FailPoints failPoints;

    TestCheckoutResource(Payments payments, FailPoints failPoints) {
        this.failPoints = failPoints;
        this.payments = payments instanceof TestPayments test ? Optional.of(test) : Optional.empty();
    }

    @GetMapping(path = "/test-checkout/{id}", produces = MediaType.TEXT_HTML_VALUE)
    @Open
    ResponseEntity<String> show(@PathVariable String id) {
        return ResponseEntity.ok().header(HttpHeaders.CACHE_CONTROL, "no-store").header("Content-Security-Policy", TestCheckoutPage.POLICY).body(TestCheckoutPage.of(found(test -> test.find(id))));
    }

    @PostMapping("/test-checkout/{id}/{act}")
    @Open
    ResponseEntity<Void> act(@PathVariable String id, @PathVariable String act) {
        var wanted = Arrays.stream(Act.values()).filter(known -> known.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(act)).findAny().orElseThrow(TestCheckoutResource::nothing);
        var checkout = found(test -> test.act(id, wanted));
        failPoints.reach(FailPoint.ORDER_NOTIFIED);
        return ResponseEntity.status(HttpStatus.SEE_OTHER).header(HttpHeaders.LOCATION, "/test-checkout/" + checkout.id()).build();
    }

    private Checkout found(Function<TestPayments, Optional<Checkout>> looking) {
        return payments.flatMap(looking).orElseThrow(TestCheckoutResource::nothing);
    }

    private static Rejected nothing() {
        return Rejected.unknown("There is no such checkout.");
    }
}
