package dev.charter.format;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import java.security.PublicKey;
import java.util.Optional;

/// By which a product knows the TLS certificate of a floating server that no authority vouches for: the SHA-256 of its SubjectPublicKeyInfo (RFC 5280, section 4.1).
/// It names the key, so a certificate that is made anew for the same key goes on.
public record TlsPin(Bytes value) {
    public TlsPin {
        Require.that(value.length() == Digest.LENGTH, "a TLS pin has %s bytes, not %s", Digest.LENGTH, value.length());
    }

    /// The pin of a certificate's public key.
    public static TlsPin of(PublicKey key) {
        var encoded = key.getEncoded();
        if (encoded == null || !"X.509".equals(key.getFormat())) {
            throw new IllegalArgumentException("a " + key.getAlgorithm() + " key of this kind has no encoding, and so no pin");
        }
        return new TlsPin(Bytes.of(Digest.sha256().digest(encoded)));
    }

    static void write(JsonWriter json, Optional<TlsPin> pin) {
        pin.ifPresent(tls -> json.put("tls", tls.toString()));
    }

    /// The member `tls` of that object.
    static Optional<TlsPin> read(JsonObject json) {
        return json.has("tls") ? Optional.of(new TlsPin(Bytes.of(json.bytes("tls")))) : Optional.empty();
    }

    /// Base64url.
    @Override
    public String toString() {
        return value.toBase64Url();
    }
}
