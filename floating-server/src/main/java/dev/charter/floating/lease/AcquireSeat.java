package dev.charter.floating.lease;

import dev.charter.floating.audit.AuditEvent;
import dev.charter.floating.identity.Identifiers;
import dev.charter.floating.lease.Admission.Found;
import dev.charter.floating.pool.Claim;
import dev.charter.floating.pool.Pool;
import dev.charter.floating.pool.Pools;
import dev.charter.floating.pool.Room;
import dev.charter.floating.pool.Verdict;
import dev.charter.floating.pool.WhenFull;
import dev.charter.format.Bytes;
import dev.charter.format.RefusalCode;
import dev.charter.store.Sql;
import dev.charter.store.Transactions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Gives a host a seat. The same host asking again, after a crash say, gets its own seat; so does who asks for a named slot, whose older holder is fenced, as many
/// at once as the allowance says, since they may run on until their leases end. Everybody else gets one that is free, not
/// reserved for others, and not kept for those who have waited longer.
final class AcquireSeat {
    private final Transactions transactions;
    private final InstantSource time;
    private final Admission admission;
    private final Pools pools;
    private final Leases leases;
    private final Queue queue;
    private final SignLeases sign;
    private final Identifiers identifiers;

    AcquireSeat(Transactions transactions, InstantSource time, Admission admission, Pools pools, Leases leases, Queue queue, SignLeases sign, Identifiers identifiers) {
        this.transactions = transactions;
        this.time = time;
        this.admission = admission;
        this.pools = pools;
        this.leases = leases;
        this.queue = queue;
        this.sign = sign;
        this.identifiers = identifiers;
    }

    /// @param features what the lease would grant; none where the pool lacks some of it
    /// @param verdict whether there is a seat
    /// @param fences whether it would take a named slot from an older holder, and as many of those as the allowance says may be running still
    private record Look(Found found, Optional<List<String>> features, Verdict verdict, boolean fences) {}

    Outcome handle(Asked asked) {
        return Attempts.untilKept(() -> {
            var now = time.instant();
            var look = transactions.reading(sql -> admission.find(sql, asked).map(found -> look(sql, found, asked, now)));
            return look.map(there -> decide(there, asked, now)).orElseGet(Outcome.NoPool::new);
        });
    }

    private Look look(Sql sql, Found found, Asked asked, Instant now) {
        var features = wanted(found.pool(), asked);
        if (found.stored().isPresent() || features.isEmpty()) {
            return new Look(found, features, new Verdict.Full(), false);
        }
        var room = Room.in(found.pool(), now);
        var due = leases.due(sql, asked.pool(), now);
        due.forEach(over -> room.giveBack(over.features(), over.reservation()));
        return new Look(found, features, verdict(sql, found.pool(), room, asked, claim(asked, features.get()), found.lease(), now), fencesTooMany(sql, found.pool(), rival(sql, asked, now), now));
    }

    private boolean fencesTooMany(Sql sql, Pool pool, Optional<Lease> rival, Instant now) {
        return rival.isPresent() && leases.fenced(sql, pool.license(), now) >= pool.limits().allowance();
    }

    private static Claim claim(Asked asked, List<String> features) {
        return new Claim(asked.request().host().name(), asked.wish().slot(), features);
    }

    /// Whether there is a seat, where the room is without the leases that are over. Those who wait longer choose first, even before a host that has a seat and wants another feature.
    private Verdict verdict(Sql sql, Pool pool, Room room, Asked asked, Claim claim, Optional<Lease> lease, Instant now) {
        if (pool.standing().whenFull() == WhenFull.QUEUE && !room.isFull()) {
            queue.ahead(sql, pool.license(), queue.find(sql, pool.license(), asked.host(), now), now).forEach(other -> room.take(other.claim()));
        }
        var rival = rival(sql, asked, now);
        var own = lease.filter(held -> held.isHeld(now));
        if (own.isPresent()) {
            rival.ifPresent(other -> room.giveBack(other.features(), other.reservation()));
        }
        return own.or(() -> rival).map(from -> room.takeOver(claim, from.features(), from.reservation())).orElseGet(() -> room.take(claim));
    }

    /// Who else holds the wanted slot.
    private Optional<Lease> rival(Sql sql, Asked asked, Instant now) {
        return asked.wish().slot().flatMap(slot -> leases.holderOf(sql, asked.pool(), slot)).filter(holder -> holder.isHeld(now) && !holder.host().equals(asked.host()));
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
        admission.closeEmergency(found.pool(), now);
        if (admission.isNewerThanDatabase(found, asked, now)) {
            admission.restoredBehindOurBack(asked, now);
            throw new Overtaken();
        }
        if (lease.filter(held -> held.acquireSequence() >= asked.sequence()).isPresent()) {
            boolean over = lease.get().acquireSequence() == asked.sequence() && !lease.get().isHeld(now);
            return over ? Outcome.Refused.because(RefusalCode.RELEASED) : admission.superseded(asked, lease.get().acquireSequence(), now);
        }
        if (found.pool().renewsOnly(now)) {
            return refused("This floating server was restored from a backup. Until " + found.pool().standing().renewOnlyUntil() + " it renews leases and hands out none.");
        }
        if (look.features().isEmpty()) {
            return lacking(found.pool(), asked);
        }
        var own = lease.filter(held -> held.isHeld(now));
        if (own.filter(Lease::ending).isPresent()) {
            return refused("This pool has fewer seats than before, and this host's seat is one of those that end. Try again when another product has given one back.");
        }
        if (look.fences() && look.verdict() instanceof Verdict.Fits) {
            return new Outcome.Refused(RefusalCode.ALLOWANCE_EXHAUSTED, "This named slot was taken over, and the license allows " + found.pool().limits().allowance()
                    + " such older holders that may still be running. Try again when one of their leases has ended, or take another slot.");
        }
        return look.verdict() instanceof Verdict.Fits ? grant(look, asked, look.features().get(), now) : full(look, asked, own.isPresent(), now);
    }

    /// The features that it asks for; empty where the pool does not hold them all.
    private Optional<List<String>> wanted(Pool pool, Asked asked) {
        var held = pools.licensed(pool).terms().features();
        var wanted = asked.wish().features();
        if (wanted.isEmpty()) {
            return Optional.of(held);
        }
        return held.containsAll(wanted) ? Optional.of(List.copyOf(new TreeSet<>(wanted))) : Optional.empty();
    }

    private Outcome lacking(Pool pool, Asked asked) {
        var held = pools.licensed(pool).terms().features();
        var missing = asked.wish().features().stream().filter(feature -> !held.contains(feature)).toList();
        return refused("This pool does not hold " + String.join(", ", missing) + ". Ask without " + (missing.size() == 1 ? "it" : "them") + ", or have the license upgraded.");
    }

    private static Outcome refused(String message) {
        return new Outcome.Refused(RefusalCode.NO_SEAT_FREE, message);
    }

    private Outcome full(Look look, Asked asked, boolean holds, Instant now) {
        var pool = look.found().pool();
        var lacks = look.verdict() instanceof Verdict.Lacks(var features) ? features : List.<String>of();
        boolean queues = pool.standing().whenFull() == WhenFull.QUEUE;
        var kept = queues ? " or kept for products that have waited longer" : pool.reservations().isEmpty() ? "" : " or reserved for others";
        var what = lacks.isEmpty() ? "All " + pool.capacity(now) + " seats are taken" + (pool.taken() < pool.capacity(now) ? kept : "") + "."
                : "All seats that grant " + String.join(", ", lacks) + " are taken.";
        var without = lacks.isEmpty() ? "" : lacks.size() == 1 ? " Ask without it, or" : " Ask without them, or";
        if (queues && !holds) {
            var claim = claim(asked, look.features().orElseThrow());
            var place = wait(asked, claim, now);
            if (place > 0) {
                var again = Queue.askAgainAfter(place - 1);
                return new Outcome.Refused(RefusalCode.NO_SEAT_FREE, what + " This host is number " + place + " in the queue." + (without.isEmpty() ? " Ask" : without + " ask") + " again in " + again.toSeconds()
                        + " seconds to keep the place.", Optional.of(new Outcome.Place(place, again)));
            }
        }
        return refused(what + (without.isEmpty() ? " Try" : without + " try") + " again when another product has given one back.");
    }

    /// Keeps or takes a place in the queue and returns it, from 1; 0 where the queue is too long.
    private long wait(Asked asked, Claim claim, Instant now) {
        return transactions.inOne(sql -> {
            var own = queue.find(sql, asked.pool(), asked.host(), now);
            if (own.isEmpty()) {
                admission.hold(sql, asked);
            }
            long ahead = queue.lengthAhead(sql, asked.pool(), own, now);
            return queue.keepPlace(sql, asked.pool(), asked.host(), claim, now, Queue.askBy(now, ahead)) ? ahead + 1 : 0;
        });
    }

    private Outcome grant(Look look, Asked asked, List<String> features, Instant now) {
        var pool = look.found().pool();
        var before = look.found().lease();
        // A lease that is over is ended first, which is a change of its own.
        boolean over = before.filter(lease -> lease.state() == LeaseState.HELD && !lease.isHeld(now)).isPresent();
        long version = before.map(Lease::version).orElse(0L) + (over ? 2 : 1);
        long epoch = before.map(Lease::epoch).orElse(0L) + 1;
        var id = identifiers.next("ls");
        var document = sign.lease(new Grant(pool, asked, id + "." + epoch, features, admission.epoch(asked, epoch, now), now));
        var lease = new Lease(pool.license(), asked.host(), asked.request().host().name(), id, LeaseState.HELD, asked.wish().slot(), features, Optional.empty(), false, asked.sequence(),
                before.map(Lease::renewSequence).orElse(0L), version, epoch, now, now, pool.endOf(now), pool.freeAt(now), Optional.empty());
        return transactions.inOne(sql -> keep(sql, look, lease, asked, document, now));
    }

    /// Keeps all of it or, where something is not as it was decided by, nothing.
    private Outcome keep(Sql sql, Look look, Lease lease, Asked asked, Bytes document, Instant now) {
        var held = admission.hold(sql, asked);
        if (held.revision() != look.found().pool().revision() || held.renewsOnly(now) || held.standing().givenUp() || held.isOver(now)) {
            throw new Overtaken();
        }
        var pool = leases.expire(sql, held, now);
        var before = leases.find(sql, lease.pool(), lease.host());
        boolean asDecided = before.map(Lease::acquireSequence).equals(look.found().lease().map(Lease::acquireSequence)) && before.map(Lease::renewSequence).equals(look.found().lease().map(Lease::renewSequence));
        if (!asDecided || before.map(Lease::version).orElse(0L) + 1 != lease.version() || before.filter(own -> own.isHeld(now) && own.ending()).isPresent()) {
            throw new Overtaken();
        }
        var room = Room.in(pool, now);
        if (!(verdict(sql, pool, room, asked, claim(asked, lease.features()), before, now) instanceof Verdict.Fits(var reservation))) {
            throw new Overtaken();
        }
        var rival = rival(sql, asked, now);
        if (fencesTooMany(sql, pool, rival, now)) {
            throw new Overtaken();
        }
        if (rival.isPresent()) {
            pool = leases.end(sql, pool, rival.get(), LeaseState.FENCED, now, new AuditEvent.Fenced(rival.get().host(), rival.get().id()));
        }
        var own = before.filter(b -> b.state() == LeaseState.HELD);
        if (own.isPresent()) {
            pool = pool.givingBack(own.get().features(), own.get().reservation());
        }
        if (!leases.put(sql, before, lease.in(reservation, lease.version()))) {
            throw new Overtaken();
        }
        queue.leave(sql, lease.pool(), lease.host());
        leases.keepAnswer(sql, lease.pool(), lease.host(), Leases.name(asked.purpose()), asked.digest(), document, now);
        pools.write(sql, pool.taking(lease.features(), reservation).noting(sql, now,
                new AuditEvent.Acquired(lease.host(), lease.id(), lease.slot(), lease.features(), reservation, asked.digest().toString())));
        return new Outcome.Granted(document);
    }
}
