package dev.charter.signing;

import dev.charter.format.KeyCertificate.Role;

/// Makes a new issuing key and puts it in use. What the older ones signed stays valid, until they are revoked.
public final class RotateIssuingKey {
    private final Ceremony ceremony;

    public RotateIssuingKey(Ceremony ceremony) {
        this.ceremony = ceremony;
    }

    /// Where an earlier rotation was cut off after it had become valid, that one is finished and no further key is made.
    public VendorKeys run(CertificateLimits limits) {
        var before = ceremony.before();
        if (!before.recorded().issuing().equals(before.published().issuing())) {
            return before.recorded();
        }
        var issuing = ceremony.issuingVault().create(Role.ISSUING, before.recorded().anchor().required());
        return ceremony.change(new RootKeys(before.recorded(), ceremony.rootVault()).certify(issuing, limits, ceremony.clock().instant()));
    }
}
