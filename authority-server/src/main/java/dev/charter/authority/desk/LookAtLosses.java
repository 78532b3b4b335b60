package dev.charter.authority.desk;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Scope;
import dev.charter.authority.activation.LostActivations;
import dev.charter.authority.license.Holders;
import dev.charter.authority.license.License;
import dev.charter.authority.license.OpenLicense;
import dev.charter.server.web.Rejected;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Shows the desk the hosts that were reported destroyed, each with its license's history.
final class LookAtLosses {
    private static final int MOST_OF_A_LICENSE = 100;

    private final Losses losses;
    private final LostActivations lost;
    private final OpenLicense licenses;
    private final Holders holders;
    private final InstantSource clock;

    LookAtLosses(Losses losses, LostActivations lost, OpenLicense licenses, Holders holders, InstantSource clock) {
        this.losses = losses;
        this.lost = lost;
        this.licenses = licenses;
        this.holders = holders;
        this.clock = clock;
    }

    /// @param allowanceUsed how many activations were restored or taken over in the allowance's period
    /// @param hosts all that hold or held the license, the newest first
    /// @param earlier other losses of the license, the newest first
    record History(License license, int allowanceUsed, List<Holders.Holder> hosts, List<Loss> earlier) {}

    List<Loss> page(Caller caller, boolean waiting, Optional<Place> after, int most) {
        caller.require(Scope.LOSSES_READ);
        return losses.page(waiting, after, most);
    }

    /// @throws Rejected when there is no such loss
    Loss byId(Caller caller, String id) {
        caller.require(Scope.LOSSES_READ);
        return losses.byId(id).orElseThrow(() -> Rejected.unknown("There is no lost host \"" + id + "\"."));
    }

    History history(Loss loss) {
        var license = licenses.byId(loss.license()).orElseThrow();
        var now = clock.instant();
        return new History(license, losses.reading(sql -> lost.restored(sql, license, now)), holders.of(license.id(), MOST_OF_A_LICENSE),
                losses.of(license.id(), MOST_OF_A_LICENSE).stream().filter(other -> !other.id().equals(loss.id())).toList());
    }
}
