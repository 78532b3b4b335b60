package dev.charter.floating.lease;

import dev.charter.floating.lease.Admission.Found;
import dev.charter.format.Bytes;
import dev.charter.format.RefusalCode;
import dev.charter.store.Transactions;
import java.time.Instant;
import java.time.InstantSource;

/// Lets a host keep its seat. Only the host's own row is touched, so that renewals never wait for one another.
final class RenewLease {
    private final Transactions transactions;
    private final InstantSource time;
    private final Admission admission;
    private final Leases leases;
    private final SignLeases sign;

    RenewLease(Transactions transactions, InstantSource time, Admission admission, Leases leases, SignLeases sign) {
        this.transactions = transactions;
        this.time = time;
        this.admission = admission;
        this.leases = leases;
        this.sign = sign;
    }

    Outcome handle(Asked asked) {
        return Attempts.untilKept(() -> {
            var now = time.instant();
            return transactions.reading(sql -> admission.find(sql, asked)).map(found -> decide(found, asked, now)).orElseGet(Outcome.NoPool::new);
        });
    }

    private Outcome decide(Found found, Asked asked, Instant now) {
        var closed = Admission.closed(found, asked, now);
        if (closed.isPresent()) {
            return closed.get();
        }
        admission.closeEmergency(found.pool(), now);
        if (admission.isNewerThanDatabase(found, asked, now)) {
            admission.restoredBehindOurBack(asked, now);
            throw new Overtaken();
        }
        if (found.lease().isEmpty()) {
            return new Outcome.Refused(RefusalCode.HOST_MISMATCH, "This host has no lease of this pool that it could renew. Ask for a seat.");
        }
        var lease = found.lease().get();
        if (found.stored().isPresent()) {
            return lease.isHeld(now) && lease.renewSequence() == asked.sequence() ? new Outcome.Granted(found.stored().get()) : Outcome.Refused.because(RefusalCode.RELEASED);
        }
        if (asked.sequence() == lease.renewSequence() && !lease.isHeld(now)) {
            return Outcome.Refused.because(RefusalCode.RELEASED);
        }
        if (asked.sequence() <= lease.renewSequence()) {
            return admission.superseded(asked, lease.renewSequence(), now);
        }
        if (!lease.isHeld(now)) {
            return new Outcome.Refused(RefusalCode.RELEASED, why(lease.state()) + " Ask for a seat again.");
        }
        if (lease.ending()) {
            return new Outcome.Refused(RefusalCode.NO_SEAT_FREE, "This pool has fewer seats than before, and this lease is one of those that are not renewed. It ends at " + lease.endsAt() + ".");
        }
        return grant(found, lease, asked, now);
    }

    private static String why(LeaseState state) {
        return switch (state) {
            case HELD, EXPIRED -> "This lease is over: it was not renewed in time.";
            case RELEASED -> "This lease was given back.";
            case FENCED -> "Another host has taken this lease's named slot.";
            case RECLAIMED -> "The administrator of the floating server has taken this seat back.";
        };
    }

    private Outcome grant(Found found, Lease lease, Asked asked, Instant now) {
        var pool = found.pool();
        long epoch = lease.epoch() + 1;
        var document = sign.lease(new Grant(pool, asked, lease.id() + "." + epoch, lease.features(), admission.epoch(asked, epoch, now), now));
        return keep(lease, lease.renewed(asked.sequence(), now, pool.endOf(now), pool.freeAt(now)), asked, document);
    }

    private Outcome keep(Lease before, Lease renewed, Asked asked, Bytes document) {
        return transactions.inOne(sql -> {
            if (!leases.renew(sql, before, renewed)) {
                throw new Overtaken();
            }
            leases.keepAnswer(sql, asked.pool(), asked.host(), Leases.name(asked.purpose()), asked.digest(), document, renewed.answeredAt());
            return new Outcome.Granted(document);
        });
    }
}
