package dev.charter.authority.activation;

import dev.charter.authority.activation.Activations.Held;
import dev.charter.authority.activation.Activations.Kept;
import dev.charter.authority.fault.FailPoint;
import dev.charter.authority.fault.FailPoints;
import dev.charter.authority.signing.Signatures;
import dev.charter.server.web.Rejected;
import dev.charter.format.Bytes;
import dev.charter.format.RefusalCode;
import dev.charter.format.Release;
import dev.charter.format.Verified;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Takes an activation back from its host, and acknowledges it with the release's own payload under the authority's signatures.
final class ReleaseActivation {
    private final Exchange exchange;
    private final Activations activations;
    private final Signatures signatures;
    private final InstantSource clock;
    private final FailPoints failPoints;
    private final Count count;
    private final Cut.Knife knife = new Cut.Knife();

    ReleaseActivation(Exchange exchange, Activations activations, Signatures signatures, InstantSource clock, FailPoints failPoints, Count count) {
        this.exchange = exchange;
        this.activations = activations;
        this.signatures = signatures;
        this.clock = clock;
        this.failPoints = failPoints;
        this.count = count;
    }

    Outcome handle(Verified<Release> verified, Along along) {
        failPoints.reach(FailPoint.RELEASE_RECEIVED);
        var release = verified.content();
        var digest = verified.document().digest();
        var host = release.hostKeys().id();
        return Exchange.untilKept(() -> {
            var now = clock.instant();
            var held = activations.held(release, host, digest);
            failPoints.reach(FailPoint.RELEASE_DECIDED);
            if (held.flatMap(Held::acknowledgement).isPresent()) {
                count.repeated();
                return held.flatMap(Held::acknowledgement).map(bytes -> exchange.with(along, new Outcome.Granted(bytes)));
            }
            var refusal = refusal(held, release);
            return refusal.isPresent() ? Optional.of(exchange.with(along, exchange.refuse(refusal.get(), release.product(), digest, now)))
                    : take(held.orElseThrow(), verified, now, along).map(Outcome.Granted::new);
        });
    }

    /// What it would answer now.
    Foreseen foresee(Verified<Release> verified) {
        var release = verified.content();
        var held = activations.held(release, release.hostKeys().id(), verified.document().digest());
        var license = held.map(Held::license);
        if (held.flatMap(Held::acknowledgement).isPresent()) {
            return new Foreseen(license, new Foreseen.Yes(Foreseen.Kind.REPEATED, license.orElseThrow().used(), Optional.empty()));
        }
        return new Foreseen(license, refusal(held, release).<Foreseen.Answer>map(no -> new Foreseen.No(no.code(), no.message()))
                .orElseGet(() -> new Foreseen.Yes(Foreseen.Kind.RELEASE, license.orElseThrow().used() - held.orElseThrow().activation().counted(), Optional.empty())));
    }

    private static Optional<Decision.Refuse> refusal(Optional<Held> held, Release release) {
        if (held.isEmpty()) {
            return Optional.of(Decision.Refuse.unknown());
        }
        var license = held.get().license();
        if (!release.product().equals(license.product())) {
            return Optional.of(Decision.Refuse.because(RefusalCode.WRONG_PRODUCT, license));
        }
        // Whatever became of the license: what is given back is taken. A host that was reported destroyed and gives back what it held speaks the truth.
        return held.get().activation().isHeld() ? Optional.empty() : Optional.of(Decision.Refuse.because(RefusalCode.RELEASED, license));
    }

    /// How long the last lease of a pool runs on, as its server says.
    private static Optional<Duration> run(Release release) {
        return release.leasesUntil().map(until -> Duration.between(release.releasedAt(), until));
    }

    private Optional<Bytes> take(Held held, Verified<Release> verified, Instant now, Along along) {
        var acknowledgement = signatures.sign(verified.content());
        if (!acknowledgement.payloadText().equals(verified.document().payloadText())) {
            throw Rejected.malformed("The release holds more than this authority understands, and so cannot acknowledge. Update the authority.");
        }
        var answer = knife.cut(acknowledgement);
        failPoints.reach(FailPoint.RELEASE_SIGNED);
        if (activations.keep(held, GivePool.released(held.activation(), run(verified.content()), now), verified, answer, now, along) == Kept.OVERTAKEN) {
            return Optional.empty();
        }
        failPoints.reach(FailPoint.RELEASE_COMMITTED);
        count.released();
        return Optional.of(answer.whole());
    }
}
