package dev.charter.client;

import dev.charter.format.Payload;
import dev.charter.format.Refusal;
import dev.charter.format.Release;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageLicense;

/// Signs in the name of the pool that is installed, with the key of the host that holds it: for a floating server, and for nothing else. Only leases, refusals and acknowledgements are signed.
public final class LeaseSigner {
    private final HostKey key;
    private final SignedDocument pool;

    LeaseSigner(HostKey key, SignedDocument pool) {
        this.key = key;
        this.pool = pool;
    }

    /// The usage license of the pool, as it was received.
    public SignedDocument pool() {
        return pool;
    }

    /// Signs it and attaches the pool's usage license. Throws [IllegalArgumentException] for what no floating server signs.
    public SignedDocument sign(Payload payload) {
        boolean allowed = payload instanceof UsageLicense lease && lease.lease().isPresent() || payload instanceof Refusal || payload instanceof Release;
        if (!allowed) {
            throw new IllegalArgumentException("A floating server signs leases, refusals and acknowledgements, no " + payload.kind().documentName() + ".");
        }
        return SignedDocument.sign(payload, key).withPool(pool);
    }
}
