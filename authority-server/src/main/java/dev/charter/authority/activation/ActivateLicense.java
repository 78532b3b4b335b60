package dev.charter.authority.activation;

import dev.charter.authority.activation.Activations.Found;
import dev.charter.authority.fault.FailPoint;
import dev.charter.authority.identity.Identifiers;
import dev.charter.format.RefusalCode;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/// Binds a license to one host and hands back the usage license that the host will carry.
/// The same host asking again takes up no further activation; the same machine under a new key takes the place of its older self.
final class ActivateLicense {
    private static final Exchange.Steps STEPS = new Exchange.Steps(FailPoint.ACTIVATE_RECEIVED, FailPoint.ACTIVATE_DECIDED, FailPoint.ACTIVATE_SIGNED, FailPoint.ACTIVATE_COMMITTED);

    private final Exchange exchange;
    private final Activations activations;
    private final Identifiers identifiers;
    private final GivePool givePool;

    ActivateLicense(Exchange exchange, Activations activations, GivePool givePool, Identifiers identifiers) {
        this.exchange = exchange;
        this.activations = activations;
        this.identifiers = identifiers;
        this.givePool = givePool;
    }

    Outcome handle(Asked asked, Along along) {
        return exchange.answer(asked, this::decide, STEPS, along);
    }

    /// What it would answer now.
    Foreseen foresee(Asked asked) {
        return exchange.foresee(asked, this::decide);
    }

    private Decision decide(Found found, Asked asked, Instant now) {
        return Rules.otherLicense(found, asked)
                .or(() -> found.latest().flatMap(activation -> outOfOrder(found, activation, asked)))
                .or(() -> Rules.unusable(found.license(), now))
                .orElseGet(() -> found.latest().filter(Activation::isActive).map(activation -> again(found, activation, asked, now) instanceof Decision.Renew renew ? givePool.again(renew, asked, now) : Decision.Refuse.because(RefusalCode.HOST_MISMATCH, found.license()))
                        .orElseGet(() -> forTheFirstTime(found, asked, now)));
    }

    /// Where the request stands among those of this host and license.
    static Optional<Decision> outOfOrder(Found found, Activation latest, Asked asked) {
        long sequence = asked.request().sequence();
        if (!latest.isActive()) {
            // Who gave its activation back may activate again. Who was taken over, or reported destroyed, is fenced: its machine goes on under another key.
            boolean mayComeBack = latest.state() == ActivationState.RELEASED && sequence > latest.activateSequence();
            return mayComeBack ? Optional.empty()
                    : Optional.of(latest.isFenced() ? Decision.Refuse.returned(latest, found.license()) : Decision.Refuse.because(RefusalCode.RELEASED, found.license()));
        }
        if (found.answer().isPresent()) {
            return Optional.of(new Decision.Repeat(found.answer().get()));
        }
        if (sequence == latest.activateSequence()) {
            return Optional.of(Decision.Refuse.seenTwice(latest, found.license()));
        }
        // A lower one is a letter that was overtaken by a newer one.
        return sequence > latest.activateSequence() ? Optional.empty() : Optional.of(Decision.Refuse.because(RefusalCode.REQUEST_SUPERSEDED, found.license()));
    }

    static Decision again(Found found, Activation activation, Asked asked, Instant now) {
        return activation.fits(asked.request().host()) ? new Decision.Renew(found.license(), activation, activation.answered(found.license(), asked, now))
                : Decision.Refuse.because(RefusalCode.HOST_MISMATCH, found.license());
    }

    private Decision forTheFirstTime(Found found, Asked asked, Instant now) {
        var license = found.license();
        var rivals = activations.rivals(license, asked.host(), asked.request().host().fingerprint(), now);
        if (rivals.otherLicense().isPresent()) {
            return Decision.Refuse.because(RefusalCode.ALREADY_LICENSED, license);
        }
        var fingerprint = asked.request().host().fingerprint();
        var olderSelf = rivals.lookalikes().stream().filter(other -> Factors.sameInstallation(other, fingerprint))
                .max(Comparator.comparingInt((Activation other) -> other.fingerprint().matching(fingerprint)).thenComparing(Activation::activatedAt, Comparator.reverseOrder()));
        var activation = Activation.of(identifiers.next("act"), license, asked, found.latest().map(Activation::refreshSequence).orElse(0L), now);
        if (olderSelf.isPresent()) {
            int allowed = license.terms().allowance().count() - rivals.restored();
            return allowed > 0 ? givePool.inPlaceOf(new Decision.TakeOver(license, activation, olderSelf.get(), 1), allowed, asked, now)
                    : Decision.Refuse.because(RefusalCode.ALLOWANCE_EXHAUSTED, license);
        }
        return givePool.first(new Decision.Take(license, activation), asked, now);
    }
}
