package dev.charter.format;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import dev.charter.format.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The public keys of one signer, raw, at most one for each algorithm. Ed25519 is always among them; a signer under a hybrid anchor has ML-DSA-65 as well.
public final class SignerKeys {
    private final Map<Algorithm, Bytes> byAlgorithm;
    private @Nullable KeyId id; // made when it is first asked for; whoever makes it makes the same

    public SignerKeys(Map<Algorithm, Bytes> byAlgorithm) {
        var sorted = new EnumMap<Algorithm, Bytes>(Algorithm.class);
        sorted.putAll(byAlgorithm);
        Require.that(sorted.containsKey(Algorithm.ED25519), "a signer has an Ed25519 key");
        sorted.forEach((algorithm, key) -> Require.that(key.length() == algorithm.publicKeyLength(),
                "a public key of %s has %s bytes, not %s", algorithm.joseName(), algorithm.publicKeyLength(), key.length()));
        this.byAlgorithm = Collections.unmodifiableMap(sorted);
    }

    public Map<Algorithm, Bytes> byAlgorithm() {
        return byAlgorithm;
    }

    public Set<Algorithm> algorithms() {
        return byAlgorithm.keySet();
    }

    /// SHA-256 over each algorithm's JOSE name, a NUL and the raw key, Ed25519 first; of that, the first 16 bytes.
    public KeyId id() {
        var known = id;
        if (known == null) {
            known = digested();
            id = known;
        }
        return known;
    }

    private KeyId digested() {
        var sha256 = Digest.sha256();
        byAlgorithm.forEach((algorithm, key) -> {
            sha256.update(algorithm.joseName().getBytes(StandardCharsets.US_ASCII));
            sha256.update((byte) 0);
            sha256.update(key.toArray());
        });
        return new KeyId(Bytes.of(Arrays.copyOf(sha256.digest(), 16)).toBase64Url());
    }

    JsonObject toJson() {
        var json = new JsonWriter();
        byAlgorithm.forEach((algorithm, key) -> json.put(algorithm.joseName(), key.toBase64Url()));
        return json.object();
    }

    /// Keys of algorithms that this release does not know are left out.
    static SignerKeys fromJson(JsonObject json) {
        var keys = new EnumMap<Algorithm, Bytes>(Algorithm.class);
        for (var algorithm : Algorithm.values()) {
            if (json.has(algorithm.joseName())) {
                keys.put(algorithm, Bytes.of(json.bytes(algorithm.joseName())));
            }
        }
        try {
            return new SignerKeys(keys);
        } catch (IllegalArgumentException malformed) {
            throw new MalformedJson("\"keys\": " + malformed.getMessage());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignerKeys keys && byAlgorithm.equals(keys.byAlgorithm);
    }

    @Override
    public int hashCode() {
        return byAlgorithm.hashCode();
    }

    @Override
    public String toString() {
        return "SignerKeys " + id();
    }
}
