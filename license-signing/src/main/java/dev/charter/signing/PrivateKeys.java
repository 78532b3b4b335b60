package dev.charter.signing;

import dev.charter.format.Algorithm;
import dev.charter.format.Bytes;
import dev.charter.format.Signer;
import dev.charter.format.SignerKeys;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.Map;

/// Private keys that were expanded once and sign from then on: without a lock, from any number of threads.
final class PrivateKeys implements Signer {
    /// Signs under one key.
    interface Key {
        Bytes publicKey();

        byte[] sign(byte[] content);
    }

    private final SignerKeys keys;
    private final Map<Algorithm, Key> byAlgorithm;

    private PrivateKeys(SignerKeys keys, Map<Algorithm, Key> byAlgorithm) {
        this.keys = keys;
        this.byAlgorithm = byAlgorithm;
    }

    static PrivateKeys of(Map<Algorithm, byte[]> seeds, SecureRandom random) {
        var expanded = new EnumMap<Algorithm, Key>(Algorithm.class);
        seeds.forEach((algorithm, seed) -> expanded.put(algorithm, switch (algorithm) {
            case ED25519 -> Ed25519Key.expand(seed);
            case ML_DSA_65 -> MlDsaKey.expand(seed, random);
        }));
        var publicKeys = new EnumMap<Algorithm, Bytes>(Algorithm.class);
        expanded.forEach((algorithm, key) -> publicKeys.put(algorithm, key.publicKey()));
        return new PrivateKeys(new SignerKeys(publicKeys), expanded);
    }

    @Override
    public SignerKeys keys() {
        return keys;
    }

    @Override
    public byte[] sign(Algorithm algorithm, byte[] content) {
        var key = byAlgorithm.get(algorithm);
        if (key == null) {
            throw new IllegalArgumentException("the keys " + keys.id() + " have none for " + algorithm.joseName());
        }
        return key.sign(content);
    }

    @Override
    public String toString() {
        return "private keys " + keys.id();
    }
}
