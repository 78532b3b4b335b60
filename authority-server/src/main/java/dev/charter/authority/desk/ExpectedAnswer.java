package dev.charter.authority.desk;

import dev.charter.authority.activation.Foreseen;
import dev.charter.authority.license.Holders;
import dev.charter.authority.license.License;
import dev.charter.format.LicenseType;
import dev.charter.format.RefusalCode;
import java.util.List;
import java.util.Optional;

/// What a letter would be answered if it were answered now, for the desk to look at. It binds nothing.
///
/// @param answer `usage-license` or `refusal`
/// @param why in a sentence
/// @param code of a refusal
/// @param usedAfter how many activations or seats of the license would be in use then
/// @param holders the hosts that hold the license, where none is left for another one
record ExpectedAnswer(String answer, String why, Optional<RefusalCode> code, int usedAfter, List<Holders.Holder> holders) {
    private static final int MOST_HOLDERS = 500;

    static ExpectedAnswer of(Foreseen.Answer foreseen, License license, Holders holders) {
        return switch (foreseen) {
            case Foreseen.Yes(var kind, int usedAfter, var pool) -> new ExpectedAnswer("usage-license", pool.map(gets -> why(kind, gets, usedAfter, license)).orElseGet(() -> why(kind, usedAfter, license)), Optional.empty(), usedAfter, List.of());
            case Foreseen.No(var code, var message) -> new ExpectedAnswer("refusal", message, Optional.of(code), license.used(),
                    code == RefusalCode.ACTIVATIONS_EXHAUSTED || code == RefusalCode.NO_SEAT_FREE ? holding(license, holders) : List.of());
        };
    }

    /// Those whose activation counts.
    static List<Holders.Holder> holding(License license, Holders holders) {
        return holders.of(license.id(), MOST_HOLDERS).stream().filter(holder -> holder.state().equals("active") || holder.state().equals("lost")).toList();
    }

    private static String why(Foreseen.Kind kind, int usedAfter, License license) {
        var used = usedAfter + " of " + license.places() + " " + license.unit();
        return switch (kind) {
            case NEW -> "A new host; " + used + " will be in use.";
            case AGAIN -> "The host holds the license already and gets what changed; " + used + " are in use.";
            case TAKEOVER -> "The same machine, installed anew, takes its own activation over; " + used + " are in use. It counts against the allowance.";
            case REPEATED -> "It was answered before and gets the same bytes; " + used + " are in use.";
            case RELEASE -> license.type() == LicenseType.FLOATING ? "The pool is given back; its seats are free once its last lease has ended."
                    : "The activation is given back; " + used + " will be in use.";
        };
    }

    private static String why(Foreseen.Kind kind, Foreseen.InPool pool, int usedAfter, License license) {
        var gets = "gets a pool of " + (pool.seats() == 1 ? "1 seat" : pool.seats() + " seats")
                + (pool.wanted().isPresent() && pool.wanted().getAsInt() != pool.seats() ? " (it wants " + pool.wanted().getAsInt() + ")" : "") + "; " + usedAfter + " of " + license.places() + " seats will be in use.";
        return switch (kind) {
            case NEW -> "A new floating server " + gets;
            case AGAIN -> "The floating server has its pool already and " + gets;
            case TAKEOVER -> "The same machine, installed anew, takes its own place over and " + gets + " Seats that are free before the older leases have ended count against the allowance.";
            case REPEATED, RELEASE -> why(kind, usedAfter, license);
        };
    }
}
