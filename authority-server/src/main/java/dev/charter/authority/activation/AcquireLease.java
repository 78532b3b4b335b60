package dev.charter.authority.activation;

import dev.charter.authority.activation.Activations.Found;
import dev.charter.authority.fault.FailPoint;
import dev.charter.authority.identity.Identifiers;
import dev.charter.format.RefusalCode;
import java.time.Instant;

/// Gives a host a seat of a leased license, until an end that its host moves on by renewing. The same host asking again has its seat at once, as after a crash;
/// another host that names the same slot takes the seat over, as a container that was built anew, and the older holder is fenced.
final class AcquireLease {
    private static final Exchange.Steps STEPS = new Exchange.Steps(FailPoint.ACTIVATE_RECEIVED, FailPoint.ACTIVATE_DECIDED, FailPoint.ACTIVATE_SIGNED, FailPoint.ACTIVATE_COMMITTED);
    private static final String SLOT_TOO_OFTEN = "This slot's seat was taken over too often in a short time. It is free again when the older leases have ended. Stop products before they are built anew.";

    private final Exchange exchange;
    private final Activations activations;
    private final Identifiers identifiers;

    AcquireLease(Exchange exchange, Activations activations, Identifiers identifiers) {
        this.exchange = exchange;
        this.activations = activations;
        this.identifiers = identifiers;
    }

    Outcome handle(Asked asked, Along along) {
        return exchange.answer(asked, this::decide, STEPS, along);
    }

    private Decision decide(Found found, Asked asked, Instant now) {
        return Rules.otherLicense(found, asked)
                .or(() -> found.latest().flatMap(lease -> ActivateLicense.outOfOrder(found, lease, asked)))
                .or(() -> Rules.unusable(found.license(), now))
                .orElseGet(() -> found.latest().filter(Activation::isActive).map(lease -> ActivateLicense.again(found, lease, asked, now)).orElseGet(() -> another(found, asked, now)));
    }

    private Decision another(Found found, Asked asked, Instant now) {
        var license = found.license();
        var seats = activations.seats(license, asked.host(), asked.slot(), now);
        if (seats.otherLicense().isPresent()) {
            return Decision.Refuse.because(RefusalCode.ALREADY_LICENSED, license);
        }
        var lease = Activation.of(identifiers.next("act"), license, asked, found.latest().map(Activation::refreshSequence).orElse(0L), now);
        if (seats.slotHolder().isPresent()) {
            // The older holder may still be running, until its lease ends: so many may be at once as the license allows.
            return seats.fenced() < license.terms().allowance().count() ? new Decision.TakeOver(license, lease, seats.slotHolder().get(), 1)
                    : Decision.Refuse.because(RefusalCode.ALLOWANCE_EXHAUSTED, SLOT_TOO_OFTEN, license);
        }
        return license.hasFreePlace() || seats.over() > 0 ? new Decision.Take(license, lease) : Decision.Refuse.because(RefusalCode.NO_SEAT_FREE, license);
    }
}
