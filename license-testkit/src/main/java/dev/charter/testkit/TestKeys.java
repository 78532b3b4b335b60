package dev.charter.testkit;

import dev.charter.format.KeyCertificate;
import dev.charter.format.TrustAnchor;
import dev.charter.signing.CertificateLimits;
import dev.charter.signing.Issuer;
import dev.charter.signing.IssuingKeys;
import dev.charter.signing.MemoryKeyVault;
import dev.charter.signing.RootKeys;
import dev.charter.signing.Strength;
import dev.charter.signing.VendorKeys;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;

/// The keys of a vendor that exists in tests only. They are the same in every run and on every machine, and published by being here:
/// a product that is built with their anchor accepts what anybody signs.
public final class TestKeys {
    /// The vendor's name in the test anchors.
    public static final String VENDOR = "test-vendor";

    private static final TestKeys CLASSICAL = new TestKeys(Strength.CLASSICAL, 8032);
    private static final TestKeys HYBRID = new TestKeys(Strength.HYBRID, 204);

    private final IssuingKeys issuing;

    private TestKeys(Strength strength, long seed) {
        // java.util.Random gives the same numbers on every Java, by its specification.
        var vault = new MemoryKeyVault(new Random(seed), new SecureRandom());
        var first = vault.create(KeyCertificate.Role.ISSUING, strength.algorithms());
        // Valid for every date that a test may play on.
        var always = new CertificateLimits(CertificateLimits.NONE.products(), CertificateLimits.ISSUED, Optional.of(Instant.EPOCH), Optional.empty());
        issuing = IssuingKeys.of(RootKeys.init(VENDOR, strength, vault, first, always, Instant.EPOCH), vault);
    }

    /// Ed25519 only: the faster ones.
    public static TestKeys classical() {
        return CLASSICAL;
    }

    /// Ed25519 and ML-DSA-65, both required: what new vendors have.
    public static TestKeys hybrid() {
        return HYBRID;
    }

    /// What the product under test is built with, in place of its own anchor.
    public TrustAnchor anchor() {
        return issuing.vendorKeys().anchor();
    }

    /// Everything public about the test vendor's keys.
    public VendorKeys vendorKeys() {
        return issuing.vendorKeys();
    }

    /// Signs as the test vendor.
    public Issuer issuer() {
        return issuing.issuer();
    }
}
