package dev.charter.client;

import dev.charter.format.DocumentRejected;
import dev.charter.format.Flaw;
import dev.charter.format.KeyId;
import dev.charter.format.Locator;
import dev.charter.format.Purpose;
import dev.charter.format.Refusal;
import dev.charter.format.RefusalCode;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageLicense;
import dev.charter.format.UsageRequest;
import dev.charter.format.Verifier;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Takes the answer to a usage request, by whatever way it came: it is verified before anything changes, and what changes is one step on disk.
final class Answers {
    private final Settings settings;
    private final HostFolder folder;
    private final Verifier verifier;
    private final Reckoning reckoning;
    private final Licensing licensing;

    Answers(Settings settings, HostFolder folder, Verifier verifier, Reckoning reckoning, Licensing licensing) {
        this.settings = settings;
        this.folder = folder;
        this.verifier = verifier;
        this.reckoning = reckoning;
        this.licensing = licensing;
    }

    /// Which seat is wanted from here on, where the answer is a lease.
    interface Wanted {
        /// @param locator of the license key that it was asked for with
        SeatOf seat(UsageLicense lease, Optional<Locator> locator);
    }

    /// Throws [DocumentRejected] for what is no authentic answer to that request.
    Activation take(Pending pending, SignedDocument answer, Wanted seat) throws IOException {
        return switch (answer.claimedKind()) {
            case USAGE_LICENSE -> install(pending, verifier.answer(answer, pending.request()).content(), answer, seat);
            case REFUSAL -> refused(pending, refusal(pending, answer), answer);
            default -> throw new DocumentRejected(Flaw.WRONG_KIND, "A " + answer.claimedKind().documentName().replace('-', ' ') + " is no answer to a usage request.");
        };
    }

    private Refusal refusal(Pending pending, SignedDocument answer) {
        return (answer.pool().isPresent() ? verifier.leaseRefusal(answer, pending.request()) : verifier.refusal(answer, pending.request().digest())).content();
    }

    private Activation install(Pending pending, UsageLicense license, SignedDocument document, Wanted wanted) throws IOException {
        var key = license.host().keys().id();
        if (!license.product().equals(settings.product())) {
            throw new DocumentRejected(Flaw.OTHER_REQUEST, "This usage license is for another product, " + license.product() + ".");
        }
        if (folder.key(key).isEmpty()) {
            throw new DocumentRejected(Flaw.OTHER_HOST, "The key that this usage license is bound to is no longer on this host. Make a new request.");
        }
        var shift = Reckoning.aheadBy(pending.madeAt(), license.issuedAt(), Reckoning.tolerance(document));
        var moved = shift.minus(Reckoning.behindBy(reckoning.now().minus(shift), license.issuedAt(), document)); // so that what has passed since it was asked for stays what it is
        var now = reckoning.now().minus(moved);
        var tooLate = OpenLetter.tooLate(license, now);
        if (tooLate.isPresent()) {
            return new Activation.NotPossible(tooLate.get());
        }
        var present = licensing.facts().license().filter(l -> licensing.facts().tombstone().isEmpty());
        // A letter may have been overtaken by an answer that is newer.
        boolean overtaken = document.pool().isEmpty() && present.filter(l -> l.license().id().equals(license.license().id()) && l.host().keys().equals(license.host().keys())
                && l.issuedAt().isAfter(license.issuedAt())).isPresent();
        var locator = locator(pending, document);
        var held = new Held(document, locator, pending.madeAt().minus(moved));
        var seat = license.lease().map(lease -> wanted.seat(license, locator));
        folder.keep(standing -> {
            var answered = standing.earlierBy(shift).answered(pending.request(), now, verifier.trustStatement());
            return overtaken ? answered : answered.holding(held, key, seat);
        });
        licensing.settle(shift, now);
        dropUnusedKeys();
        licensing.changed();
        return new Activation.Activated(overtaken ? present.get() : license);
    }

    /// Of the license key that the license was asked for with; a seat of a floating server has none.
    private Optional<Locator> locator(Pending pending, SignedDocument document) {
        if (document.pool().isPresent()) {
            return Optional.empty();
        }
        if (pending.content().license() instanceof UsageRequest.LicenseName.ByLocator named) {
            return Optional.of(named.locator());
        }
        var id = ((UsageRequest.LicenseName.ById) pending.content().license()).licenseId();
        boolean another = licensing.facts().license().filter(held -> !held.license().id().equals(id)).isPresent();
        return another ? Optional.empty() : folder.standing().held().flatMap(Held::locator).or(() -> folder.standing().seat().flatMap(SeatOf::locator));
    }

    private void dropUnusedKeys() throws IOException {
        var asking = Stream.concat(folder.standing().pendings().map(Pending::content), folder.orders().stream().filter(order -> !order.done()).map(HeldOrder::content));
        folder.keepOnlyKeys(asking.map(request -> request.host().keys().id()).collect(Collectors.toSet()));
    }

    private Activation refused(Pending pending, Refusal refusal, SignedDocument document) throws IOException {
        var shift = Reckoning.aheadBy(pending.madeAt(), refusal.issuedAt(), Reckoning.tolerance(document));
        var now = reckoning.now().minus(shift);
        var asker = pending.content().host().keys().id();
        folder.keep(standing -> {
            var answered = standing.earlierBy(shift).answered(pending.request(), now, verifier.trustStatement());
            return refusal.code() == RefusalCode.REQUEST_SUPERSEDED ? isKnownAs(asker) ? answered.nowBehind(asker) : answered
                    : document.pool().isPresent() ? answered : refusedByVendor(answered, pending, refusal, document);
        });
        if (!isKnownAs(asker) && (refusal.code() == RefusalCode.RELEASED || refusal.code() == RefusalCode.REQUEST_SUPERSEDED)) {
            folder.dropKey(asker); // made to take the place of another, and outdated before it did
        }
        licensing.settle(shift, Reckoning.earliest(refusal.issuedAt(), document));
        licensing.changed();
        return new Activation.Refused(refusal.code(), refusal.message());
    }

    /// What the vendor says concerns the license itself. A floating server speaks about a seat only, and what it has signed runs to its end.
    private Standing refusedByVendor(Standing answered, Pending pending, Refusal refusal, SignedDocument document) {
        var asker = pending.content().host().keys().id();
        boolean concerns = concernsHeldLicense(pending, refusal);
        return switch (refusal.code()) {
            case LICENSE_SUSPENDED, LICENSE_REVOKED -> concerns ? answered.refused(document) : answered;
            // The grace counts from the first one; a later one does not lengthen it.
            case LICENSE_EXPIRED -> concerns && !hasExpired() ? answered.refused(document) : answered;
            // A lease that has ended may be had anew; asking for that tells whether the host was fenced.
            case RELEASED -> pending.content().purpose() == Purpose.RENEW || !isKnownAs(asker) ? answered : concerns ? answered.refused(document) : answered.nowBehind(asker);
            default -> answered;
        };
    }

    private boolean hasExpired() {
        return licensing.facts().refusal().filter(refusal -> refusal.code() == RefusalCode.LICENSE_EXPIRED).isPresent();
    }

    private boolean isKnownAs(KeyId asker) {
        return folder.currentKey().filter(key -> key.keys().id().equals(asker)).isPresent();
    }

    private boolean concernsHeldLicense(Pending pending, Refusal refusal) {
        var held = licensing.facts().license();
        if (held.isEmpty()) {
            return false;
        }
        var id = held.get().license().id();
        var asked = pending.content().license();
        return refusal.license().filter(id::equals).isPresent()
                || asked instanceof UsageRequest.LicenseName.ById named && named.licenseId().equals(id)
                || asked instanceof UsageRequest.LicenseName.ByLocator byKey && folder.standing().held().flatMap(Held::locator).filter(byKey.locator()::equals).isPresent();
    }
}
