package dev.charter.authority.license;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Scope;
import dev.charter.authority.fault.FailPoint;
import dev.charter.authority.fault.FailPoints;
import dev.charter.authority.identity.Identifiers;
import dev.charter.server.web.Rejected;
import dev.charter.format.LicenseKey;
import dev.charter.format.LicenseType;
import dev.charter.store.CommitUnknown;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// Sells a license: makes it, with a key of its own.
public final class IssueLicense {
    private static final int MOST_TRIES = 8;

    private final Licenses licenses;
    private final Granted granted;
    private final KeySafe keySafe;
    private final Identifiers identifiers;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final FailPoints failPoints;

    /// @param secure makes license keys, so it must be secure; it is used by many threads at once
    IssueLicense(Licenses licenses, Granted granted, KeySafe keySafe, Identifiers identifiers, RandomGenerator secure, InstantSource clock, FailPoints failPoints) {
        this.licenses = licenses;
        this.granted = granted;
        this.keySafe = keySafe;
        this.identifiers = identifiers;
        this.random = secure;
        this.clock = clock;
        this.failPoints = failPoints;
    }

    /// What is ordered.
    ///
    /// @param terms what is agreed on, given the moment of the issue
    public record Order(String product, String customer, LicenseType type, Function<Instant, Terms> terms) {}

    /// A license as it was issued.
    public record Issued(License license, LicenseKey key) {}

    /// Throws [Rejected] when there is no such product or customer, or the terms are not possible.
    public Issued handle(Caller caller, Order order) {
        caller.require(Scope.LICENSES_WRITE);
        failPoints.reach(FailPoint.ISSUE_RECEIVED);
        var now = clock.instant();
        var terms = granted.terms(order.product(), order.type(), () -> order.terms().apply(now));
        var buyer = licenses.buyer(order.customer()).orElseThrow(() -> Rejected.malformed("There is no customer \"" + order.customer() + "\"."));
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            var license = new License(identifiers.next("lic"), order.product(), buyer, order.type(), LicenseState.ACTIVE, Optional.empty(), 1, now, terms, 0);
            var key = LicenseKey.generate(random);
            failPoints.reach(FailPoint.ISSUE_DECIDED);
            if (keep(license, key, caller) == Licenses.Kept.YES) {
                failPoints.reach(FailPoint.ISSUE_COMMITTED);
                return new Issued(license, key);
            }
        }
        throw new IllegalStateException("the source of randomness repeats itself: " + MOST_TRIES + " new licenses had names that were taken");
    }

    private Licenses.Kept keep(License license, LicenseKey key, Caller caller) {
        try {
            return licenses.add(license, keySafe.hide(key.locator()), keySafe.seal(key, license.id()), caller.token());
        } catch (CommitUnknown unknown) {
            // Selling it once more would sell it twice. Nobody else makes this ID, so it tells what became of the commit; while the database is away, this throws in turn.
            if (licenses.byId(license.id()).isPresent()) {
                return Licenses.Kept.YES;
            }
            throw unknown;
        }
    }
}
