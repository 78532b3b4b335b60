package dev.charter.authority.activation;

import dev.charter.authority.activation.Activations.Found;
import dev.charter.authority.license.KeySafe;
import dev.charter.format.Bytes;
import dev.charter.format.DocumentRejected;
import dev.charter.format.LicenseKey;
import dev.charter.format.UsageRequest.LicenseName;
import dev.charter.format.Verifier;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Whether a host may speak about a license at all: it knows the license key, or it names the license by its ID and has been bound to it before or has ordered it.
/// An unknown locator and a wrong proof cost the same: for a locator that is unknown, a key that belongs to no license is decrypted and tried.
final class Admission {
    private static final String OF_NO_LICENSE = "lic-none";

    private final KeySafe keySafe;
    private final Bytes keyOfNoLicense;

    /// @param secure must be secure
    Admission(KeySafe keySafe, RandomGenerator secure) {
        this.keySafe = keySafe;
        this.keyOfNoLicense = keySafe.seal(LicenseKey.generate(secure), OF_NO_LICENSE);
    }

    /// What was found, if the host has shown that it may know; empty when it was not found or the host has not.
    Optional<Found> admit(Asked asked, Optional<Found> found) {
        return switch (asked.request().license()) {
            case LicenseName.ByLocator _ -> {
                var key = keySafe.open(found.map(Found::sealedKey).orElse(keyOfNoLicense), found.map(f -> f.license().id()).orElse(OF_NO_LICENSE));
                yield proves(asked, key) ? found : Optional.empty();
            }
            case LicenseName.ById _ -> found.filter(f -> f.latest().isPresent() || f.bought());
        };
    }

    private static boolean proves(Asked asked, LicenseKey key) {
        try {
            Verifier.proof(asked.document(), key);
            return true;
        } catch (DocumentRejected wrong) {
            return false;
        }
    }
}
