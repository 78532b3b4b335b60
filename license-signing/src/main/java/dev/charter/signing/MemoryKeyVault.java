package dev.charter.signing;

import dev.charter.format.Algorithm;
import dev.charter.format.KeyCertificate;
import dev.charter.format.KeyId;
import dev.charter.format.Signer;
import dev.charter.format.SignerKeys;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/// Keys that live in memory only and are gone with the program: for tests.
public final class MemoryKeyVault implements KeyVault {
    private final RandomGenerator seeds;
    private final SecureRandom signing;
    private final Map<KeyId, Signer> signers = new ConcurrentHashMap<>();

    /// A seeded generator makes the same keys each time: test keys that anybody can make again.
    ///
    /// @param seeds makes the keys
    /// @param signing hedges signatures that are randomised
    public MemoryKeyVault(RandomGenerator seeds, SecureRandom signing) {
        this.seeds = seeds;
        this.signing = signing;
    }

    @Override
    public SignerKeys create(KeyCertificate.Role role, Set<Algorithm> algorithms) {
        try (var made = Seeds.generate(algorithms, seeds)) {
            var keys = made.expand(signing);
            signers.put(keys.keys().id(), keys);
            return keys.keys();
        }
    }

    @Override
    public Signer signer(KeyId id) {
        var signer = signers.get(id);
        if (signer == null) {
            throw new KeysRefused(KeysRefused.Reason.NOT_THERE, "There is no key " + id + " here.");
        }
        return signer;
    }
}
