package dev.charter.benchmarks.program;

import dev.charter.benchmarks.Vendor;
import dev.charter.signing.Ceremony;
import dev.charter.signing.CertificateLimits;
import dev.charter.signing.InitVendor;
import dev.charter.signing.Passphrase;
import dev.charter.signing.Strength;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/// A vendor's keys on disk.
///
/// @param issuing what an authority is given
public record VendorFolder(Path issuing, Path passphrase) {
    private static final String PASSPHRASE = "benchmark-passphrase";

    public static VendorFolder make(Path folder, Strength strength) throws IOException {
        Files.createDirectories(folder);
        var passphrase = Files.writeString(folder.resolve("passphrase"), PASSPHRASE + "\n");
        try (var forRoot = Passphrase.of(PASSPHRASE.toCharArray()); var forIssuing = Passphrase.of(PASSPHRASE.toCharArray())) {
            var ceremony = new Ceremony(folder.resolve("root"), forRoot, folder.resolve("issuing"), forIssuing, InstantSource.system(), new SecureRandom());
            new InitVendor(ceremony).run(Vendor.NAME, strength, CertificateLimits.NONE);
        }
        return new VendorFolder(folder.resolve("issuing"), passphrase);
    }
}
