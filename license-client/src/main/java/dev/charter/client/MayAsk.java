package dev.charter.client;

import dev.charter.format.LicenseKey;
import dev.charter.format.LicenseType;
import dev.charter.format.RefusalCode;
import dev.charter.format.UsageLicense;
import java.util.Optional;

/// What this host may ask for as it stands now, told from what it has. Nothing here changes anything or asks anybody.
final class MayAsk {
    private final Settings settings;
    private final HostFolder folder;
    private final Licensing licensing;

    MayAsk(Settings settings, HostFolder folder, Licensing licensing) {
        this.settings = settings;
        this.folder = folder;
        this.licensing = licensing;
    }

    /// What can be bought on this host.
    sealed interface Purchase {
        /// A license for a host that has none.
        record OfNew() implements Purchase {}

        /// More for the license that it has.
        record OfUpgrade(UsageLicense license) implements Purchase {}

        /// @param message why, and whom to ask, for people
        record OfNothing(String message) implements Purchase {}
    }

    /// Why the license of that key is not asked for.
    Optional<Activation.Refused> refusal(LicenseKey key) {
        return heldInUse().filter(held -> held.locator().map(locator -> !locator.equals(key.locator())).orElse(held.document().pool().isPresent()))
                .map(held -> new Activation.Refused(RefusalCode.ALREADY_LICENSED, RefusalCode.ALREADY_LICENSED.advice()));
    }

    boolean holdsLicenseOf(LicenseKey key) {
        return licensing.facts().tombstone().isEmpty() && folder.standing().held().flatMap(Held::locator).filter(key.locator()::equals).isPresent();
    }

    /// What is held here, unless it is gone for good.
    Optional<Held> heldInUse() {
        var state = licensing.snapshot().withoutTrial();
        boolean gone = state instanceof LicenseState.Released || state instanceof LicenseState.Fenced || state instanceof LicenseState.Revoked || state instanceof LicenseState.Damaged
                || state instanceof LicenseState.OtherMachine;
        return folder.standing().held().filter(held -> !gone);
    }

    /// Why no update is asked for by letter.
    Optional<String> againstUpdate() {
        var state = licensing.snapshot().withoutTrial();
        if (folder.standing().holdsFloating()) {
            return Optional.of("The seat that this host holds is a floating server's, which is brought up to date there.");
        }
        if (licensing.facts().license().isEmpty() || licensing.facts().tombstone().isPresent() || licensing.facts().unusable().isPresent()) {
            return Optional.of("There is no license here that could be updated. Make a request with the license key.");
        }
        if (state instanceof LicenseState.OtherMachine || state instanceof LicenseState.Fenced || folder.standing().behind()) {
            return Optional.of("This host cannot ask as the one that holds the license: it is a copy, was restored, or was taken over elsewhere. Make a request with the license key.");
        }
        return Optional.empty();
    }

    /// Only what came online is asked for online, and only by the machine that it is for.
    boolean refresh(UsageLicense license) {
        var state = licensing.snapshot().withoutTrial();
        return (license.license().type() == LicenseType.ONLINE || license.lease().isPresent()) && !folder.standing().holdsFloating()
                && (state instanceof LicenseState.InForce || state instanceof LicenseState.NotStarted || state instanceof LicenseState.Ended
                        || state instanceof LicenseState.Suspended || state instanceof LicenseState.Revoked);
    }

    /// Only licenses for one host that is activated online are sold to a host itself.
    Purchase purchase() {
        if (!settings.transport().sells()) {
            return new Purchase.OfNothing("This server knows no vendor on the network that sells. Ask the vendor's sales for a license.");
        }
        if (settings.floatingServer().isPresent()) {
            return new Purchase.OfNothing("Licenses of floating servers are not sold here. Ask the vendor's sales.");
        }
        if (wantsSeat()) {
            return new Purchase.OfNothing("This server takes a seat, and seats are not sold here. Ask whoever looks after the license server, or the vendor's sales.");
        }
        if (heldInUse().isEmpty()) {
            return new Purchase.OfNew();
        }
        var license = licensing.facts().license();
        if (license.isEmpty() || !(licensing.snapshot().withoutTrial() instanceof LicenseState.InForce)) {
            return new Purchase.OfNothing("The license of this server grants nothing now. Ask the vendor's support before you add to it.");
        }
        if (license.get().license().type() != LicenseType.ONLINE || license.get().license().activationsTotal() != 1) {
            return new Purchase.OfNothing("Only a license for one server that is activated online is upgraded here. Ask the vendor's sales.");
        }
        if (folder.standing().behind()) {
            return new Purchase.OfNothing("This server cannot ask as the one that holds the license: it is a copy, or was restored. Activate it with its license key, then upgrade it.");
        }
        return new Purchase.OfUpgrade(license.get());
    }

    private boolean wantsSeat() {
        return settings.seats().only() || settings.seats().floating().isPresent() || folder.standing().holdsFloating() || folder.standing().seat().filter(seat -> !seat.isNone()).isPresent();
    }
}
