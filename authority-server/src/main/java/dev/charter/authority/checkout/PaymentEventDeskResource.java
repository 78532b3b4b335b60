package dev.charter.authority.checkout;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Needs;
import dev.charter.authority.access.Scope;
import dev.charter.authority.checkout.PaymentEvents.Place;
import dev.charter.authority.checkout.PaymentEvents.Seen;
import dev.charter.authority.checkout.PaymentEvents.State;
import dev.charter.server.web.Rejected;
import dev.charter.store.IssuerTime;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What payment providers told of, over HTTP, for the vendor.
@RestController
@RequestMapping("/admin/v1/payment-events")
class PaymentEventDeskResource {
    private static final int MOST_ON_A_PAGE = 200;

    private final PaymentEvents events;
    private final IssuerTime clock;

    PaymentEventDeskResource(PaymentEvents events, IssuerTime clock) {
        this.events = events;
        this.clock = clock;
    }

    /// An event as the desk sees it.
    ///
    /// @param order the order's ID, as far as the event names it
    /// @param payment the payment's name at the provider, where it does not
    /// @param attempts that did not succeed
    /// @param nextAt when it is tried again
    /// @param problem why the last attempt did not succeed
    record PaymentEventView(String id, String provider, String kind, Optional<String> order, Optional<String> payment, String state, int attempts, Instant receivedAt, Optional<Instant> nextAt,
                            Optional<String> problem) {
        static PaymentEventView of(Seen seen) {
            var event = seen.event();
            return new PaymentEventView(event.id(), event.provider(), event.kind(), event.order(), event.payment(), seen.state().name().toLowerCase(Locale.ROOT), seen.attempts(), seen.receivedAt(), seen.nextAt(),
                    seen.problem());
        }
    }

    /// @param next where the next page begins; without it there is none
    record PaymentEventsPage(List<PaymentEventView> events, Optional<String> next) {}

    @GetMapping
    @Needs(Scope.ORDERS_READ)
    PaymentEventsPage page(@RequestParam(defaultValue = "failed") String state, @RequestParam(defaultValue = "50") int limit, @RequestParam Optional<String> after) {
        if (limit < 1 || limit > MOST_ON_A_PAGE) {
            throw Rejected.malformed("A page has 1 to " + MOST_ON_A_PAGE + " events.");
        }
        var found = events.page(state(state), after.map(PaymentEventDeskResource::place), limit + 1);
        var shown = found.subList(0, Math.min(limit, found.size()));
        var next = found.size() > limit ? Optional.of(shown.getLast().receivedAt().toEpochMilli() + "." + shown.getLast().event().id()) : Optional.<String>empty();
        return new PaymentEventsPage(shown.stream().map(PaymentEventView::of).toList(), next);
    }

    /// Has one looked at again that was given up. One that was looked at already stays as it is.
    @PostMapping("/{id}/again")
    @Needs(Scope.ORDERS_WRITE)
    PaymentEventView again(Caller caller, @PathVariable String id) {
        caller.require(Scope.ORDERS_WRITE);
        events.again(id, clock.instant());
        return events.byId(id).map(PaymentEventView::of).orElseThrow(() -> Rejected.unknown("There is no event \"" + id + "\"."));
    }

    private static State state(String text) {
        return switch (text) {
            case "waiting" -> State.WAITING;
            case "done" -> State.DONE;
            case "failed" -> State.FAILED;
            default -> throw Rejected.malformed("\"state\" is waiting, done or failed.");
        };
    }

    private static Place place(String text) {
        if (!text.matches("[0-9]{1,15}\\.[0-9A-Za-z_-]{1,255}")) {
            throw Rejected.malformed("\"after\" is what a page says under \"next\".");
        }
        int dot = text.indexOf('.');
        return new Place(Instant.ofEpochMilli(Long.parseLong(text.substring(0, dot))), text.substring(dot + 1));
    }
}
