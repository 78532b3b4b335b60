package dev.charter.cli.host;

import dev.charter.cli.console.Console;
import dev.charter.client.LicenseState;
import dev.charter.client.LicenseState.Cause;
import dev.charter.format.UsageLicense;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A license's state in the words of the License page: what is, and what it means.
///
/// @param headline what is
/// @param meaning what it means for whoever depends on it
record StateWords(String headline, String meaning) {

    /// The state's name in JSON, such as `never-licensed`.
    static String name(LicenseState state) {
        return state.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static StateWords of(LicenseState state, Console console) {
        var when = console.when();
        return switch (state) {
            case LicenseState.NeverLicensed(var waiting) -> waiting
                    .map(since -> new StateWords("Waiting for the usage license", "A request was made at " + when.moment(since) + " and has no answer yet."))
                    .orElseGet(() -> new StateWords("This host is not licensed", "Its product grants nothing until it is."));
            case LicenseState.Trial trial -> new StateWords("Trial until " + when.moment(trial.endsAt()), "Everything works until then.");
            case LicenseState.TrialOver(var since) -> new StateWords("The trial has ended", "Its product grants nothing since " + when.moment(since) + ".");
            case LicenseState.Licensed licensed -> new StateWords("Licensed to " + licensed.license().customer(), "Everything that the license grants is in use.");
            case LicenseState.EndingSoon soon -> new StateWords("The license ends " + when.day(soon.ends()),
                    "Data flows until " + when.day(soon.dataUntil()) + "; from the end of the term on, settings are locked.");
            case LicenseState.Grace grace -> new StateWords(over(grace.cause(), when.day(grace.since())), "Data still flows until " + when.day(grace.dataUntil()) + "; settings are locked."
                    + emergency(grace.emergencyDaysLeft()));
            case LicenseState.Emergency emergency -> new StateWords("Running on emergency days: " + emergency.daysUsed() + " of " + emergency.daysSigned() + " used",
                    "Started by " + emergency.startedBy() + " on " + when.moment(emergency.startedAt()) + "; reported at the next contact. This day ends " + when.moment(emergency.dayEnds()) + ".");
            case LicenseState.Degraded degraded -> new StateWords("The lease was not renewed since " + when.moment(degraded.since()),
                    "Data still flows until " + when.moment(degraded.dataUntil()) + "; settings are locked." + emergency(degraded.emergencyDaysLeft()));
            case LicenseState.ClockBehind behind -> new StateWords("The clock stands before the license was issued", "It says " + when.moment(behind.clockSays()) + ". Data flows.");
            case LicenseState.NotStarted later -> new StateWords("The license begins " + when.day(later.license().license().term().from()), "Its product grants nothing until then.");
            case LicenseState.Ended ended -> new StateWords(over(ended.cause(), when.day(ended.since())), "Its product grants nothing any more." + emergency(ended.emergencyDaysLeft()));
            case LicenseState.Suspended suspended -> new StateWords("This license was suspended by the vendor", suspended.refusal().message());
            case LicenseState.Revoked revoked -> new StateWords("This license was revoked by the vendor", revoked.refusal().message());
            case LicenseState.Fenced fenced -> new StateWords("This activation was released or taken over elsewhere", fenced.refusal().message());
            case LicenseState.Released released when released.server().isPresent() -> new StateWords("Deactivated: the seat was given back", released.acknowledged()
                    ? "It is free for another host." : "It is free when " + released.server().get() + " is reached, or when its lease has ended.");
            case LicenseState.Released released -> new StateWords("Deactivated: the license was given back", released.acknowledged()
                    ? "The authority has confirmed it; the activation is free for another host." : "The authority has not confirmed it yet.");
            case LicenseState.OtherMachine other -> new StateWords("This license belongs to another machine", other.matching() + " of " + other.marks().size() + " marks match, and "
                    + other.required() + " must" + differing(other) + ".");
            case LicenseState.Damaged damaged -> new StateWords("The license on this host is damaged", damaged.message());
        };
    }

    /// What to run next, as arguments of this program; none where nothing is needed.
    static String next(LicenseState state) {
        return switch (state) {
            case LicenseState.NeverLicensed never -> "host activate KEY --authority URL";
            case LicenseState.Trial trial -> "host activate KEY --authority URL";
            case LicenseState.TrialOver over -> "host activate KEY --authority URL";
            case LicenseState.Licensed licensed -> licensed.behind() ? "host activate KEY" : "";
            case LicenseState.EndingSoon soon -> "host reactivate";
            case LicenseState.Grace grace -> "host reactivate";
            case LicenseState.Emergency emergency -> "host reactivate";
            case LicenseState.Degraded degraded -> "host reactivate";
            case LicenseState.ClockBehind behind -> "host reactivate";
            case LicenseState.NotStarted later -> "host reactivate";
            case LicenseState.Ended ended -> "host reactivate";
            case LicenseState.Suspended suspended -> "host reactivate";
            case LicenseState.Revoked revoked -> "host activate KEY";
            case LicenseState.Fenced fenced -> "host activate KEY";
            case LicenseState.Released released -> released.acknowledged() ? "host activate KEY" : "host deactivate";
            case LicenseState.OtherMachine other -> "host activate KEY";
            case LicenseState.Damaged damaged -> "host activate KEY";
        };
    }

    /// The license that the state is about, where there is one.
    static Optional<UsageLicense> license(LicenseState state) {
        return switch (state) {
            case LicenseState.InForce inForce -> Optional.of(inForce.license());
            case LicenseState.NotInForce notInForce -> Optional.of(notInForce.license());
            case LicenseState.NeverLicensed never -> Optional.empty();
            case LicenseState.Trial trial -> Optional.empty();
            case LicenseState.TrialOver over -> Optional.empty();
            case LicenseState.Released released -> Optional.empty();
            case LicenseState.Damaged damaged -> Optional.empty();
        };
    }

    private static String over(Cause cause, String since) {
        return switch (cause) {
            case TERM -> "The license ended on " + since;
            case NO_CONTACT -> "The authority was not reached for too long, since " + since;
            case LEASE -> "The lease ended on " + since;
        };
    }

    private static String emergency(int daysLeft) {
        return daysLeft == 0 ? "" : " " + daysLeft + " emergency days are left.";
    }

    private static String differing(LicenseState.OtherMachine other) {
        var names = other.marks().entrySet().stream().filter(mark -> !mark.getValue()).map(Map.Entry::getKey).toList();
        return names.isEmpty() ? "" : "; different: " + String.join(", ", names);
    }
}
