package dev.charter.authority.activation;

import dev.charter.authority.activation.Activations.Found;
import dev.charter.authority.activation.Activations.Kept;
import dev.charter.authority.fault.FailPoint;
import dev.charter.authority.fault.FailPoints;
import dev.charter.authority.identity.Identifiers;
import dev.charter.authority.license.Leasing;
import dev.charter.authority.license.License;
import dev.charter.authority.signing.Signatures;
import dev.charter.server.web.HttpProblem;
import dev.charter.server.web.Rejected;
import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.Refusal;
import dev.charter.format.RefusalCode;
import dev.charter.format.UsageLicense;
import dev.charter.store.CommitUnknown;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;

/// The way of every usage request, whatever it is for: look, decide, sign outside any lock, keep decision and exact bytes in one transaction whose conditions decide the race, and
/// only then answer. Where the race is lost, or the database could not say whether it kept the answer, it looks and decides again: the request's digest tells what became of it.
final class Exchange {
    private static final int MOST_TRIES = 32;
    private static final int RANDOM_PART_OF_USAGE_LICENSE_ID = 8;

    private final Activations activations;
    private final Admission admission;
    private final Signatures signatures;
    private final Identifiers identifiers;
    private final InstantSource clock;
    private final FailPoints failPoints;
    private final Count count;
    private final Cut.Knife knife = new Cut.Knife();

    Exchange(Activations activations, Admission admission, Signatures signatures, Identifiers identifiers, InstantSource clock, FailPoints failPoints, Count count) {
        this.activations = activations;
        this.admission = admission;
        this.signatures = signatures;
        this.identifiers = identifiers;
        this.clock = clock;
        this.failPoints = failPoints;
        this.count = count;
    }

    /// What one kind of request decides on its own, about a license that its host may know of.
    interface Rule {
        Decision decide(Found found, Asked asked, Instant now);
    }

    /// The fail points on the way.
    record Steps(FailPoint received, FailPoint decided, FailPoint signed, FailPoint committed) {}

    Outcome answer(Asked asked, Rule rule, Steps steps, Along along) {
        failPoints.reach(steps.received());
        return untilKept(() -> {
            var now = clock.instant();
            var decision = admission.admit(asked, activations.find(asked)).map(found -> rule.decide(found, asked, now)).orElseGet(Decision.Refuse::unknown);
            failPoints.reach(steps.decided());
            return switch (decision) {
                case Decision.Repeat(var document) -> {
                    count.repeated();
                    yield Optional.of(with(along, new Outcome.Granted(document)));
                }
                case Decision.Refuse refuse -> {
                    refuse.alarm().ifPresent(suspicion -> activations.raise(suspicion, asked, now));
                    yield Optional.of(with(along, refuse(refuse, asked.request().product(), asked.digest(), now)));
                }
                case Decision.Grant grant -> grant(grant, asked, now, steps, along).map(Outcome.Granted::new);
            };
        });
    }

    /// What it would answer now.
    Foreseen foresee(Asked asked, Rule rule) {
        var now = clock.instant();
        var found = admission.admit(asked, activations.find(asked));
        var answer = switch (found.map(known -> rule.decide(known, asked, now)).orElseGet(Decision.Refuse::unknown)) {
            case Decision.Repeat _ -> new Foreseen.Yes(Foreseen.Kind.REPEATED, found.map(known -> known.license().used()).orElse(0), Optional.empty());
            case Decision.Refuse refuse -> new Foreseen.No(refuse.code(), refuse.message());
            case Decision.Take take -> foreseen(Foreseen.Kind.NEW, take, asked);
            case Decision.TakeOver takeOver -> foreseen(Foreseen.Kind.TAKEOVER, takeOver, asked);
            case Decision.Renew renew -> foreseen(Foreseen.Kind.AGAIN, renew, asked);
        };
        return new Foreseen(found.map(Found::license), answer);
    }

    private static Foreseen.Yes foreseen(Foreseen.Kind kind, Decision.Grant grant, Asked asked) {
        return new Foreseen.Yes(kind, grant.used(), grant.activation().pool().map(share -> new Foreseen.InPool(share.seats(), asked.seatsWanted())));
    }

    /// Writes what goes along with an answer for which nothing else is kept.
    <T extends Outcome> T with(Along along, T answer) {
        if (along != Along.NOTHING) {
            activations.write(along, answer);
        }
        return answer;
    }

    private Optional<Bytes> grant(Decision.Grant grant, Asked asked, Instant now, Steps steps, Along along) {
        var id = grant.activation().usageLicenseId(identifiers.characters(RANDOM_PART_OF_USAGE_LICENSE_ID));
        var answer = knife.cut(signatures.sign(usageLicense(id, grant, asked, now)));
        failPoints.reach(steps.signed());
        if (activations.keep(grant, asked, id, answer, now, along) == Kept.OVERTAKEN) {
            return Optional.empty();
        }
        failPoints.reach(steps.committed());
        count.granted(grant, asked.request().purpose());
        return Optional.of(answer.whole());
    }

    Outcome.Refused refuse(Decision.Refuse refuse, String product, Digest request, Instant now) {
        count.refused(refuse.code());
        var refusal = new Refusal(now.truncatedTo(ChronoUnit.SECONDS), product, request, refuse.code(), refuse.message(), refuse.license());
        return new Outcome.Refused(refuse.code(), knife.cut(signatures.sign(refusal)).whole());
    }

    /// A refusal for a reason that is not decided here.
    Outcome.Refused refuse(RefusalCode code, String message, String product, Digest request, Optional<License> license) {
        return refuse(new Decision.Refuse(code, message, license.map(License::id), Optional.empty()), product, request, clock.instant());
    }

    /// Tries until something was answered, which is at once unless others are faster again and again.
    static Outcome untilKept(Supplier<Optional<? extends Outcome>> attempt) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            try {
                var outcome = attempt.get();
                if (outcome.isPresent()) {
                    return outcome.get();
                }
            } catch (CommitUnknown unknown) {
                if (tries + 1 == MOST_TRIES) {
                    throw unknown;
                }
            }
        }
        throw Rejected.until(HttpProblem.UNAVAILABLE, Duration.ofSeconds(1), "The license is being changed by others. Ask again.");
    }

    private static UsageLicense usageLicense(String id, Decision.Grant grant, Asked asked, Instant now) {
        var license = grant.license();
        var terms = license.terms();
        var sold = new UsageLicense.SoldLicense(license.id(), license.type(), terms.term(), Duration.ofDays(terms.graceDays()),
                terms.refreshHorizonDays().isPresent() ? Optional.of(Duration.ofDays(terms.refreshHorizonDays().getAsInt())) : Optional.empty(),
                terms.emergencyDays(), terms.overdraftSeats(), terms.allowance(), Math.min(grant.used(), license.places()), license.places());
        return new UsageLicense(id, now.truncatedTo(ChronoUnit.SECONDS), license.product(), license.buyer().name(), sold, asked.request().host(), grant.activation().factorsRequired(),
                asked.digest(), asked.request().sequence(), terms.entitlements(), asked.way() == Way.LETTER ? Optional.of(terms.installBefore(now)) : Optional.empty(),
                terms.leasing().filter(_ -> asked.forLease()).map(Leasing::profile), grant.activation().pool().map(share -> share.pool(license, grant.used(), asked.request().server())));
    }
}
