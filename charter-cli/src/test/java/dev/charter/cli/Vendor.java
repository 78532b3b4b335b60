package dev.charter.cli;

import dev.charter.format.Allowance;
import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.Entitlement;
import dev.charter.format.Fingerprint;
import dev.charter.format.Host;
import dev.charter.format.KeyCertificate.Role;
import dev.charter.format.KeyId;
import dev.charter.format.LicenseType;
import dev.charter.format.Payload;
import dev.charter.format.SignedDocument;
import dev.charter.format.Signer;
import dev.charter.format.SignerKeys;
import dev.charter.format.Term;
import dev.charter.format.TrustAnchor;
import dev.charter.format.UsageLicense;
import dev.charter.signing.CertificateLimits;
import dev.charter.signing.IssuingKeys;
import dev.charter.signing.MemoryKeyVault;
import dev.charter.signing.RootKeys;
import dev.charter.signing.Strength;
import dev.charter.signing.VendorKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// A hybrid vendor with keys in memory, always the same ones, and documents that it signed.
public final class Vendor {
    static final Instant THEN = Instant.parse("2026-11-01T00:00:00Z");
    public static final Vendor ACME = new Vendor("acme", 1);
    public static final Vendor OTHER = new Vendor("other", 2);

    private final VendorKeys keys;
    private final MemoryKeyVault vault;

    private Vendor(String name, long seed) {
        vault = new MemoryKeyVault(new Random(seed), new SecureRandom());
        keys = RootKeys.init(name, Strength.HYBRID, vault, vault.create(Role.ISSUING, Strength.HYBRID.algorithms()), CertificateLimits.NONE, THEN);
    }

    TrustAnchor anchor() {
        return keys.anchor();
    }

    SignedDocument trustStatement() {
        return keys.trustStatement();
    }

    SignedDocument certificate() {
        return keys.certificate();
    }

    SignedDocument issue(Payload payload) {
        return IssuingKeys.of(keys, vault).issuer().issue(payload);
    }

    KeyId issuingKey() {
        return keys.issuing().id();
    }

    Path anchorFile(Path folder) {
        return write(folder.resolve("trust-anchor.json"), anchor().toBytes());
    }

    static Path write(Path file, byte[] content) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return Files.write(file, content);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /// Keys of a host.
    SignerKeys host() {
        return vault.create(Role.ISSUING, Strength.CLASSICAL.algorithms());
    }

    /// A floating server's, with which it signs leases.
    SignerKeys server() {
        return vault.create(Role.ISSUING, Strength.HYBRID.algorithms());
    }

    Signer signer(SignerKeys host) {
        return vault.signer(host.id());
    }

    static UsageLicense usageLicense(SignerKeys host, Entitlement... entitlements) {
        var sold = new UsageLicense.SoldLicense("lic-test", LicenseType.ONLINE, Term.between(THEN, Instant.parse("2027-03-31T00:00:00Z")), Duration.ofDays(14), Optional.empty(), 0, 0,
                new Allowance(2, 365), 1, 2);
        return new UsageLicense("ul-test", THEN, "mqtt-server", "ACME Water", sold, new Host(host, Optional.of("plant-a"), Fingerprint.of(Map.of())), 0,
                new Digest(Bytes.of(new byte[Digest.LENGTH])), 1, List.of(entitlements), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
