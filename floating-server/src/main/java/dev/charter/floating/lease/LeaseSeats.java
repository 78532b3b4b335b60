package dev.charter.floating.lease;

import dev.charter.floating.identity.Identifiers;
import dev.charter.floating.pool.Pools;
import dev.charter.floating.seal.Seal;
import dev.charter.format.Release;
import dev.charter.format.SignedDocument;
import dev.charter.store.Transactions;
import java.time.InstantSource;

/// Everything that hosts ask for about seats, decided in the database and signed by the given signature.
public final class LeaseSeats {
    private final AcquireSeat acquire;
    private final RenewLease renew;
    private final ReleaseLease release;

    /// @param time the issuer's
    public LeaseSeats(Transactions transactions, InstantSource time, Seal seal, Pools pools, Leases leases, SignLeases sign, Identifiers identifiers) {
        var admission = new Admission(transactions, pools, leases, new Epochs(seal));
        acquire = new AcquireSeat(transactions, time, admission, pools, leases, new Queue(), sign, identifiers);
        renew = new RenewLease(transactions, time, admission, leases, sign);
        release = new ReleaseLease(transactions, time, pools, leases, sign);
    }

    /// A request of purpose acquire or renew, which its host has signed.
    public Outcome request(Asked asked) {
        return switch (asked.purpose()) {
            case ACQUIRE -> acquire.handle(asked);
            case RENEW -> renew.handle(asked);
            case ACTIVATE, REFRESH -> throw new IllegalArgumentException("a request of purpose " + asked.purpose().documentName() + " asks for no seat");
        };
    }

    /// A release, which its host has signed.
    ///
    /// @param document the same, signed
    public Outcome release(Release content, SignedDocument document) {
        return release.handle(content, document);
    }
}
