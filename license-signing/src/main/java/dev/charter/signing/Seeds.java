package dev.charter.signing;

import dev.charter.format.Algorithm;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Private keys in their shortest form: 32 bytes for each algorithm (Ed25519: RFC 8032, section 5.1.5; ML-DSA-65: the seed of FIPS 204, algorithm 6, RFC 9964's `priv`).
/// In memory for as long as it takes to seal or to expand them, then wiped.
final class Seeds implements AutoCloseable {
    static final int LENGTH = 32;

    private final Map<Algorithm, byte[]> byAlgorithm;

    private Seeds(Map<Algorithm, byte[]> byAlgorithm) {
        this.byAlgorithm = byAlgorithm;
    }

    static Seeds generate(Set<Algorithm> algorithms, RandomGenerator random) {
        var seeds = new EnumMap<Algorithm, byte[]>(Algorithm.class);
        for (var algorithm : Algorithm.values()) {
            if (algorithms.contains(algorithm)) {
                var seed = new byte[LENGTH];
                random.nextBytes(seed);
                seeds.put(algorithm, seed);
            }
        }
        return new Seeds(seeds);
    }

    /// Splits what [#joined()] put together.
    static Seeds split(Set<Algorithm> algorithms, byte[] joined) {
        if (joined.length != algorithms.size() * LENGTH) {
            throw new IllegalArgumentException("sealed keys have another length than their algorithms need");
        }
        var seeds = new EnumMap<Algorithm, byte[]>(Algorithm.class);
        int at = 0;
        for (var algorithm : Algorithm.values()) {
            if (algorithms.contains(algorithm)) {
                seeds.put(algorithm, Arrays.copyOfRange(joined, at, at + LENGTH));
                at += LENGTH;
            }
        }
        return new Seeds(seeds);
    }

    /// All of them, Ed25519 first; the caller wipes it.
    byte[] joined() {
        var joined = new byte[byAlgorithm.size() * LENGTH];
        int at = 0;
        for (var seed : byAlgorithm.values()) {
            System.arraycopy(seed, 0, joined, at, LENGTH);
            at += LENGTH;
        }
        return joined;
    }

    /// Keys that are ready to sign with.
    PrivateKeys expand(SecureRandom random) {
        return PrivateKeys.of(byAlgorithm, random);
    }

    @Override
    public void close() {
        byAlgorithm.values().forEach(seed -> Arrays.fill(seed, (byte) 0));
    }

    @Override
    public String toString() {
        return "***";
    }
}
