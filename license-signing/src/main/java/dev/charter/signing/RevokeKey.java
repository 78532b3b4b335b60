package dev.charter.signing;

import dev.charter.format.KeyId;

/// States that a key's signatures are no longer accepted: the next usage license tells each host, and a host never believes an older statement afterwards.
/// Everything the key signed must be asked for again, so this is for a key that got into other hands; a key that is merely old is rotated.
public final class RevokeKey {
    private final Ceremony ceremony;

    public RevokeKey(Ceremony ceremony) {
        this.ceremony = ceremony;
    }

    /// A key that was revoked before stays so. Throws [KeysRefused] for a key in use, and for one that is not this vendor's.
    public VendorKeys run(KeyId key) {
        var recorded = ceremony.before().recorded();
        return ceremony.change(new RootKeys(recorded, ceremony.rootVault()).revoke(key, ceremony.clock().instant()));
    }
}
