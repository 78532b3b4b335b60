package dev.charter.floating.console;

import dev.charter.client.LicenseState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// How this server stands with a product's license, in words.
///
/// @param headline a few words
/// @param meaning what that means for products and what to do, in sentences
record ProductWords(String headline, String meaning) {

    static ProductWords of(LicenseState state) {
        return switch (state) {
            case LicenseState.NeverLicensed never -> never.waitingSince().map(since -> new ProductWords("Waiting for the vendor",
                            "The request was made on " + day(since) + ". Send it to the vendor and install the answer here."))
                    .orElseGet(() -> new ProductWords("Not licensed", "No seat is handed out. Make a request for a floating license, or activate it over the network."));
            case LicenseState.Trial _, LicenseState.TrialOver _ -> new ProductWords("Not licensed", "No seat is handed out. A floating server is not tried; make a request for a floating license.");
            case LicenseState.Licensed _ -> new ProductWords("Licensed", "Seats are handed out.");
            case LicenseState.EndingSoon ending -> new ProductWords("Licensed until " + day(ending.ends()), "Seats are handed out. Ask the vendor for the renewal in good time, and install the answer.");
            case LicenseState.Grace grace -> new ProductWords("In grace until " + day(grace.dataUntil()),
                    (grace.cause() == LicenseState.Cause.NO_CONTACT ? "The vendor's server was not reached for too long." : "The license has ended.") + " Products that have a seat go on until then. Renew the license.");
            case LicenseState.Emergency emergency -> new ProductWords("Emergency day " + emergency.daysUsed() + " of " + emergency.daysSigned(),
                    "Seats are handed out, on emergency days that " + emergency.startedBy() + " started. Renew the license.");
            case LicenseState.Degraded degraded -> new ProductWords("Not renewed", "Products that have a seat go on until " + day(degraded.dataUntil()) + ". Reach the vendor's server, or renew the license by letter.");
            case LicenseState.ClockBehind _ -> new ProductWords("Licensed; the clock is behind", "Seats are handed out. Set the machine's clock right.");
            case LicenseState.NotStarted early -> new ProductWords("Begins on " + day(early.license().license().term().from()), "No seat is handed out before that.");
            case LicenseState.Ended ended -> new ProductWords("Ended on " + day(ended.since()), "No seat is handed out. Renew the license, and install the answer.");
            case LicenseState.Suspended suspended -> new ProductWords("Suspended by the vendor", "No seat is handed out. " + suspended.refusal().message());
            case LicenseState.Revoked revoked -> new ProductWords("Revoked by the vendor", "No seat is handed out. " + revoked.refusal().message());
            case LicenseState.Fenced fenced -> new ProductWords("Taken over by another server", "No seat is handed out from here any more. " + fenced.refusal().message());
            case LicenseState.Released released -> new ProductWords("Given back",
                    released.acknowledged() ? "The vendor has confirmed it." : "The vendor has not confirmed it yet. Send the release to the vendor.");
            case LicenseState.OtherMachine other -> new ProductWords("Of another machine",
                    "No seat is handed out: of the marks that the license names, this machine has " + other.matching() + " and needs " + other.required() + ". A copy of a server cannot hand out seats. Activate this machine with the license key.");
            case LicenseState.Damaged damaged -> new ProductWords("Damaged", damaged.message());
        };
    }

    private static String day(Instant time) {
        return time.truncatedTo(ChronoUnit.DAYS).toString().substring(0, 10);
    }
}
