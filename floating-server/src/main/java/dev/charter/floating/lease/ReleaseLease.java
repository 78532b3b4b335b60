package dev.charter.floating.lease;

import dev.charter.floating.audit.AuditEvent;
import dev.charter.floating.pool.Pool;
import dev.charter.floating.pool.Pools;
import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.RefusalCode;
import dev.charter.format.Release;
import dev.charter.format.SignedDocument;
import dev.charter.store.Transactions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Takes a seat back from its host at once, and acknowledges it.
final class ReleaseLease {
    private static final String PURPOSE = "RELEASE";

    private final Transactions transactions;
    private final InstantSource time;
    private final Pools pools;
    private final Leases leases;
    private final SignLeases sign;

    ReleaseLease(Transactions transactions, InstantSource time, Pools pools, Leases leases, SignLeases sign) {
        this.transactions = transactions;
        this.time = time;
        this.pools = pools;
        this.leases = leases;
        this.sign = sign;
    }

    /// @param stored the acknowledgement of this very release
    private record Found(Pool pool, Optional<Lease> lease, Optional<Bytes> stored) {}

    /// @param document the release, signed by its host
    Outcome handle(Release release, SignedDocument document) {
        var host = release.hostKeys().id().value();
        var digest = document.digest();
        return Attempts.untilKept(() -> {
            var now = time.instant();
            var found = transactions.reading(sql -> pools.find(sql, release.license()).map(pool -> new Found(pool, leases.find(sql, release.license(), host),
                    leases.answer(sql, release.license(), host, PURPOSE, digest))));
            return found.map(there -> decide(there, release, document, digest, now)).orElseGet(Outcome.NoPool::new);
        });
    }

    /// The ID of the lease in the ID of one of its documents.
    private static String leaseOf(Release release) {
        var dot = release.usageLicense().lastIndexOf('.');
        return dot < 0 ? release.usageLicense() : release.usageLicense().substring(0, dot);
    }

    private Outcome decide(Found found, Release release, SignedDocument document, Digest digest, Instant now) {
        if (found.stored().isPresent()) {
            return new Outcome.Granted(found.stored().get());
        }
        if (found.lease().isEmpty()) {
            return new Outcome.Refused(RefusalCode.HOST_MISMATCH, "This lease is not this host's, and only its own host gives it back.");
        }
        var lease = found.lease().get();
        if (!lease.id().equals(leaseOf(release)) || lease.state() != LeaseState.HELD) {
            return Outcome.Refused.because(RefusalCode.RELEASED);
        }
        var acknowledgement = sign.acknowledgement(found.pool(), document);
        return transactions.inOne(sql -> {
            var pool = pools.hold(sql, lease.pool()).orElseThrow(Overtaken::new);
            pools.write(sql, leases.end(sql, pool, lease, LeaseState.RELEASED, now, new AuditEvent.Released(lease.host(), lease.id())));
            leases.keepAnswer(sql, lease.pool(), lease.host(), PURPOSE, digest, acknowledgement, now);
            return new Outcome.Granted(acknowledgement);
        });
    }
}
