package dev.charter.client;

import dev.charter.format.Algorithm;
import dev.charter.format.Payload;
import dev.charter.format.Refusal;
import dev.charter.format.Release;
import dev.charter.format.SignedDocument;
import dev.charter.format.Signer;
import dev.charter.format.SignerKeys;
import dev.charter.format.UsageLicense;
import dev.charter.format.UsageReport;
import java.util.Optional;
import java.util.Set;

/// Signs in the name of the pool that is installed, with the keys that it vouches for: for a floating server, and for nothing else. Only leases, refusals, acknowledgements and reports are signed.
public final class LeaseSigner {
    private final Signer keys;
    private final SignedDocument pool;

    private LeaseSigner(Signer keys, SignedDocument pool) {
        this.keys = keys;
        this.pool = pool;
    }

    /// Empty where this host lacks a key that the pool names, or the pool one that products require: then nothing that it signs would be believed.
    ///
    /// @param license what the pool's document says, verified
    static Optional<LeaseSigner> of(HostKey host, Optional<LeaseKey> second, UsageLicense license, SignedDocument pool, Set<Algorithm> required) {
        var all = license.leaseKeys();
        if (!all.algorithms().containsAll(required)) {
            return Optional.empty();
        }
        if (all.equals(host.keys())) {
            return Optional.of(new LeaseSigner(host, pool));
        }
        return second.filter(key -> key.keys().with(host.keys()).equals(all)).map(key -> new LeaseSigner(new BothKeys(all, host, key), pool));
    }

    private record BothKeys(SignerKeys keys, HostKey host, LeaseKey second) implements Signer {
        @Override
        public byte[] sign(Algorithm algorithm, byte[] content) {
            return algorithm == LeaseKey.ALGORITHM ? second.sign(content) : host.sign(algorithm, content);
        }
    }

    /// The usage license of the pool, as it was received.
    public SignedDocument pool() {
        return pool;
    }

    /// Signs it and attaches the pool's usage license. Throws [IllegalArgumentException] for what no floating server signs.
    public SignedDocument sign(Payload payload) {
        boolean allowed = payload instanceof UsageLicense lease && lease.lease().isPresent() || payload instanceof Refusal || payload instanceof Release || payload instanceof UsageReport;
        if (!allowed) {
            throw new IllegalArgumentException("A floating server signs leases, refusals, acknowledgements and reports, no " + payload.kind().documentName() + ".");
        }
        return SignedDocument.sign(payload, keys).withPool(pool);
    }
}
