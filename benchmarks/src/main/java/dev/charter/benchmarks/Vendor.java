package dev.charter.benchmarks;

import dev.charter.format.Allowance;
import dev.charter.format.Bytes;
import dev.charter.format.Entitlement;
import dev.charter.format.Fingerprint;
import dev.charter.format.Host;
import dev.charter.format.KeyCertificate;
import dev.charter.format.LicenseType;
import dev.charter.format.SignedDocument;
import dev.charter.format.Signer;
import dev.charter.format.SignerKeys;
import dev.charter.format.Term;
import dev.charter.format.TrustAnchor;
import dev.charter.format.UsageLicense;
import dev.charter.format.UsageRequest;
import dev.charter.signing.CertificateLimits;
import dev.charter.signing.Issuer;
import dev.charter.signing.IssuingKeys;
import dev.charter.signing.MemoryKeyVault;
import dev.charter.signing.RootKeys;
import dev.charter.signing.Strength;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A vendor with one root and one issuing key, whose usage licenses are as large as they would be in a plant.
public final class Vendor {
    /// The vendor's name, which salts fingerprints.
    public static final String NAME = "benchmark";
    public static final String PRODUCT = "mqtt-server";
    public static final List<String> FEATURES = List.of("mqtt", "sparkplug", "snowflake", "clustering", "audit-trail", "single-sign-on");
    public static final String METER = "snowflake-messages";

    private final Issuer issuer;
    private final Signer issuing;

    private Vendor(Strength strength) {
        var random = new SecureRandom();
        var vault = new MemoryKeyVault(random, random);
        var keys = RootKeys.init(NAME, strength, vault, vault.create(KeyCertificate.Role.ISSUING, strength.algorithms()), CertificateLimits.NONE, Instant.now());
        issuer = IssuingKeys.of(keys, vault).issuer();
        issuing = vault.signer(keys.issuing().id());
    }

    public static Vendor of(Strength strength) {
        return new Vendor(strength);
    }

    public TrustAnchor anchor() {
        return issuer.anchor();
    }

    /// The issuing key itself, as the issuer uses it.
    public Signer issuing() {
        return issuing;
    }

    public SignerKeys issuingKeys() {
        return issuing.keys();
    }

    public SignedDocument issue(UsageLicense license) {
        return issuer.issue(license);
    }

    /// The license that answers a request: six features, a meter and support, for one host.
    public static UsageLicense answer(SignedDocument document) {
        var request = UsageRequest.read(document.payload());
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var entitlements = new ArrayList<Entitlement>();
        FEATURES.forEach(feature -> entitlements.add(new Entitlement.Feature(feature, Optional.empty())));
        entitlements.add(new Entitlement.Meter(METER, OptionalLong.of(1_000_000), Optional.empty()));
        entitlements.add(new Entitlement.Support(now.plus(Duration.ofDays(365))));
        return new UsageLicense("ul-23456789abcd", now, PRODUCT, "ACME Water", new UsageLicense.SoldLicense("lic-23456789abcd", LicenseType.ONLINE,
                Term.between(now, now.plus(Duration.ofDays(730))), Duration.ofDays(14), Optional.of(Duration.ofDays(30)), 7, 0, new Allowance(2, 365), 1, 3),
                request.host(), Math.min(3, request.host().fingerprint().factors().size()), document.digest(), request.sequence(), entitlements, Optional.empty(),
                Optional.empty(), Optional.empty());
    }

    /// A host with the five factors that a request's QR code has room for.
    public static Host host(SignerKeys keys, String name) {
        var factors = new HashMap<String, Bytes>();
        for (var factor : List.of("machine", "board", "disk", "network", "place")) {
            factors.put(factor, Fingerprint.factor(NAME, factor, name));
        }
        return new Host(keys, Optional.of(name), Fingerprint.of(factors));
    }
}
