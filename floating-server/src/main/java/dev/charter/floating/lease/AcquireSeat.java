package dev.charter.floating.lease;

import dev.charter.floating.audit.AuditEvent;
import dev.charter.floating.identity.Identifiers;
import dev.charter.floating.lease.Admission.Found;
import dev.charter.floating.pool.Pool;
import dev.charter.floating.pool.PoolTerms;
import dev.charter.floating.pool.Pools;
import dev.charter.format.Bytes;
import dev.charter.format.RefusalCode;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageLicense;
import dev.charter.store.Sql;
import dev.charter.store.Transactions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Gives a host a seat. The same host asking again, after a crash say, gets its own seat; so does who asks for a named slot, whose older holder is fenced.
final class AcquireSeat {
    private final Transactions transactions;
    private final InstantSource time;
    private final Admission admission;
    private final Pools pools;
    private final Leases leases;
    private final SignLeases sign;
    private final Identifiers identifiers;

    AcquireSeat(Transactions transactions, InstantSource time, Admission admission, Pools pools, Leases leases, SignLeases sign, Identifiers identifiers) {
        this.transactions = transactions;
        this.time = time;
        this.admission = admission;
        this.pools = pools;
        this.leases = leases;
        this.sign = sign;
        this.identifiers = identifiers;
    }

    /// @param rival a lease that holds the wanted slot
    /// @param due seats that come back by themselves now
    /// @param exhausted features that are all handed out
    private record Look(Found found, Optional<Lease> rival, long due, List<String> exhausted) {}

    Outcome handle(Asked asked) {
        return Attempts.untilKept(() -> {
            var now = time.instant();
            var look = transactions.reading(sql -> admission.find(sql, asked).map(found -> look(sql, found, asked, now)));
            try {
                return look.map(there -> decide(there, asked, now)).orElseGet(Outcome.NoPool::new);
            } catch (FeaturesExhausted exhausted) {
                return exhausted(exhausted.features);
            }
        });
    }

    private Look look(Sql sql, Found found, Asked asked, Instant now) {
        var rival = asked.wish().slot().flatMap(slot -> leases.holderOf(sql, asked.pool(), slot)).filter(holder -> !holder.host().equals(asked.host()));
        return new Look(found, rival, leases.due(sql, asked.pool(), now), pools.exhaustedFeatures(sql, asked.pool()));
    }

    private Outcome decide(Look look, Asked asked, Instant now) {
        var found = look.found();
        var lease = found.lease();
        var closed = Admission.closed(found, asked, now);
        if (closed.isPresent()) {
            return closed.get();
        }
        if (found.stored().isPresent()) {
            boolean living = lease.filter(held -> held.isHeld(now) && held.acquireSequence() == asked.sequence()).isPresent();
            return living ? new Outcome.Granted(found.stored().get()) : Outcome.Refused.because(RefusalCode.RELEASED);
        }
        if (admission.isNewerThanDatabase(found, asked)) {
            admission.restoredBehindOurBack(asked, now);
            throw new Overtaken();
        }
        if (lease.filter(held -> held.acquireSequence() >= asked.sequence()).isPresent()) {
            return admission.superseded(asked, lease.get().acquireSequence(), now);
        }
        if (found.pool().renewsOnly(now)) {
            return refused("This floating server was restored from a backup. Until " + found.pool().renewOnlyUntil() + " it renews leases and hands out none.");
        }
        var features = wanted(found.pool(), asked);
        if (features.missing().isPresent()) {
            return features.missing().get();
        }
        var kept = lease.filter(held -> held.isHeld(now));
        if (kept.filter(Lease::ending).isPresent()) {
            return refused("This pool has fewer seats than before, and this host's seat is one of those that end. Try again when another product has given one back.");
        }
        // A seat that comes back by this very request may bring features with it, so only the transaction knows; where none does, it can be said at once.
        boolean noneComesBack = look.due() == 0 && look.rival().isEmpty();
        if (noneComesBack) {
            if (kept.isEmpty() && found.pool().taken() >= found.pool().seats()) {
                return refused("All " + found.pool().seats() + " seats are taken. Try again when another product has given one back.");
            }
            var own = kept.map(Lease::features).orElse(List.of());
            var exhausted = features.granted().stream().filter(feature -> look.exhausted().contains(feature) && !own.contains(feature)).toList();
            if (!exhausted.isEmpty()) {
                return exhausted(exhausted);
            }
        }
        return grant(look, asked, features.granted(), now);
    }

    private record Wanted(List<String> granted, Optional<Outcome> missing) {}

    private static Wanted wanted(Pool pool, Asked asked) {
        var document = SignedDocument.read(pool.document().toArray());
        var held = PoolTerms.of(UsageLicense.read(document.payload()), document).orElseThrow().features();
        if (asked.wish().features().isEmpty()) {
            return new Wanted(held, Optional.empty());
        }
        var missing = asked.wish().features().stream().filter(feature -> !held.contains(feature)).toList();
        return new Wanted(List.copyOf(new TreeSet<>(asked.wish().features())), missing.isEmpty() ? Optional.empty()
                : Optional.of(refused("This pool does not hold " + String.join(", ", missing) + ". Ask without " + (missing.size() == 1 ? "it" : "them") + ", or have the license upgraded.")));
    }

    private static Outcome refused(String message) {
        return new Outcome.Refused(RefusalCode.NO_SEAT_FREE, message);
    }

    private static Outcome exhausted(List<String> features) {
        return refused("All seats that grant " + String.join(", ", features) + " are taken. Ask without " + (features.size() == 1 ? "it" : "them") + ", or try again when another product has given one back.");
    }

    private Outcome grant(Look look, Asked asked, List<String> features, Instant now) {
        var pool = look.found().pool();
        var before = look.found().lease();
        // A lease that is over is ended first, which is a change of its own.
        boolean over = before.filter(lease -> lease.state() == LeaseState.HELD && !lease.isHeld(now)).isPresent();
        long version = before.map(Lease::version).orElse(0L) + (over ? 2 : 1);
        long epoch = before.map(Lease::epoch).orElse(0L) + 1;
        var id = identifiers.next("ls");
        var document = sign.lease(new Grant(pool, asked, id + "." + epoch, features, admission.epoch(asked, epoch), now));
        var lease = new Lease(pool.license(), asked.host(), asked.request().host().name(), id, LeaseState.HELD, asked.wish().slot(), features, false, asked.sequence(),
                before.map(Lease::renewSequence).orElse(0L), version, epoch, now, now, pool.endOf(now), pool.freeAt(now), Optional.empty());
        return transactions.inOne(sql -> keep(sql, look, lease, asked, document, now));
    }

    /// Keeps all of it or, where something is not as it was decided by, nothing.
    private Outcome keep(Sql sql, Look look, Lease lease, Asked asked, Bytes document, Instant now) {
        var held = admission.hold(sql, asked);
        if (held.revision() != look.found().pool().revision() || held.renewsOnly(now)) {
            throw new Overtaken();
        }
        var pool = leases.expire(sql, held, now);
        var rival = lease.slot().flatMap(slot -> leases.holderOf(sql, lease.pool(), slot)).filter(holder -> !holder.host().equals(lease.host()));
        if (rival.isPresent()) {
            pool = leases.end(sql, pool, rival.get(), LeaseState.FENCED, now, new AuditEvent.Fenced(rival.get().host(), rival.get().id()));
        }
        var before = leases.find(sql, lease.pool(), lease.host());
        boolean asDecided = before.map(Lease::acquireSequence).equals(look.found().lease().map(Lease::acquireSequence)) && before.map(Lease::renewSequence).equals(look.found().lease().map(Lease::renewSequence));
        if (!asDecided || before.map(Lease::version).orElse(0L) + 1 != lease.version()) {
            throw new Overtaken();
        }
        var own = before.filter(b -> b.state() == LeaseState.HELD);
        pool = own.isPresent() ? ownSeat(sql, pool, own.get()) : pools.takeSeat(sql, written(sql, pool), now).orElseThrow(Overtaken::new);
        var lacking = lease.features().stream().filter(feature -> !pools.takeFeature(sql, lease.pool(), feature)).toList();
        if (!lacking.isEmpty()) {
            throw new FeaturesExhausted(lacking);
        }
        if (!leases.put(sql, before, lease)) {
            throw new Overtaken();
        }
        leases.keepAnswer(sql, lease.pool(), lease.host(), Leases.name(asked.purpose()), asked.digest(), document);
        pools.write(sql, pool.noting(sql, now, new AuditEvent.Acquired(lease.host(), lease.id(), lease.slot(), String.join(" ", lease.features()), asked.digest().toString())));
        return new Outcome.Granted(document);
    }

    private Pool ownSeat(Sql sql, Pool pool, Lease own) {
        own.features().forEach(feature -> pools.giveFeatureBack(sql, pool.license(), feature));
        return pool;
    }

    private static final class FeaturesExhausted extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient List<String> features;

        FeaturesExhausted(List<String> features) {
            super(String.join(", ", features), null, false, false);
            this.features = features;
        }
    }

    /// What came back is in the row before a seat is taken from it.
    private Pool written(Sql sql, Pool pool) {
        pools.write(sql, pool);
        return pool;
    }
}
