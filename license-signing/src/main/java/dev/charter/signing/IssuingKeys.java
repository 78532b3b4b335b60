package dev.charter.signing;

import dev.charter.format.DocumentKind;
import dev.charter.format.DocumentRejected;
import dev.charter.format.KeyCertificate;
import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.Refusal;
import dev.charter.format.RefusalCode;
import dev.charter.format.Verifier;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/// The issuing folder, opened: what the authority holds of a vendor's keys.
public final class IssuingKeys {
    private final VendorKeys vendorKeys;
    private final Issuer issuer;

    private IssuingKeys(VendorKeys vendorKeys, Issuer issuer) {
        this.vendorKeys = vendorKeys;
        this.issuer = issuer;
    }

    /// Opens the folder. The passphrase may be wiped afterwards.
    /// Throws [KeysRefused] where the passphrase is another, where files are missing or damaged, or where a verifier would refuse what the key signs.
    public static IssuingKeys open(Path folder, Passphrase passphrase) {
        return open(folder, new FileKeyVault(folder, passphrase, new SecureRandom()));
    }

    /// Opens the folder, with the private keys wherever the vault keeps them.
    public static IssuingKeys open(Path folder, KeyVault vault) {
        return of(VendorKeys.in(folder), vault);
    }

    /// Issuing keys without a folder.
    public static IssuingKeys of(VendorKeys vendorKeys, KeyVault vault) {
        var issuer = new Issuer(vendorKeys, vault.signer(vendorKeys.issuing().id()));
        proveUsable(vendorKeys, issuer);
        return new IssuingKeys(vendorKeys, issuer);
    }

    /// Signs one document and verifies it as a host would, so that a folder that does not fit together is found now and not at the first customer's.
    private static void proveUsable(VendorKeys vendorKeys, Issuer issuer) {
        var certificate = KeyCertificate.read(vendorKeys.certificate().payload());
        if (!certificate.kinds().contains(DocumentKind.REFUSAL)) {
            throw new KeysRefused(KeysRefused.Reason.NOT_CERTIFIED, "The issuing key " + vendorKeys.issuing().id() + " is not certified to sign refusals, and an authority signs them. Rotate it.");
        }
        var product = certificate.products().isEmpty() ? "any" : certificate.products().get(0);
        var request = new Digest(Bytes.of(new byte[Digest.LENGTH]));
        try {
            var verifier = new Verifier(vendorKeys.anchor());
            verifier.learn(vendorKeys.trustStatement());
            verifier.refusal(issuer.issue(new Refusal(certificate.from(), product, request, RefusalCode.KEY_UNKNOWN, RefusalCode.KEY_UNKNOWN.advice(), Optional.empty())), request);
        } catch (DocumentRejected rejected) {
            throw new KeysRefused(KeysRefused.Reason.NOT_CERTIFIED, "Hosts would not accept what the issuing key " + vendorKeys.issuing().id() + " signs: " + rejected.getMessage());
        }
    }

    /// Everything public about the vendor's keys.
    public VendorKeys vendorKeys() {
        return vendorKeys;
    }

    /// Signs with the issuing key in use.
    public Issuer issuer() {
        return issuer;
    }
}
