package dev.charter.client;

import dev.charter.format.Entitlement;
import dev.charter.format.Fingerprint;
import dev.charter.format.LeaseProfile;
import dev.charter.format.Refusal;
import dev.charter.format.RefusalCode;
import dev.charter.format.UsageLicense;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/// What all that is known amounts to at one moment. Nothing here reads a clock or a file: the same facts give the same snapshot.
final class Assessment {
    /// From when on the end of a term is announced.
    private static final Duration ENDING_SOON = Duration.ofDays(30);
    /// A clock may be set wrong by so little without a word.
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    private final Facts facts;
    private final UsageLicense license;
    private final Instant now;

    /// What is known, verified.
    ///
    /// @param standing as it is on disk
    /// @param license the content of the usage license, verified
    /// @param refusal the content of the refusal, verified
    /// @param tombstone the newest release: of that license, or the newest of all where there is no license
    /// @param unusable why what is on disk cannot be used
    /// @param fingerprint the machine's, once it was read
    /// @param trial what a trial grants, where the product can be tried
    record Facts(Standing standing, Optional<UsageLicense> license, Optional<Refusal> refusal, Optional<Tombstone> tombstone, Optional<String> unusable,
                 Optional<Fingerprint> fingerprint, Optional<TrialOffer> trial) {}

    private Assessment(Facts facts, UsageLicense license, Instant now) {
        this.facts = facts;
        this.license = license;
        this.now = now;
    }

    static Snapshot of(Facts facts, Instant now, Instant wall) {
        var licensed = ofLicense(facts, now, wall);
        return licensed.state() instanceof LicenseState.InForce ? licensed : trial(facts).map(trial -> tried(licensed, trial, facts, now)).orElse(licensed);
    }

    /// The newest trial, unless a license was given back since: then that is what is to be seen.
    private static Optional<LicenseState.Trial> trial(Facts facts) {
        var released = facts.tombstone().map(tombstone -> tombstone.content().releasedAt());
        return facts.standing().trial().filter(trial -> facts.trial().isPresent() && released.filter(trial.startedAt()::isBefore).isEmpty());
    }

    /// While it runs, a trial hides that there is no license in force. When it is over, it hides only that there never was one or that it was given back.
    private static Snapshot tried(Snapshot licensed, LicenseState.Trial trial, Facts facts, Instant now) {
        if (now.isBefore(trial.endsAt())) {
            var features = facts.trial().map(TrialOffer::features).orElse(Set.of());
            return new Snapshot(trial, licensed.state(), features, Map.of(), Optional.empty(), false);
        }
        boolean withoutLicense = licensed.state() instanceof LicenseState.NeverLicensed || licensed.state() instanceof LicenseState.Released;
        return withoutLicense ? new Snapshot(new LicenseState.TrialOver(trial.endsAt()), licensed.state(), Set.of(), Map.of(), Optional.empty(), licensed.configurationLocked()) : licensed;
    }

    private static Snapshot ofLicense(Facts facts, Instant now, Instant wall) {
        if (facts.unusable().isPresent()) {
            return Snapshot.grantingNothing(new LicenseState.Damaged(facts.unusable().get()));
        }
        if (facts.tombstone().isPresent()) {
            var tombstone = facts.tombstone().get();
            var release = tombstone.content();
            return Snapshot.grantingNothing(new LicenseState.Released(release.license(), release.releasedAt(), tombstone.release(), tombstone.acknowledged(),
                    tombstone.lease().map(Tombstone.OfServer::server)));
        }
        if (facts.license().isEmpty()) {
            return Snapshot.grantingNothing(new LicenseState.NeverLicensed(facts.standing().activation().map(Pending::madeAt)));
        }
        return new Assessment(facts, facts.license().get(), now).assess(wall);
    }

    private Snapshot assess(Instant wall) {
        var state = state(wall);
        return state instanceof LicenseState.InForce ? granting(state) : Snapshot.grantingNothing(state);
    }

    private LicenseState state(Instant wall) {
        var machine = facts.fingerprint().filter(present -> license.host().fingerprint().matching(present) < license.factorsRequired());
        if (machine.isPresent()) {
            return otherMachine(machine.get());
        }
        var refusal = facts.refusal().orElse(null);
        if (refusal != null && refusal.code() == RefusalCode.LICENSE_SUSPENDED) {
            return new LicenseState.Suspended(license, refusal);
        }
        if (refusal != null && refusal.code() == RefusalCode.LICENSE_REVOKED) {
            return new LicenseState.Revoked(license, refusal);
        }
        if (refusal != null && refusal.code() == RefusalCode.RELEASED) {
            return new LicenseState.Fenced(license, refusal);
        }
        // A floating server leases nothing before the term begins, and by its clock it has.
        if (!facts.standing().holdsFloating() && now.isBefore(license.license().term().from())) {
            return new LicenseState.NotStarted(license);
        }
        var limited = withoutEmergency();
        if (limited.isEmpty()) {
            return inFull(wall);
        }
        return emergencyRuns() ? emergency() : limited.get();
    }

    /// Whether the license, for itself, is over or limited at that moment: what an emergency is for.
    static boolean isLimited(Facts facts, Instant now) {
        return facts.license().map(license -> new Assessment(facts, license, now).withoutEmergency().isPresent()).orElse(false);
    }

    private Optional<LicenseState> withoutEmergency() {
        var lease = license.lease();
        var asked = facts.standing().held().map(Held::askedAt).orElse(license.issuedAt());
        var leaseEnd = lease.map(profile -> asked.plus(profile.end()));
        if (leaseEnd.filter(this::reached).isPresent()) {
            return Optional.of(ended(LicenseState.Cause.LEASE, leaseEnd.get()));
        }
        for (var cause : new LicenseState.Cause[] {LicenseState.Cause.TERM, LicenseState.Cause.NO_CONTACT}) {
            var over = end(cause).map(end -> end.plus(grace()));
            if (over.filter(this::reached).isPresent()) {
                return Optional.of(ended(cause, over.get()));
            }
        }
        for (var cause : new LicenseState.Cause[] {LicenseState.Cause.TERM, LicenseState.Cause.NO_CONTACT}) {
            var end = end(cause);
            if (end.filter(this::reached).isPresent()) {
                return Optional.of(new LicenseState.Grace(license, behind(), cause, end.get(), end.get().plus(grace()), emergencyDaysLeft()));
            }
        }
        var degraded = lease.map(LeaseProfile::degradedAfter).map(asked::plus);
        return degraded.filter(this::reached)
                .map(since -> new LicenseState.Degraded(license, behind(), since, leaseEnd.orElse(since), emergencyDaysLeft()));
    }

    private LicenseState inFull(Instant wall) {
        if (wall.plus(CLOCK_TOLERANCE).isBefore(issued())) {
            return new LicenseState.ClockBehind(license, behind(), wall);
        }
        var ends = end(LicenseState.Cause.TERM);
        if (ends.isPresent() && reached(ends.get().minus(ENDING_SOON))) {
            return new LicenseState.EndingSoon(license, behind(), ends.get(), ends.get().plus(grace()));
        }
        return new LicenseState.Licensed(license, behind());
    }

    /// A floating server's clock may be as wrong as this one, so it is not held against it.
    private Instant issued() {
        return facts.standing().held().map(held -> Reckoning.earliest(license.issuedAt(), held.document())).orElse(license.issuedAt());
    }

    /// When the term ends, or the time without contact.
    private Optional<Instant> end(LicenseState.Cause cause) {
        if (cause == LicenseState.Cause.NO_CONTACT) {
            var contact = facts.standing().contactAt().filter(at -> at.isAfter(license.issuedAt())).orElse(license.issuedAt());
            return license.license().refreshHorizon().map(contact::plus);
        }
        // A signed LICENSE_EXPIRED says that the vendor has shortened the term since this usage license was issued.
        var expired = facts.refusal().filter(refusal -> refusal.code() == RefusalCode.LICENSE_EXPIRED).map(Refusal::issuedAt);
        var until = license.license().term().until();
        return expired.isPresent() && until.filter(end -> end.isBefore(expired.get())).isEmpty() ? expired : until;
    }

    private Duration grace() {
        return license.license().grace();
    }

    private LicenseState ended(LicenseState.Cause cause, Instant since) {
        return new LicenseState.Ended(license, cause, since, emergencyDaysLeft());
    }

    private boolean emergencyRuns() {
        return facts.standing().emergencyUntil().filter(now::isBefore).isPresent();
    }

    private LicenseState emergency() {
        var days = facts.standing().emergencyDays().stream().filter(day -> day.license().equals(license.license().id())).toList();
        var last = days.get(days.size() - 1);
        return new LicenseState.Emergency(license, behind(), last.startedBy(), last.emergencySince(), days.size(), license.license().emergencyDays(),
                facts.standing().emergencyUntil().orElse(now));
    }

    private int emergencyDaysLeft() {
        return Math.max(0, license.license().emergencyDays() - (int) facts.standing().emergencyDaysOf(license.license().id()));
    }

    private boolean behind() {
        return facts.standing().behind();
    }

    private boolean reached(Instant boundary) {
        return !now.isBefore(boundary);
    }

    private LicenseState otherMachine(Fingerprint present) {
        var marks = new TreeMap<String, Boolean>();
        license.host().fingerprint().factors().forEach((name, value) -> marks.put(name, Optional.ofNullable(present.factors().get(name)).filter(value::equals).isPresent()));
        return new LicenseState.OtherMachine(license, java.util.Collections.unmodifiableSortedMap(marks), license.host().fingerprint().matching(present), license.factorsRequired());
    }

    private Snapshot granting(LicenseState state) {
        // After the end, what was granted in the last second of the term goes on: grace and emergency add no features and take none away.
        var moment = end(LicenseState.Cause.TERM).filter(this::reached).map(end -> end.minusSeconds(1)).orElse(now);
        var features = new HashSet<String>();
        var limits = new HashMap<String, OptionalLong>();
        Optional<Instant> support = Optional.empty();
        for (var entitlement : license.entitlements()) {
            boolean holds = entitlement.ends().map(moment::isBefore).orElse(true);
            if (entitlement instanceof Entitlement.Support supported) {
                support = support.filter(until -> until.isAfter(supported.until())).or(() -> Optional.of(supported.until()));
            } else if (holds && entitlement instanceof Entitlement.Feature feature) {
                features.add(feature.name().intern()); // as the product's literals are: a question is answered without comparing letters
            } else if (holds && entitlement instanceof Entitlement.Meter meter) {
                limits.merge(meter.name(), meter.limit(), Assessment::more);
            }
        }
        return new Snapshot(state, state, features, limits, support, state instanceof LicenseState.Grace || state instanceof LicenseState.Degraded);
    }

    /// Of two grants of one meter the larger one holds; no limit is the largest.
    private static OptionalLong more(OptionalLong one, OptionalLong other) {
        return one.isEmpty() || other.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Math.max(one.getAsLong(), other.getAsLong()));
    }
}
