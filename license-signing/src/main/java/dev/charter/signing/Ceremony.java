package dev.charter.signing;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/// The two folders in which a vendor's keys are kept, and how one state of them gives way to the next.
///
/// `root/` holds the root's sealed keys and `vendor.json`, everything public; it stays offline. `issuing/` holds the issuing keys, sealed, and a copy of
/// `vendor.json`; it goes to the authority. Beside it lie `trust-anchor.json`, to build products with, and `trust-statement.json`, to hand out; neither is read here.
///
/// A change becomes valid when `root/vendor.json` is renamed into place, and reaches the authority when `issuing/vendor.json` is, last of all. New keys are durable
/// before. So a power cut leaves the old state or the new one; where the root is ahead of the issuing folder, the next ceremony finishes what was begun.
public final class Ceremony {
    /// The trust anchor's file in the issuing folder.
    public static final String ANCHOR_FILE = "trust-anchor.json";
    /// The trust statement's file in the issuing folder.
    public static final String STATEMENT_FILE = "trust-statement.json";

    private final Path root;
    private final KeyVault rootVault;
    private final Path issuing;
    private final KeyVault issuingVault;
    private final InstantSource clock;
    private final DurableFiles files;

    /// With keys in files. The passphrases must not be wiped before the ceremony is over.
    public Ceremony(Path root, Passphrase rootPassphrase, Path issuing, Passphrase issuingPassphrase, InstantSource clock, SecureRandom random) {
        this(root, new FileKeyVault(root, rootPassphrase, random), issuing, new FileKeyVault(issuing, issuingPassphrase, random), clock);
    }

    /// With keys wherever the vaults keep them.
    public Ceremony(Path root, KeyVault rootVault, Path issuing, KeyVault issuingVault, InstantSource clock) {
        this(root, rootVault, issuing, issuingVault, clock, new DurableFiles());
    }

    Ceremony(Path root, KeyVault rootVault, Path issuing, KeyVault issuingVault, InstantSource clock, DurableFiles files) {
        this.root = root;
        this.rootVault = rootVault;
        this.issuing = issuing;
        this.issuingVault = issuingVault;
        this.clock = clock;
        this.files = files;
    }

    KeyVault rootVault() {
        return rootVault;
    }

    KeyVault issuingVault() {
        return issuingVault;
    }

    InstantSource clock() {
        return clock;
    }

    Optional<VendorKeys> recorded() {
        files.sweep(root);
        return VendorKeys.in(root, files);
    }

    Optional<VendorKeys> published() {
        files.sweep(issuing);
        return VendorKeys.in(issuing, files);
    }

    /// The two states before a change; what an earlier ceremony left undone is done now. Refuses folders that do not belong together, and a root folder that is an old copy: it would state an older trust.
    Before before() {
        var inRoot = recorded().orElseThrow(() -> notThere(root));
        var inIssuing = published().orElseThrow(() -> notThere(issuing));
        if (!inRoot.anchor().vendor().equals(inIssuing.anchor().vendor()) || inRoot.roots().stream().noneMatch(inIssuing.roots()::contains)) {
            throw new KeysRefused(KeysRefused.Reason.DAMAGED, "The folders " + root + " and " + issuing + " hold the keys of different vendors.");
        }
        if (inRoot.statement().number() < inIssuing.statement().number() || inRoot.certificates().size() < inIssuing.certificates().size()) {
            throw new KeysRefused(KeysRefused.Reason.DAMAGED, "The root folder " + root + " is an older copy than the issuing folder " + issuing + " was made with. Use the newest copy.");
        }
        if (!inRoot.equals(inIssuing)) {
            publish(inRoot);
        }
        return new Before(inRoot, inIssuing);
    }

    /// @param recorded the vendor's keys
    /// @param published what the issuing folder knew of them when this ceremony began; older where an earlier one was cut off
    record Before(VendorKeys recorded, VendorKeys published) {}

    private static KeysRefused notThere(Path folder) {
        return new KeysRefused(KeysRefused.Reason.NOT_THERE, "There are no vendor's keys in " + folder + ". Make them with: charter keys init");
    }

    /// The change becomes valid, then reaches the issuing folder.
    VendorKeys change(VendorKeys next) {
        files.write(root.resolve(VendorKeys.FILE), next.toBytes());
        return publish(next);
    }

    /// Brings the issuing folder up to the root's state; doing it twice does no harm.
    VendorKeys publish(VendorKeys next) {
        files.write(issuing.resolve(STATEMENT_FILE), next.trustStatement().toBytes());
        files.write(issuing.resolve(ANCHOR_FILE), next.anchor().toBytes());
        files.write(issuing.resolve(VendorKeys.FILE), next.toBytes());
        return next;
    }
}
