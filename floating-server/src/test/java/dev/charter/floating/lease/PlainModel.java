package dev.charter.floating.lease;

import dev.charter.floating.testing.TestPool;
import dev.charter.format.Bytes;
import dev.charter.format.LeaseProfile;
import dev.charter.format.Purpose;
import dev.charter.format.RefusalCode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A pool as plainly as it can be said: values in lists, and every rule in a few lines. Hosts are numbers.
final class PlainModel {
    static final Duration END = LeaseProfile.ELASTIC.end();
    static final Duration MARGIN = Duration.ofSeconds(5);

    /// How it has a host.
    static final class Seat {
        final int host;
        long acquireSequence;
        long renewSequence;
        long epoch;
        LeaseState state = LeaseState.EXPIRED;
        boolean ending;
        Instant acquiredAt = Instant.EPOCH;
        Instant freeAt = Instant.EPOCH;
        Optional<String> slot = Optional.empty();
        List<String> features = List.of();
        Optional<String> reservation = Optional.empty();
        final Map<String, Bytes> answers = new HashMap<>();

        Seat(int host) {
            this.host = host;
        }

        Seat copy() {
            var copy = new Seat(host);
            copy.acquireSequence = acquireSequence;
            copy.renewSequence = renewSequence;
            copy.epoch = epoch;
            copy.state = state;
            copy.ending = ending;
            copy.acquiredAt = acquiredAt;
            copy.freeAt = freeAt;
            copy.slot = slot;
            copy.features = features;
            copy.reservation = reservation;
            copy.answers.putAll(answers);
            return copy;
        }

        boolean holds(Instant now) {
            return state == LeaseState.HELD && now.isBefore(freeAt);
        }
    }

    /// Who waits, and until when its place is kept.
    record Waiter(int host, Wish wish, Instant askBy) {}

    record Wish(int host, Optional<String> slot, List<String> features) {}

    /// @param members names, or their beginnings and a `*`
    record Reserved(String name, List<String> members, long seats) {
        boolean isFor(Wish wish) {
            var names = new ArrayList<>(List.of("host-" + wish.host));
            wish.slot.ifPresent(names::add);
            return names.stream().anyMatch(name -> members.stream().anyMatch(member -> member.endsWith("*") ? name.startsWith(member.replace("*", "")) : name.equals(member)));
        }
    }

    /// What it answers.
    ///
    /// @param same the bytes, where they were answered before
    record Expected(Optional<RefusalCode> code, Optional<Bytes> same, Optional<String> reservation) {
        static Expected no(RefusalCode code) {
            return new Expected(Optional.of(code), Optional.empty(), Optional.empty());
        }
    }

    final int sold;
    final int reclaims;
    final int overdraft;
    final int emergencyDays;
    final Optional<Integer> bridges;
    final Map<Integer, Seat> seats = new HashMap<>();
    final List<Waiter> queue = new ArrayList<>();
    List<Reserved> reserved = List.of();
    boolean queues;
    int most;
    int reclaimed;
    int daysUsed;
    Optional<Instant> emergencyUntil = Optional.empty();
    Instant renewOnlyUntil = Instant.EPOCH;
    /// What happened on the way to the last answer.
    final List<String> happened = new ArrayList<>();
    final List<Integer> fenced = new ArrayList<>();

    PlainModel(int sold, int reclaims, int overdraft, int emergencyDays, Optional<Integer> bridges) {
        this.sold = sold;
        this.reclaims = reclaims;
        this.overdraft = overdraft;
        this.emergencyDays = emergencyDays;
        this.bridges = bridges;
        this.most = sold;
    }

    PlainModel copy() {
        var copy = new PlainModel(sold, reclaims, overdraft, emergencyDays, bridges);
        seats.forEach((host, seat) -> copy.seats.put(host, seat.copy()));
        copy.queue.addAll(queue);
        copy.reserved = reserved;
        copy.queues = queues;
        copy.most = most;
        copy.reclaimed = reclaimed;
        copy.daysUsed = daysUsed;
        copy.emergencyUntil = emergencyUntil;
        copy.renewOnlyUntil = renewOnlyUntil;
        return copy;
    }

    /// Hosts whose named slots others have taken, and that may still be running.
    long fenced(Instant now) {
        return seats.values().stream().filter(seat -> seat.state == LeaseState.FENCED && now.isBefore(seat.freeAt)).count();
    }

    /// Every seat that is given out, the longest holder first.
    List<Seat> held() {
        return seats.values().stream().filter(seat -> seat.state == LeaseState.HELD).sorted(Comparator.comparing((Seat seat) -> seat.acquiredAt).thenComparing(seat -> id(seat.host))).toList();
    }

    static String id(int host) {
        return TestPool.keys("host-" + host).id().value();
    }

    boolean holds(int host, Instant now) {
        return seats.containsKey(host) && seats.get(host).holds(now);
    }

    List<Waiter> waiting(Instant now) {
        return queue.stream().filter(waiter -> now.isBefore(waiter.askBy)).toList();
    }

    private boolean emergencyRuns(Instant now) {
        return emergencyUntil.filter(now::isBefore).isPresent();
    }

    private long capacity(Instant now) {
        return most + (emergencyRuns(now) ? overdraft : 0);
    }

    /// @param known the last time that was known for certain
    void countAgain(Instant now, Instant known) {
        var free = now.plus(END).plus(MARGIN);
        seats.values().stream().filter(seat -> seat.state == LeaseState.HELD || (seat.state == LeaseState.FENCED || seat.state == LeaseState.RECLAIMED) && seat.freeAt.isAfter(known)).forEach(seat -> seat.freeAt = seat.freeAt.isBefore(free) ? free : seat.freeAt);
    }

    private void expire(Instant now) {
        held().stream().filter(seat -> !seat.holds(now)).forEach(seat -> seat.state = LeaseState.EXPIRED);
    }

    Expected answer(int host, Asked asked, Instant now) {
        happened.clear();
        fenced.clear();
        return asked.purpose() == Purpose.ACQUIRE ? acquire(host, asked, now) : renew(host, asked, now);
    }

    private Expected acquire(int host, Asked asked, Instant now) {
        var stored = stored(host, asked);
        boolean holds = holds(host, now);
        if (stored.isPresent()) {
            return stored(holds && seats.get(host).acquireSequence == asked.sequence(), stored);
        }
        closeEmergency(now);
        seeEpoch(host, asked, now);
        if (seats.containsKey(host) && asked.sequence() <= seats.get(host).acquireSequence) {
            return Expected.no(asked.sequence() == seats.get(host).acquireSequence && !holds ? RefusalCode.RELEASED : RefusalCode.REQUEST_SUPERSEDED);
        }
        if (now.isBefore(renewOnlyUntil) || holds && seats.get(host).ending) {
            return Expected.no(RefusalCode.NO_SEAT_FREE);
        }
        return take(new Wish(host, asked.wish().slot(), asked.wish().features().isEmpty() ? TestPool.FEATURES : asked.wish().features().stream().sorted().toList()), now);
    }

    private Expected renew(int host, Asked asked, Instant now) {
        closeEmergency(now);
        seeEpoch(host, asked, now);
        var seat = seats.get(host);
        if (seat == null) {
            return Expected.no(RefusalCode.HOST_MISMATCH);
        }
        var stored = stored(host, asked);
        if (stored.isPresent()) {
            return stored(seat.holds(now) && seat.renewSequence == asked.sequence(), stored);
        }
        if (asked.sequence() <= seat.renewSequence) {
            return Expected.no(asked.sequence() == seat.renewSequence && !seat.holds(now) ? RefusalCode.RELEASED : RefusalCode.REQUEST_SUPERSEDED);
        }
        return !seat.holds(now) ? Expected.no(RefusalCode.RELEASED) : seat.ending ? Expected.no(RefusalCode.NO_SEAT_FREE) : new Expected(Optional.empty(), Optional.empty(), seat.reservation);
    }

    private Optional<Bytes> stored(int host, Asked asked) {
        return Optional.ofNullable(seats.get(host)).filter(seat -> seat.state == LeaseState.HELD).map(seat -> seat.answers.get(asked.purpose().name() + asked.digest()));
    }

    private static Expected stored(boolean living, Optional<Bytes> bytes) {
        return living ? new Expected(Optional.empty(), bytes, Optional.empty()) : Expected.no(RefusalCode.RELEASED);
    }

    private void seeEpoch(int host, Asked asked, Instant now) {
        long brought = asked.epoch().map(epoch -> ByteBuffer.wrap(epoch.toArray()).getLong()).orElse(0L);
        if (brought > Optional.ofNullable(seats.get(host)).map(seat -> seat.epoch).orElse(0L)) {
            seats.computeIfAbsent(host, Seat::new).epoch = brought;
            renewOnlyUntil = now.plus(END).plus(MARGIN);
            happened.add("hidden restore seen");
        }
    }

    /// What is left while it is decided who gets a seat.
    private final class Left {
        final long capacity;
        long taken;
        long bridged;
        final Map<String, Long> ofReserved = new HashMap<>();

        Left(Instant now) {
            capacity = capacity(now);
            held().stream().filter(seat -> seat.holds(now)).forEach(seat -> count(seat.features, seat.reservation, 1));
        }

        void count(List<String> features, Optional<String> reservation, int by) {
            taken += by;
            bridged += features.contains("bridge") ? by : 0;
            reservation.ifPresent(name -> ofReserved.merge(name, (long) by, Long::sum));
        }

        Optional<String> reservedFor(Wish wish) {
            return reserved.stream().filter(each -> each.isFor(wish) && ofReserved.getOrDefault(each.name, 0L) < each.seats).map(Reserved::name).findFirst();
        }

        boolean hasCommon() {
            return taken - ofReserved.values().stream().mapToLong(Long::longValue).sum() < capacity - reserved.stream().mapToLong(Reserved::seats).sum();
        }

        boolean hasFeatures(Wish wish) {
            return !wish.features.contains("bridge") || bridges.isEmpty() || bridged < bridges.get();
        }

        /// Whether it gets a free seat.
        boolean take(Wish wish) {
            boolean takes = taken < capacity && (reservedFor(wish).isPresent() || hasCommon()) && hasFeatures(wish);
            if (takes) {
                count(wish.features, reservedFor(wish), 1);
            }
            return takes;
        }
    }

    private Expected take(Wish wish, Instant now) {
        var left = new Left(now);
        var ahead = waiting(now).stream().takeWhile(waiter -> waiter.host != wish.host).toList();
        if (queues && left.taken < left.capacity) {
            ahead.forEach(waiter -> left.take(waiter.wish));
        }
        var own = Optional.ofNullable(seats.get(wish.host)).filter(seat -> seat.holds(now));
        var rival = held().stream().filter(seat -> seat.host != wish.host && seat.holds(now) && wish.slot.isPresent() && seat.slot.equals(wish.slot)).findFirst();
        own.ifPresent(seat -> left.count(seat.features, seat.reservation, -1));
        rival.ifPresent(seat -> left.count(seat.features, seat.reservation, -1));
        var from = own.or(() -> rival);
        var place = left.reservedFor(wish);
        boolean seat = place.isPresent() || (from.isPresent() ? from.get().reservation.isEmpty() || left.hasCommon() : left.taken < left.capacity && left.hasCommon());
        if (from.isEmpty() && left.taken >= left.capacity) {
            seat = false;
        }
        if (seat && left.hasFeatures(wish)) {
            if (rival.isPresent() && fenced(now) >= reclaims) {
                return Expected.no(RefusalCode.ALLOWANCE_EXHAUSTED);
            }
            expire(now);
            rival.ifPresent(other -> {
                other.state = LeaseState.FENCED;
                fenced.add(other.host);
                happened.add("fenced");
            });
            if (ahead.size() < waiting(now).size() && waiting(now).stream().anyMatch(waiter -> waiter.host == wish.host)) {
                happened.add("served from the queue");
            }
            queue.removeIf(waiter -> waiter.host == wish.host);
            return new Expected(Optional.empty(), Optional.empty(), place);
        }
        if (queues && own.isEmpty()) {
            var waiter = new Waiter(wish.host, wish, Queue.askBy(now, ahead.size()));
            if (ahead.size() < waiting(now).size()) {
                queue.replaceAll(there -> there.host == wish.host ? waiter : there);
            } else {
                queue.removeIf(there -> !now.isBefore(there.askBy));
                queue.add(waiter);
            }
            happened.add(left.taken < left.capacity ? "waits behind others" : "waits");
        }
        return Expected.no(RefusalCode.NO_SEAT_FREE);
    }

    /// It has signed an answer.
    void granted(int host, Asked asked, Bytes document, List<String> features, Instant at, Optional<String> reservation) {
        var seat = seats.computeIfAbsent(host, Seat::new);
        seat.epoch++;
        seat.answers.put(asked.purpose().name() + asked.digest(), document);
        seat.freeAt = at.plus(END).plus(MARGIN);
        if (asked.purpose() == Purpose.ACQUIRE) {
            seat.state = LeaseState.HELD;
            seat.ending = false;
            seat.acquiredAt = at;
            seat.acquireSequence = asked.sequence();
            seat.slot = asked.wish().slot();
            seat.features = features;
            seat.reservation = reservation;
        } else {
            seat.renewSequence = asked.sequence();
        }
    }

    boolean reclaim(int host, Instant now) {
        boolean possible = holds(host, now) && reclaimed < reclaims;
        if (possible) {
            seats.get(host).state = LeaseState.RECLAIMED;
            reclaimed++;
        }
        return possible;
    }

    void queue(boolean on) {
        queues = on;
        if (!on) {
            queue.clear();
        }
    }

    boolean reserve(List<Reserved> wanted, Instant now) {
        if (wanted.stream().mapToLong(Reserved::seats).sum() > most) {
            return false;
        }
        expire(now);
        place(wanted);
        return true;
    }

    private void place(List<Reserved> wanted) {
        reserved = wanted;
        var placed = new HashMap<String, Long>();
        for (var seat : held()) {
            seat.reservation = wanted.stream().filter(each -> each.isFor(new Wish(seat.host, seat.slot, seat.features)) && placed.getOrDefault(each.name, 0L) < each.seats).map(Reserved::name).findFirst();
            seat.reservation.ifPresent(name -> placed.merge(name, 1L, Long::sum));
        }
    }

    boolean startEmergency(Instant now) {
        if (daysUsed == emergencyDays) {
            return false;
        }
        daysUsed++;
        emergencyUntil = Optional.of(emergencyUntil.filter(now::isBefore).orElse(now).plus(Duration.ofDays(1)));
        fit(now);
        return true;
    }

    private void closeEmergency(Instant now) {
        if (emergencyUntil.isPresent() && !emergencyRuns(now)) {
            emergencyUntil = Optional.empty();
            fit(now);
            happened.add("emergency over");
        }
    }

    void shrink(int to, Instant now) {
        if (to != most) {
            most = to;
            fit(now);
        }
    }

    private void fit(Instant now) {
        expire(now);
        if (reserved.stream().mapToLong(Reserved::seats).sum() > most) {
            long free = most;
            var fitting = new ArrayList<Reserved>();
            for (var each : reserved) {
                if (free > 0) {
                    fitting.add(new Reserved(each.name, each.members, Math.min(free, each.seats)));
                    free -= Math.min(free, each.seats);
                }
            }
            place(fitting);
        }
        var held = held();
        long going = held.stream().filter(seat -> !seat.ending).count();
        if (going > capacity(now)) {
            held.reversed().stream().limit(held.size() - capacity(now)).forEach(seat -> seat.ending = true);
        } else {
            held.stream().filter(seat -> seat.ending).limit(capacity(now) - going).forEach(seat -> seat.ending = false);
        }
    }
}
