package dev.charter.client;

import dev.charter.format.Refusal;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageLicense;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/// How a host stands with its license: one of a closed list, each with what a page needs to show it. Immutable.
///
/// On Java 21 and later, switch over the state itself; on Java 17, switch over its [#kind()]: both are exhaustive.
/// All instants are by the client's own reckoning of time, which clocks that are set back do not delay.
public sealed interface LicenseState {

    /// The same closed list as an enum.
    enum Kind {
        NEVER_LICENSED, TRIAL, TRIAL_OVER, LICENSED, ENDING_SOON, GRACE, EMERGENCY, DEGRADED, CLOCK_BEHIND, NOT_STARTED, ENDED, SUSPENDED, REVOKED,
        FENCED, RELEASED, OTHER_MACHINE, DAMAGED
    }

    /// Why something holds no longer.
    enum Cause {
        /// The license's term is over.
        TERM,
        /// The license asks for contact with the authority from time to time, and there was none for too long.
        NO_CONTACT,
        /// The lease was not renewed.
        LEASE
    }

    Kind kind();

    /// The states in which data flows: the features are granted.
    sealed interface InForce extends LicenseState permits Licensed, EndingSoon, Grace, Emergency, Degraded, ClockBehind {
        UsageLicense license();

        /// The authority has seen a newer request than this host remembers: this is a copy of another host, or a restored snapshot.
        /// It keeps working; activating it again with the license key puts it right.
        boolean behind();
    }

    /// The states in which there is a license, but it grants nothing now.
    sealed interface NotInForce extends LicenseState permits NotStarted, Ended, Suspended, Revoked, Fenced, OtherMachine {
        UsageLicense license();
    }

    /// There is no license here.
    ///
    /// @param waitingSince a request was made then and has no answer yet
    record NeverLicensed(Optional<Instant> waitingSince) implements LicenseState {
        @Override
        public Kind kind() {
            return Kind.NEVER_LICENSED;
        }
    }

    /// The product is tried without a license: the features that it names for that are granted, and stop all at once when the trial ends.
    ///
    /// @param startedAt when the trial was started
    /// @param endsAt when it is over
    record Trial(Instant startedAt, Instant endsAt) implements LicenseState {
        @Override
        public Kind kind() {
            return Kind.TRIAL;
        }
    }

    /// A trial was made and is over, and there is no license here. It may be started again.
    ///
    /// @param since when it ended
    record TrialOver(Instant since) implements LicenseState {
        @Override
        public Kind kind() {
            return Kind.TRIAL_OVER;
        }
    }

    /// All is well.
    record Licensed(UsageLicense license, boolean behind) implements InForce {
        @Override
        public Kind kind() {
            return Kind.LICENSED;
        }
    }

    /// All is well, and the term ends within 30 days.
    ///
    /// @param ends when the term ends
    /// @param dataUntil when the grace after it ends
    record EndingSoon(UsageLicense license, boolean behind, Instant ends, Instant dataUntil) implements InForce {
        @Override
        public Kind kind() {
            return Kind.ENDING_SOON;
        }
    }

    /// The time is over, data still flows, settings are locked.
    ///
    /// @param since when the grace began
    /// @param dataUntil when it ends
    /// @param emergencyDaysLeft how many days the administrator may start without asking anyone
    record Grace(UsageLicense license, boolean behind, Cause cause, Instant since, Instant dataUntil, int emergencyDaysLeft) implements InForce {
        @Override
        public Kind kind() {
            return Kind.GRACE;
        }
    }

    /// Running on emergency days.
    ///
    /// @param startedBy who started them
    /// @param startedAt when
    /// @param daysUsed how many are used altogether, the present one among them
    /// @param daysSigned how many the license signs
    /// @param dayEnds when the present one is over
    record Emergency(UsageLicense license, boolean behind, String startedBy, Instant startedAt, int daysUsed, int daysSigned, Instant dayEnds)
            implements InForce {
        @Override
        public Kind kind() {
            return Kind.EMERGENCY;
        }
    }

    /// A lease that could not be renewed: data still flows, settings are locked.
    record Degraded(UsageLicense license, boolean behind, Instant since, Instant dataUntil, int emergencyDaysLeft) implements InForce {
        @Override
        public Kind kind() {
            return Kind.DEGRADED;
        }
    }

    /// The machine's clock stands before the license was issued. Data flows: the client counts on from the latest time that it has seen.
    ///
    /// @param clockSays what the clock said when this was noticed
    record ClockBehind(UsageLicense license, boolean behind, Instant clockSays) implements InForce {
        @Override
        public Kind kind() {
            return Kind.CLOCK_BEHIND;
        }
    }

    /// The term has not begun.
    record NotStarted(UsageLicense license) implements NotInForce {
        @Override
        public Kind kind() {
            return Kind.NOT_STARTED;
        }
    }

    /// The license and its grace are over.
    ///
    /// @param since when the features stopped
    /// @param emergencyDaysLeft how many days the administrator may start without asking anyone
    record Ended(UsageLicense license, Cause cause, Instant since, int emergencyDaysLeft) implements NotInForce {
        @Override
        public Kind kind() {
            return Kind.ENDED;
        }
    }

    /// The vendor suspended the license; it can be reinstated.
    record Suspended(UsageLicense license, Refusal refusal) implements NotInForce {
        @Override
        public Kind kind() {
            return Kind.SUSPENDED;
        }
    }

    /// The vendor revoked the license.
    record Revoked(UsageLicense license, Refusal refusal) implements NotInForce {
        @Override
        public Kind kind() {
            return Kind.REVOKED;
        }
    }

    /// The activation was released or taken over elsewhere: the authority no longer counts this host.
    record Fenced(UsageLicense license, Refusal refusal) implements NotInForce {
        @Override
        public Kind kind() {
            return Kind.FENCED;
        }
    }

    /// Deactivated here.
    ///
    /// @param licenseId the license that was given up
    /// @param proof the signed release: who shows it proves that this host stopped
    /// @param acknowledged whether the issuer has confirmed it; until then it is sent again and again
    /// @param server the floating server whose seat it was; none: the license came from the vendor
    record Released(String licenseId, Instant releasedAt, SignedDocument proof, boolean acknowledged, Optional<URI> server) implements LicenseState {
        @Override
        public Kind kind() {
            return Kind.RELEASED;
        }
    }

    /// The license was issued for a machine with other marks.
    ///
    /// @param marks each mark of the license, and whether this machine has it
    /// @param matching how many match
    /// @param required how many must
    record OtherMachine(UsageLicense license, SortedMap<String, Boolean> marks, int matching, int required) implements NotInForce {
        @Override
        public Kind kind() {
            return Kind.OTHER_MACHINE;
        }
    }

    /// What is kept on this machine cannot be used.
    ///
    /// @param message what is damaged and what to do, for people
    record Damaged(String message) implements LicenseState {
        @Override
        public Kind kind() {
            return Kind.DAMAGED;
        }
    }
}
