package dev.charter.signing;

import dev.charter.format.KeyCertificate.Role;

/// Makes a vendor's first root and its first issuing key. What was begun and cut off is finished by running it again.
public final class InitVendor {
    private final Ceremony ceremony;

    public InitVendor(Ceremony ceremony) {
        this.ceremony = ceremony;
    }

    /// Throws [KeysRefused] where a vendor's keys are there already.
    ///
    /// @param vendor 1 to 64 small letters, digits and dashes
    public VendorKeys run(String vendor, Strength strength, CertificateLimits limits) {
        var recorded = ceremony.recorded();
        if (recorded.isPresent() || ceremony.published().isPresent()) {
            return recorded.filter(keys -> ceremony.published().isEmpty() && isTheSame(keys, vendor, strength)).map(this::finish).orElseThrow(InitVendor::thereAlready);
        }
        var issuing = ceremony.issuingVault().create(Role.ISSUING, strength.algorithms());
        return ceremony.change(RootKeys.init(vendor, strength, ceremony.rootVault(), issuing, limits, ceremony.clock().instant()));
    }

    private static boolean isTheSame(VendorKeys keys, String vendor, Strength strength) {
        return keys.anchor().vendor().equals(vendor) && keys.anchor().required().equals(strength.algorithms());
    }

    /// Only where the issuing folder holds the certified key: an empty folder beside an older root is another matter.
    private VendorKeys finish(VendorKeys keys) {
        try {
            ceremony.issuingVault().signer(keys.issuing().id());
        } catch (KeysRefused refused) {
            throw refused.reason() == KeysRefused.Reason.NOT_THERE ? thereAlready() : refused;
        }
        return ceremony.publish(keys);
    }

    private static KeysRefused thereAlready() {
        return new KeysRefused(KeysRefused.Reason.THERE_ALREADY, "A vendor's keys are there already; they are not overwritten. Rotate them, or choose other folders.");
    }
}
