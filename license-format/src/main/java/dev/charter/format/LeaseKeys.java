package dev.charter.format;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// The public keys with which a floating server signs leases beside its host's own, raw, at most one for each algorithm: where the vendor's anchor requires more than
/// the Ed25519 of a host. Empty under an anchor that requires no more.
public record LeaseKeys(Map<Algorithm, Bytes> byAlgorithm) {
    public static final LeaseKeys NONE = new LeaseKeys(Map.of());

    public LeaseKeys {
        var sorted = new EnumMap<Algorithm, Bytes>(Algorithm.class);
        sorted.putAll(byAlgorithm);
        Require.that(!sorted.containsKey(Algorithm.ED25519), "the Ed25519 key that signs leases is the host's own");
        sorted.forEach((algorithm, key) -> Require.that(key.length() == algorithm.publicKeyLength(),
                "a public key of %s has %s bytes, not %s", algorithm.joseName(), algorithm.publicKeyLength(), key.length()));
        byAlgorithm = Collections.unmodifiableMap(sorted);
    }

    public boolean isEmpty() {
        return byAlgorithm.isEmpty();
    }

    /// All keys under which leases of that host are verified. Throws [IllegalArgumentException] where the host has a key of such an algorithm itself: then one lease
    /// could be verified under either.
    public SignerKeys with(SignerKeys host) {
        var all = new EnumMap<Algorithm, Bytes>(host.byAlgorithm());
        byAlgorithm.forEach((algorithm, key) -> Require.that(all.put(algorithm, key) == null, "the host has an %s key itself, and no second one for leases", algorithm.joseName()));
        return new SignerKeys(all);
    }

    void writeTo(JsonWriter json) {
        if (!isEmpty()) {
            var keys = new JsonWriter();
            byAlgorithm.forEach((algorithm, key) -> keys.put(algorithm.joseName(), key.toBase64Url()));
            json.put("keys", keys.object());
        }
    }

    /// The member `keys` of that object. Keys of algorithms that this release does not know are left out.
    static LeaseKeys readFrom(JsonObject json) {
        var found = new EnumMap<Algorithm, Bytes>(Algorithm.class);
        json.optionalObject("keys").ifPresent(keys -> {
            for (var algorithm : Algorithm.values()) {
                if (keys.has(algorithm.joseName())) {
                    found.put(algorithm, Bytes.of(keys.bytes(algorithm.joseName())));
                }
            }
        });
        return new LeaseKeys(found);
    }
}
