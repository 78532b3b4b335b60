package dev.charter.cli.demo;

import dev.charter.signing.Ceremony;
import dev.charter.signing.CertificateLimits;
import dev.charter.signing.InitVendor;
import dev.charter.signing.KeysRefused;
import dev.charter.signing.Passphrase;
import dev.charter.signing.Strength;
import dev.charter.signing.VendorKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;

/// A vendor's keys under a passphrase that a file beside them holds. Only a demo keeps it there.
final class DemoKeys {
    private static final int PASSPHRASE_BYTES = 24;

    private DemoKeys() {}

    /// The keys in `root/` and `issuing/` of that folder; made if they are missing, completed where making them was cut off.
    static VendorKeys ensure(Path folder, Path passphraseFile, Strength strength, InstantSource clock) throws IOException {
        var random = new SecureRandom();
        DemoFolder.makeFolder(folder);
        if (!Files.exists(passphraseFile)) {
            var secret = new byte[PASSPHRASE_BYTES];
            random.nextBytes(secret);
            DemoFolder.write(passphraseFile, new String(Base64.getUrlEncoder().withoutPadding().encode(secret), StandardCharsets.US_ASCII) + "\n");
        }
        var issuing = folder.resolve("issuing");
        try {
            return VendorKeys.in(issuing);
        } catch (KeysRefused refused) {
            if (refused.reason() != KeysRefused.Reason.NOT_THERE) {
                throw refused;
            }
        }
        try (var passphrase = Passphrase.read(passphraseFile)) {
            return new InitVendor(new Ceremony(folder.resolve("root"), passphrase, issuing, passphrase, clock, random)).run("acme", strength, CertificateLimits.NONE);
        }
    }
}
