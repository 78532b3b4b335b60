package dev.charter.authority.activation;

import dev.charter.authority.activation.Activations.Found;
import dev.charter.authority.fault.FailPoint;
import dev.charter.format.RefusalCode;
import java.time.Instant;
import java.util.Optional;

/// Hands a host that has its activation a usage license with what changed since; of a lease that moves the end on.
final class RefreshActivation {
    private static final Exchange.Steps STEPS = new Exchange.Steps(FailPoint.REFRESH_RECEIVED, FailPoint.REFRESH_DECIDED, FailPoint.REFRESH_SIGNED, FailPoint.REFRESH_COMMITTED);

    private final Exchange exchange;
    private final Activations activations;
    private final GivePool givePool;

    RefreshActivation(Exchange exchange, Activations activations, GivePool givePool) {
        this.exchange = exchange;
        this.activations = activations;
        this.givePool = givePool;
    }

    Outcome handle(Asked asked, Along along) {
        return exchange.answer(asked, this::decide, STEPS, along);
    }

    private Decision decide(Found found, Asked asked, Instant now) {
        return Rules.otherLicense(found, asked)
                .or(() -> outOfOrder(found, asked))
                .or(() -> Rules.unusable(found.license(), now))
                .orElseGet(() -> renewed(found, found.latest().orElseThrow(), asked, now));
    }

    private Optional<Decision> outOfOrder(Found found, Asked asked) {
        // A host that knows the license key and never had an activation has nothing to refresh either.
        if (found.latest().filter(Activation::isActive).isEmpty()) {
            return found.latest().filter(Activation::isFenced).<Decision>map(fenced -> Decision.Refuse.returned(fenced, found.license()))
                    .or(() -> Optional.of(Decision.Refuse.because(RefusalCode.RELEASED, found.license())));
        }
        if (found.answer().isPresent()) {
            return Optional.of(new Decision.Repeat(found.answer().get()));
        }
        var activation = found.latest().get();
        if (asked.request().sequence() > activation.refreshSequence()) {
            return Optional.empty();
        }
        // A host counts on with each request that it makes. One that is behind and asks something new is another one with the same key: a copy, or a snapshot that was restored.
        return Optional.of(activations.wasAnswered(asked.digest()) ? Decision.Refuse.because(RefusalCode.REQUEST_SUPERSEDED, found.license())
                : Decision.Refuse.seenTwice(activation, found.license()));
    }

    private Decision renewed(Found found, Activation activation, Asked asked, Instant now) {
        return activation.fits(asked.request().host()) ? givePool.again(new Decision.Renew(found.license(), activation, activation.answered(found.license(), asked, now)), asked, now)
                : Decision.Refuse.because(RefusalCode.HOST_MISMATCH, found.license());
    }
}
