package dev.charter.authority.license;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Scope;
import dev.charter.authority.fault.FailPoint;
import dev.charter.authority.fault.FailPoints;
import dev.charter.format.LicenseType;
import dev.charter.format.json.JsonObject;
import dev.charter.server.web.HttpProblem;
import dev.charter.server.web.Rejected;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/// Changes a license: its terms, or whether it may be used. Its hosts get to know at their next contact.
public final class ChangeLicense {
    private static final int MOST_TRIES = 10;

    private final Licenses licenses;
    private final Granted granted;
    private final InstantSource clock;
    private final FailPoints failPoints;

    ChangeLicense(Licenses licenses, Granted granted, InstantSource clock, FailPoints failPoints) {
        this.licenses = licenses;
        this.granted = granted;
        this.clock = clock;
        this.failPoints = failPoints;
    }

    /// Changes the terms by a JSON merge patch (RFC 7396). A patch that changes nothing leaves the revision as it is.
    ///
    /// @param revision the revision that the caller has seen, if only that one may be changed
    /// @throws Rejected when there is no such license, it has another revision, the patch is not possible, or more activations are in use than would be left
    public License patch(Caller caller, String id, JsonObject patch, OptionalLong revision) {
        return change(caller, id, license -> {
            if (revision.isPresent() && revision.getAsLong() != license.revision()) {
                throw Rejected.because(HttpProblem.CHANGED_MEANWHILE, "The license is at revision " + license.revision() + ", not " + revision.getAsLong() + ". Read it again, then decide.");
            }
            var terms = granted.terms(license.product(), license.type(), () -> Terms.fromJson(MergePatch.apply(license.terms().toJson(), patch)));
            // A floating server learns by its next request that it has fewer seats. Until then, and until its leases have ended, more count than are sold.
            if (license.type() != LicenseType.FLOATING && terms.places(license.type()) < license.used()) {
                throw Rejected.conflict(tooFew(license, terms.places(license.type())));
            }
            if (terms.equals(license.terms())) {
                return Licenses.Kept.YES;
            }
            failPoints.reach(FailPoint.CHANGE_DECIDED);
            return licenses.change(license, terms, caller.token(), clock.instant());
        });
    }

    static String tooFew(License license, int wanted) {
        return license.type() == LicenseType.LEASED ? license.used() + " seats of this license are taken. Stop products, or wait until their leases have ended, before you lower the number to " + wanted + "."
                : license.used() + " activations of this license are in use. Deactivate hosts before you lower the number to " + wanted + ".";
    }

    /// @throws Rejected when there is no such license, or it is not active
    public License suspend(Caller caller, String id, String reason) {
        return changeState(caller, id, () -> StateChange.suspend(reason));
    }

    /// @throws Rejected when there is no such license, or it is not suspended
    public License reinstate(Caller caller, String id) {
        return changeState(caller, id, StateChange::reinstate);
    }

    /// For good.
    ///
    /// @throws Rejected when there is no such license, or it is revoked already
    public License revoke(Caller caller, String id, String reason) {
        return changeState(caller, id, () -> StateChange.revoke(reason));
    }

    private License changeState(Caller caller, String id, Supplier<StateChange> wanted) {
        return change(caller, id, license -> {
            StateChange change;
            try {
                change = wanted.get();
            } catch (IllegalArgumentException malformed) {
                throw Rejected.malformed(Granted.sentence(malformed));
            }
            if (!change.from().contains(license.state())) {
                throw Rejected.conflict("The license is " + license.state().text() + ". It cannot become " + change.to().text() + ".");
            }
            failPoints.reach(FailPoint.CHANGE_DECIDED);
            return licenses.change(license, change, caller.token(), clock.instant());
        });
    }

    /// Decides on the license as it is; where somebody else has changed it before that was kept, decides again.
    private License change(Caller caller, String id, Function<License, Licenses.Kept> attempt) {
        caller.require(Scope.LICENSES_WRITE);
        failPoints.reach(FailPoint.CHANGE_RECEIVED);
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            if (attempt.apply(existing(id)) == Licenses.Kept.YES) {
                failPoints.reach(FailPoint.CHANGE_COMMITTED);
                return existing(id);
            }
        }
        throw Rejected.because(HttpProblem.CHANGED_MEANWHILE, "Others keep changing this license. Read it again, then decide.");
    }

    private License existing(String id) {
        return licenses.byId(id).orElseThrow(() -> Rejected.unknown("There is no license \"" + id + "\"."));
    }
}
