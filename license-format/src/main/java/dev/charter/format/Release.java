package dev.charter.format;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// The host's tombstone: signed by its key, it proves that the host stopped using the license. It is durable before the license is deleted.
/// The issuer acknowledges it with the same payload under its own signatures.
///
/// @param product the product that stopped
/// @param license the license's ID
/// @param usageLicense the ID of the usage license that is given up
/// @param hostKeys the host's public keys
/// @param releasedAt the host's clock, for people
/// @param nonce 16 random bytes
/// @param leasesUntil where a pool is given up: by then the last of its leases has ended
public record Release(String product, String license, String usageLicense, SignerKeys hostKeys, Instant releasedAt, Bytes nonce, Optional<Instant> leasesUntil)
        implements Payload {
    private static final Set<String> KNOWN = Set.of("format", "crit", "product", "license", "usageLicense", "keys", "releasedAt", "nonce", "leasesUntil");

    public Release {
        Name.require(product, "the product");
        Require.text(license, "the license's ID");
        Require.text(usageLicense, "the usage license's ID");
        releasedAt = WholeSeconds.of(releasedAt);
        Require.that(nonce.length() == UsageRequest.NONCE_LENGTH, "a nonce has %s bytes", UsageRequest.NONCE_LENGTH);
        leasesUntil = WholeSeconds.of(leasesUntil);
    }

    /// A release under which no lease runs on.
    public Release(String product, String license, String usageLicense, SignerKeys hostKeys, Instant releasedAt, Bytes nonce) {
        this(product, license, usageLicense, hostKeys, releasedAt, nonce, Optional.empty());
    }

    @Override
    public DocumentKind kind() {
        return DocumentKind.RELEASE;
    }

    @Override
    public JsonObject toJson() {
        return new JsonWriter().put("format", FORMAT).put("product", product).put("license", license).put("usageLicense", usageLicense)
                .put("keys", hostKeys.toJson()).put("releasedAt", releasedAt).put("nonce", nonce.toBase64Url()).putInstant("leasesUntil", leasesUntil).object();
    }

    public static Release read(byte[] payload) {
        return Payload.read(payload, KNOWN, json -> new Release(json.text("product"), json.text("license"), json.text("usageLicense"),
                SignerKeys.fromJson(json.object("keys")), json.instant("releasedAt"), Bytes.of(json.bytes("nonce")),
                json.optionalInstant("leasesUntil")));
    }
}
