package dev.charter.authority.activation;

import dev.charter.authority.license.License;
import dev.charter.format.Algorithm;
import dev.charter.format.LicenseType;
import dev.charter.format.RefusalCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// What becomes of a decision where the license is floating: its floating servers share the seats.
final class GivePool {
    private static final String NO_SECOND_KEY = "Products of this vendor believe leases with a second signature only, and this floating server has no key for it. Update it, run it on Java 24 or newer, "
            + "and ask again.";

    private final Activations activations;
    private final Set<Algorithm> required;

    /// @param required the algorithms by which products believe a lease
    GivePool(Activations activations, Set<Algorithm> required) {
        this.activations = activations;
        this.required = Set.copyOf(required);
    }

    /// A floating server asks again, and gets the seats that it wants by now, as far as they are free.
    Decision again(Decision.Renew renew, Asked asked, Instant now) {
        if (renew.license().type() != LicenseType.FLOATING) {
            return renew;
        }
        if (!canSign(asked)) {
            return Decision.Refuse.because(RefusalCode.TYPE_MISMATCH, NO_SECOND_KEY, renew.license());
        }
        var division = division(renew.license(), asked, now);
        var present = renew.from().pool().orElseThrow().at(now);
        return new Decision.Renew(division.license(), renew.from().with(present), renew.activation().with(division.next(present)));
    }

    /// A floating server gets its first pool.
    Decision first(Decision.Take take, Asked asked, Instant now) {
        if (take.license().type() != LicenseType.FLOATING) {
            return take.license().hasFreePlace() ? take : Decision.Refuse.because(RefusalCode.ACTIVATIONS_EXHAUSTED, take.license());
        }
        if (!canSign(asked)) {
            return Decision.Refuse.because(RefusalCode.TYPE_MISMATCH, NO_SECOND_KEY, take.license());
        }
        var division = division(take.license(), asked, now);
        return division.first().<Decision>map(share -> new Decision.Take(division.license(), take.activation().with(share))).orElseGet(() -> noSeat(take.license()));
    }

    /// A floating server's machine was installed anew.
    ///
    /// @param allowed how much the license still allows to take over
    Decision inPlaceOf(Decision.TakeOver takeOver, int allowed, Asked asked, Instant now) {
        if (takeOver.license().type() != LicenseType.FLOATING) {
            return takeOver;
        }
        if (!canSign(asked)) {
            return Decision.Refuse.because(RefusalCode.TYPE_MISMATCH, NO_SECOND_KEY, takeOver.license());
        }
        var division = division(takeOver.license(), asked, now);
        var older = takeOver.from().pool().orElseThrow().at(now);
        return division.inPlaceOf(older, allowed)
                .<Decision>map(place -> new Decision.TakeOver(division.license(), takeOver.activation().with(place.share()), takeOver.from().with(older), place.early()))
                .orElseGet(() -> noSeat(takeOver.license()));
    }

    /// Whether products can believe the leases that it signs.
    private boolean canSign(Asked asked) {
        var host = asked.request().host().keys();
        return asked.request().server().map(server -> server.keys().with(host)).orElse(host).algorithms().containsAll(required);
    }

    private Division division(License license, Asked asked, Instant now) {
        var rests = activations.rests(license, now);
        return new Division(license.withUsed(license.used() - rests.over()), rests.running(), asked, now);
    }

    private static Decision noSeat(License license) {
        int seats = license.places();
        return Decision.Refuse.because(RefusalCode.NO_SEAT_FREE, (seats == 1 ? "The one seat of this license is" : "All " + seats + " seats of this license are")
                + " in the pools of other floating servers, or were given back while leases of them still run. Release a pool, ask for fewer seats there, or buy more.", license);
    }

    /// What is left of a pool whose server has given it back: nothing that can be leased, and seats that count until the last lease has ended.
    static Optional<PoolShare> released(Activation activation, Optional<Duration> run, Instant now) {
        return activation.pool().map(pool -> {
            var present = pool.at(now);
            return present.with(0, present.counted(), run.map(left -> present.leasesEnd(now, left)).orElseGet(() -> present.leasesEnd(now)), now);
        });
    }
}
