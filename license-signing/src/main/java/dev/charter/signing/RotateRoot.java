package dev.charter.signing;

/// Makes a new root and has the old one name it as its successor. Products that know only the old one learn of it from the next usage license, however they get it.
/// The old root's signatures stay valid, until it is revoked.
public final class RotateRoot {
    private final Ceremony ceremony;

    public RotateRoot(Ceremony ceremony) {
        this.ceremony = ceremony;
    }

    /// Where an earlier succession was cut off after it had become valid, that one is finished and no further root is made.
    public VendorKeys run() {
        var before = ceremony.before();
        if (!before.recorded().root().equals(before.published().root())) {
            return before.recorded();
        }
        return ceremony.change(new RootKeys(before.recorded(), ceremony.rootVault()).succeed(ceremony.clock().instant()));
    }
}
