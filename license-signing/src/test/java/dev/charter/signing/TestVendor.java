package dev.charter.signing;

import dev.charter.format.Algorithm;
import dev.charter.format.Allowance;
import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.Entitlement;
import dev.charter.format.Fingerprint;
import dev.charter.format.Host;
import dev.charter.format.KeyCertificate;
import dev.charter.format.KeyId;
import dev.charter.format.LicenseType;
import dev.charter.format.Refusal;
import dev.charter.format.RefusalCode;
import dev.charter.format.SignedDocument;
import dev.charter.format.Term;
import dev.charter.format.UsageLicense;
import dev.charter.format.Verifier;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A vendor whose keys lie in two folders, sealed so that tests need not wait for it.
final class TestVendor {
    static final String ROOT_PASSPHRASE = "the root stays in the safe";
    static final String ISSUING_PASSPHRASE = "the authority signs daily";
    static final Argon2Cost CHEAP = new Argon2Cost(8, 1, 1);

    final Path folder;
    final DurableFiles files;
    final SecureRandom random;
    Instant now = Instant.parse("2026-01-01T09:00:00Z");

    TestVendor(Path folder) {
        this(folder, new DurableFiles(), new SecureRandom());
    }

    TestVendor(Path folder, DurableFiles files, SecureRandom random) {
        this.folder = folder;
        this.files = files;
        this.random = random;
    }

    Path root() {
        return folder.resolve("root");
    }

    Path issuing() {
        return folder.resolve("issuing");
    }

    Ceremony ceremony() {
        return new Ceremony(root(), vault(root(), ROOT_PASSPHRASE), issuing(), vault(issuing(), ISSUING_PASSPHRASE), () -> now, files);
    }

    private KeyVault vault(Path of, String passphrase) {
        return new FileKeyVault(of, Passphrase.of(passphrase.toCharArray()), CHEAP, random, files);
    }

    VendorKeys init(Strength strength) {
        return new InitVendor(ceremony()).run("acme", strength, CertificateLimits.NONE);
    }

    VendorKeys rotateIssuingKey() {
        return new RotateIssuingKey(ceremony()).run(CertificateLimits.NONE);
    }

    VendorKeys rotateRoot() {
        return new RotateRoot(ceremony()).run();
    }

    VendorKeys revoke(KeyId key) {
        return new RevokeKey(ceremony()).run(key);
    }

    VendorKeys keys() {
        return VendorKeys.in(issuing());
    }

    /// What a product built today knows.
    Verifier productOfToday() {
        return new Verifier(keys().anchor());
    }

    Issuer issuer() {
        return IssuingKeys.open(issuing(), Passphrase.of(ISSUING_PASSPHRASE.toCharArray())).issuer();
    }

    SignedDocument license() {
        return issuer().issue(usageLicense(now));
    }

    /// As large as they come in practice: five factors and eight entitlements.
    static UsageLicense usageLicense(Instant at) {
        var factors = new LinkedHashMap<String, Bytes>();
        for (var name : List.of("machine", "board", "disk", "network", "place")) {
            factors.put(name, Fingerprint.factor("acme", name, "value of " + name));
        }
        var host = new Host(new MemoryKeyVault(new java.util.Random(1), new SecureRandom()).create(KeyCertificate.Role.ISSUING, EnumSet.of(Algorithm.ED25519)), Optional.of("plant-a.acme-water.example"), Fingerprint.of(factors));
        var sold = new UsageLicense.SoldLicense("lic-7k3mq2wx9hbn", LicenseType.ONLINE, Term.between(at, at.plus(Duration.ofDays(365))), Duration.ofDays(14),
                Optional.of(Duration.ofDays(90)), 7, 0, new Allowance(2, 365), 1, 2);
        Optional<Instant> always = Optional.empty();
        return new UsageLicense("ul-4h7c2rkq8wzn", at, "mqtt-server", "ACME Water Works and Sons", sold, host, 3, Digest.of(new byte[] {1}), 1,
                List.of(new Entitlement.Feature("mqtt", always), new Entitlement.Feature("sparkplug", always), new Entitlement.Feature("bridge", always), new Entitlement.Feature("cluster", always),
                        new Entitlement.Feature("audit", always), new Entitlement.Feature("web-console", always), new Entitlement.Meter("snowflake-messages", OptionalLong.of(1_000_000), always),
                        new Entitlement.Support(at.plus(Duration.ofDays(365)))),
                Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Refusal refusal(Instant at, Digest request) {
        return new Refusal(at, "mqtt-server", request, RefusalCode.LICENSE_REVOKED, RefusalCode.LICENSE_REVOKED.advice(), Optional.empty());
    }
}
