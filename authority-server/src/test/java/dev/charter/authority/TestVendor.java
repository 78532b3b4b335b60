package dev.charter.authority;

import dev.charter.signing.Ceremony;
import dev.charter.signing.CertificateLimits;
import dev.charter.signing.InitVendor;
import dev.charter.signing.Passphrase;
import dev.charter.signing.Strength;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/// A vendor whose keys are made once for all tests of a JVM: hybrid, in real folders, under a real passphrase.
public final class TestVendor {
    public static final String PASSPHRASE = "correct horse battery staple";
    private static final Path FOLDER = make();

    private TestVendor() {}

    /// The folder that goes to an authority.
    public static Path issuing() {
        return FOLDER.resolve("issuing");
    }

    private static Path make() {
        try {
            var folder = Files.createTempDirectory("authority-tests-vendor");
            for (var part : new String[] {"root", "issuing"}) {
                Files.createDirectories(folder.resolve(part));
            }
            try (var passphrase = Passphrase.of(PASSPHRASE.toCharArray())) {
                new InitVendor(new Ceremony(folder.resolve("root"), passphrase, folder.resolve("issuing"), passphrase, InstantSource.system(), new SecureRandom()))
                        .run("acme", Strength.HYBRID, CertificateLimits.NONE);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(folder)));
            return folder;
        } catch (IOException fault) {
            throw new UncheckedIOException("no folder for the tests' vendor", fault);
        }
    }
}
