package dev.charter.floating.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.floating.audit.ReplayAudit;
import dev.charter.floating.pool.Pools;
import dev.charter.floating.seal.Seal;
import dev.charter.floating.testing.Clocks;
import dev.charter.floating.testing.TestPool;
import dev.charter.floating.testing.TestSeats;
import dev.charter.floating.time.SteadyTime;
import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.LeaseProfile;
import dev.charter.format.Purpose;
import dev.charter.format.RefusalCode;
import dev.charter.format.Release;
import dev.charter.format.SeatWish;
import dev.charter.format.UsageRequest;
import dev.charter.store.Store;
import dev.charter.store.StoreUrl;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Random sequences of everything that can happen to a pool, against a plain model of it. After every step: what the server answered is what the model answers, no more seats are out than were sold
/// and reclaimed (I1), what was acknowledged is there (I2), and the log replays to the present state.
///
/// `-Dcharter.seed=N` replays one run, `-Dcharter.sequences=N` sets its length.
class RandomSequencesTest {
    private static final int SEQUENCES = Integer.getInteger("charter.sequences", 10_000);
    private static final int LANES = 2;
    private static final List<String> TABLES = List.of("answer", "reclaim", "audit_entry", "waiting", "lease", "pool");

    @Test
    void whatever_happens_the_server_does_what_the_plain_model_does_and_never_hands_out_too_many_seats() throws Exception {
        long seed = Long.getLong("charter.seed", System.nanoTime());
        System.out.println("random sequences of leases: -Dcharter.seed=" + seed);
        var counts = new ConcurrentHashMap<String, Integer>();
        try (var threads = Executors.newFixedThreadPool(LANES)) {
            var lanes = IntStream.range(0, LANES).mapToObj(lane -> threads.submit(() -> {
                run(seed, lane, counts);
                return lane;
            })).toList();
            for (var lane : lanes) {
                lane.get();
            }
        }
        System.out.println("answers: " + counts);
        // A run of that length has seen all of these; a short replay need not.
        if (SEQUENCES >= 1_000) {
            assertThat(counts).containsKeys("granted ACQUIRE", "granted RENEW", "NO_SEAT_FREE ACQUIRE", "RELEASED RENEW", "REQUEST_SUPERSEDED ACQUIRE", "same bytes", "released", "reclaimed", "fenced",
                    "hidden restore seen", "restored", "rebooted");
        }
    }

    /// Every sequence depends on its own seed alone. Each lane has a database of its own, in memory where the machine has a file system there: durability is not what is tested here.
    private static void run(long seed, int lane, Map<String, Integer> counts) throws IOException {
        var memory = Path.of("/dev/shm");
        var folder = Files.isWritable(memory) ? Files.createTempDirectory(memory, "charter-leases") : Files.createTempDirectory("charter-leases");
        try (var store = Store.open(StoreUrl.parse("sqlite:" + folder.resolve("leases.db")), "classpath:db/floating")) {
            store.transactions().doInOne(sql -> TABLES.forEach(table -> sql.update("CREATE TABLE saved_" + table + " AS SELECT * FROM " + table)));
            var clocks = new Clocks(TestPool.BEGIN.plusSeconds(86_400));
            for (int i = lane; i < SEQUENCES; i += LANES) {
                var sequence = new Sequence(store, clocks, new Random(seed + i), "lic-" + i, counts);
                try {
                    sequence.run();
                } catch (AssertionError | RuntimeException failure) {
                    throw new AssertionError("sequence " + i + " of seed " + seed + ", to be replayed alone by -Dcharter.sequences=1 -Dcharter.seed=" + (seed + i) + ":\n" + String.join("\n", sequence.story), failure);
                }
            }
        } finally {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /// How the model has a host: plain values, and no rule but the few lines in [Sequence].
    private static final class Seat {
        long acquireSequence;
        long renewSequence;
        long epoch;
        LeaseState state = LeaseState.EXPIRED;
        Instant freeAt = Instant.EPOCH;
        Optional<String> slot = Optional.empty();
        List<String> features = List.of();
        final Map<String, Bytes> answers = new HashMap<>();

        Seat copy() {
            var copy = new Seat();
            copy.acquireSequence = acquireSequence;
            copy.renewSequence = renewSequence;
            copy.epoch = epoch;
            copy.state = state;
            copy.freeAt = freeAt;
            copy.slot = slot;
            copy.features = features;
            copy.answers.putAll(answers);
            return copy;
        }
    }

    /// A host as it is in truth, whatever the server believes.
    private static final class TrueHost {
        final int number;
        long acquireSequence;
        long renewSequence;
        Optional<Bytes> epoch = Optional.empty();
        long epochNumber;
        /// Until when the newest lease lasts, by the host's own clock, which runs a little slow.
        Instant end = Instant.EPOCH;
        String usageLicense = "none";
        boolean disowned;
        @Nullable UsageRequest last;
        @Nullable Instant lastSent;

        TrueHost(int number) {
            this.number = number;
        }
    }

    private static final class Sequence {
        private static final Duration END = LeaseProfile.ELASTIC.end();
        private static final Duration MARGIN = Duration.ofSeconds(5);

        private final Store store;
        private final Clocks clocks;
        private final Random random;
        private final String license;
        private final Map<String, Integer> counts;
        private final List<String> story = new ArrayList<>();
        private final int seats;
        private final int reclaims;
        private final Optional<Integer> bridges;
        private final List<TrueHost> hosts = new ArrayList<>();
        private Map<Integer, Seat> model = new HashMap<>();
        private Map<Integer, Seat> savedModel = new HashMap<>();
        private int reclaimed;
        private int savedReclaimed;
        private boolean saved;
        private Instant renewOnlyUntil = Instant.EPOCH;
        private Instant savedRenewOnlyUntil = Instant.EPOCH;
        /// After a restore that nobody has seen yet, seats may be out that the database knows nothing of.
        private boolean restoredUnseen;
        private List<Integer> unknown = new ArrayList<>();
        private @Nullable TestSeats before;
        private TestSeats server;

        Sequence(Store store, Clocks clocks, Random random, String license, Map<String, Integer> counts) {
            this.store = store;
            this.clocks = clocks;
            this.random = random;
            this.license = license;
            this.counts = counts;
            seats = 1 + random.nextInt(3);
            reclaims = random.nextInt(3);
            bridges = random.nextBoolean() ? Optional.of(1) : Optional.empty();
            for (int i = 0; i < 5; i++) {
                hosts.add(new TrueHost(i));
            }
            server = start();
            var pool = TestPool.of(seats).named(license).with(LeaseProfile.ELASTIC).allowing(reclaims);
            server.with(bridges.map(most -> pool.with("bridge", most)).orElse(pool));
        }

        private TestSeats start() {
            var seal = new Seal(Bytes.of(new byte[32]));
            var pools = new Pools(seal);
            var steady = SteadyTime.begin(store.transactions(), clocks.machine(), now -> new CountAgain(store.transactions(), seal, pools, new Leases(seal)).from(now));
            var started = new TestSeats(store, store.issuerTime(steady));
            if (before != null) {
                started.remember(before);
            }
            before = started;
            return started;
        }

        void run() {
            for (int steps = 8 + random.nextInt(17); steps > 0; steps--) {
                step();
                check();
            }
            restart();
            check();
            store.transactions().doInOne(sql -> TABLES.forEach(table -> {
                sql.update("DELETE FROM " + table + " WHERE " + key(table) + " = ?", license);
                sql.update("DELETE FROM saved_" + table);
            }));
        }

        private static String key(String table) {
            return table.equals("pool") ? "license" : "pool";
        }

        private void step() {
            var host = hosts.get(random.nextInt(hosts.size()));
            switch (random.nextInt(24)) {
                case 0, 1, 2, 3, 4, 5 -> acquire(host);
                case 6, 7, 8, 9 -> renew(host);
                case 10, 11 -> release(host);
                case 12, 13, 14 -> pass(Duration.ofSeconds(1 + random.nextInt(240)));
                case 15 -> pass(END.plusSeconds(random.nextInt(20)));
                case 16, 17 -> again(host);
                case 18 -> reclaim(host);
                case 19 -> setWall();
                case 20 -> restart();
                case 21 -> reboot();
                case 22 -> save();
                default -> restore();
            }
        }

        private Instant now() {
            return server.time.instant();
        }

        private void pass(Duration time) {
            story.add("pass " + time);
            clocks.pass(time);
        }

        private Duration wallOff() {
            return Duration.ofSeconds(random.nextInt(14_400) - 7_200);
        }

        private void setWall() {
            var off = wallOff();
            story.add("wall clock set, off by " + off);
            clocks.setWall(off);
        }

        private void restart() {
            story.add("killed and started again");
            server = start();
        }

        private void reboot() {
            story.add("machine booted, its clock wrong");
            clocks.reboot();
            clocks.setWall(wallOff());
            clocks.pass(Duration.ofSeconds(random.nextInt(300)));
            server = start();
            count("rebooted");
            countAgain();
        }

        private void countAgain() {
            var free = now().plus(END).plus(MARGIN);
            model.values().stream().filter(seat -> seat.state == LeaseState.HELD).forEach(seat -> seat.freeAt = seat.freeAt.isBefore(free) ? free : seat.freeAt);
        }

        private void save() {
            story.add("backup");
            store.transactions().doInOne(sql -> TABLES.forEach(table -> {
                sql.update("DELETE FROM saved_" + table);
                sql.update("INSERT INTO saved_" + table + " SELECT * FROM " + table + " WHERE " + key(table) + " = ?", license);
            }));
            savedModel = copy(model);
            savedReclaimed = reclaimed;
            savedRenewOnlyUntil = renewOnlyUntil;
            saved = true;
        }

        private static Map<Integer, Seat> copy(Map<Integer, Seat> of) {
            var copy = new HashMap<Integer, Seat>();
            of.forEach((host, seat) -> copy.put(host, seat.copy()));
            return copy;
        }

        private void restore() {
            if (!saved) {
                return;
            }
            boolean told = random.nextBoolean();
            story.add(told ? "restored from the backup" : "restored from the backup behind the server's back");
            store.transactions().doInOne(sql -> {
                TABLES.forEach(table -> sql.update("DELETE FROM " + table + " WHERE " + key(table) + " = ?", license));
                List.copyOf(TABLES).reversed().forEach(table -> sql.update("INSERT INTO " + table + " SELECT * FROM saved_" + table));
            });
            model = copy(savedModel);
            reclaimed = savedReclaimed;
            renewOnlyUntil = savedRenewOnlyUntil;
            clocks.reboot();
            server = start();
            countAgain();
            unknown = new ArrayList<>();
            hosts.stream().filter(host -> living(host)).forEach(host -> {
                var seat = model.get(host.number);
                if (seat == null || seat.state != LeaseState.HELD || seat.epoch < host.epochNumber) {
                    unknown.add(host.number);
                }
            });
            if (told) {
                new MarkRestored(server.transactions, server.time, server.pools).handle();
                renewOnlyUntil = now().plus(END).plus(MARGIN);
                count("restored");
            }
            restoredUnseen = !told;
        }

        private SeatWish wish(TrueHost host, boolean acquiring) {
            var features = new ArrayList<String>();
            if (acquiring && random.nextInt(4) > 0) {
                features.add("mqtt");
                if (random.nextBoolean()) {
                    features.add("bridge");
                }
            }
            Optional<String> slot = acquiring && random.nextInt(4) == 0 ? Optional.of("slot-" + random.nextInt(2)) : Optional.empty();
            return new SeatWish(features, slot, host.epoch);
        }

        private UsageRequest request(TrueHost host, Purpose purpose, long sequence) {
            return TestPool.request(license, purpose, TestPool.keys("host-" + host.number), sequence, wish(host, purpose == Purpose.ACQUIRE));
        }

        private void acquire(TrueHost host) {
            if (random.nextInt(10) > 0) {
                host.acquireSequence++; // else it was restored itself, and asks with a sequence that it has used
            }
            ask(host, request(host, Purpose.ACQUIRE, Math.max(1, host.acquireSequence)), clocks.trueTime());
        }

        /// A host renews while its lease lasts, and only then.
        private void renew(TrueHost host) {
            if (living(host) || random.nextInt(8) == 0 && !host.disowned && !restoredUnseen && unknown.isEmpty()) {
                host.renewSequence++;
                ask(host, request(host, Purpose.RENEW, host.renewSequence), clocks.trueTime());
            }
        }

        /// The same bytes once more, as after a lost answer.
        private void again(TrueHost host) {
            if (host.last != null && host.lastSent != null) {
                ask(host, host.last, host.lastSent);
            }
        }

        private void ask(TrueHost host, UsageRequest request, Instant sent) {
            host.last = request;
            host.lastSent = sent;
            var asked = new Asked(request, license, Digest.of(request.toBytes()));
            if (random.nextInt(4) == 0) {
                clocks.pass(Duration.ofMillis(random.nextInt(5000))); // on its way
            }
            var expected = answer(host, asked, now());
            var outcome = server.seats.request(asked);
            story.add(request.purpose() + " by host " + host.number + " with sequence " + request.sequence() + " for " + request.seat().orElseThrow().features() + request.seat().orElseThrow().slot() + ": "
                    + (outcome instanceof Outcome.Refused refused ? refused : "granted") + ", expected " + expected);
            if (outcome instanceof Outcome.Granted granted) {
                assertThat(expected.code).as("granted").isEmpty();
                expected.same.ifPresent(bytes -> {
                    assertThat(granted.document()).isEqualTo(bytes);
                    count("same bytes");
                });
                grantedTo(host, asked, granted.document(), sent, expected.same.isPresent());
                count("granted " + request.purpose());
            } else {
                var refused = (Outcome.Refused) outcome;
                assertThat(Optional.of(refused.code())).as(refused.message()).isEqualTo(expected.code);
                count(refused.code() + " " + request.purpose());
            }
        }

        private void grantedTo(TrueHost host, Asked asked, Bytes document, Instant sent, boolean again) {
            var grant = server.granted(document);
            var seat = model.computeIfAbsent(host.number, _ -> new Seat());
            if (!again) {
                seat.epoch++;
                seat.answers.put(asked.purpose().name() + asked.digest(), document);
                seat.freeAt = grant.at().plus(END).plus(MARGIN);
                if (asked.purpose() == Purpose.ACQUIRE) {
                    seat.state = LeaseState.HELD;
                    seat.acquireSequence = asked.sequence();
                    seat.slot = asked.wish().slot();
                    seat.features = grant.features();
                    host.disowned = false;
                    unknown.remove((Integer) host.number);
                } else {
                    seat.renewSequence = asked.sequence();
                }
                host.epoch = Optional.of(grant.epoch());
                host.epochNumber = seat.epoch;
            }
            var end = sent.plus(END).plusMillis(END.toMillis() / 1000); // its clock is a thousandth slow
            if (end.isAfter(host.end) || asked.purpose() == Purpose.ACQUIRE) {
                host.end = end;
            }
            host.usageLicense = grant.usageLicense();
        }

        private record Expected(Optional<RefusalCode> code, Optional<Bytes> same) {
            static Expected no(RefusalCode code) {
                return new Expected(Optional.of(code), Optional.empty());
            }
        }

        /// The plain model of the server.
        private Expected answer(TrueHost host, Asked asked, Instant now) {
            boolean acquires = asked.purpose() == Purpose.ACQUIRE;
            var seat = model.get(host.number);
            var stored = seat == null ? Optional.<Bytes>empty() : Optional.ofNullable(seat.answers.get(asked.purpose().name() + asked.digest()));
            boolean holds = seat != null && holds(seat, now);
            if (acquires && stored.isPresent()) {
                return stored(holds && seat.acquireSequence == asked.sequence(), stored);
            }
            if (asked.epoch().isPresent() && epochNumber(host, asked) > (seat == null ? 0 : seat.epoch)) {
                seat = model.computeIfAbsent(host.number, _ -> new Seat());
                seat.epoch = epochNumber(host, asked);
                renewOnlyUntil = now.plus(END).plus(MARGIN);
                restoredUnseen = false;
                count("hidden restore seen");
            }
            if (!acquires) {
                if (seat == null) {
                    return Expected.no(RefusalCode.HOST_MISMATCH);
                }
                if (stored.isPresent()) {
                    return stored(holds && seat.renewSequence == asked.sequence(), stored);
                }
                return asked.sequence() <= seat.renewSequence ? Expected.no(RefusalCode.REQUEST_SUPERSEDED) : holds ? new Expected(Optional.empty(), Optional.empty()) : Expected.no(RefusalCode.RELEASED);
            }
            if (seat != null && asked.sequence() <= seat.acquireSequence) {
                return Expected.no(RefusalCode.REQUEST_SUPERSEDED);
            }
            if (now.isBefore(renewOnlyUntil)) {
                return Expected.no(RefusalCode.NO_SEAT_FREE);
            }
            return takes(host, asked, now) ? new Expected(Optional.empty(), Optional.empty()) : Expected.no(RefusalCode.NO_SEAT_FREE);
        }

        private static Expected stored(boolean living, Optional<Bytes> bytes) {
            return living ? new Expected(Optional.empty(), bytes) : Expected.no(RefusalCode.RELEASED);
        }

        private long epochNumber(TrueHost host, Asked asked) {
            return ByteBuffer.wrap(asked.epoch().orElseThrow().toArray()).getLong();
        }

        private boolean takes(TrueHost host, Asked asked, Instant now) {
            var features = asked.wish().features().isEmpty() ? TestPool.FEATURES : asked.wish().features();
            var others = new HashMap<>(model);
            others.remove(host.number);
            var rival = others.entrySet().stream().filter(other -> asked.wish().slot().isPresent() && holds(other.getValue(), now) && other.getValue().slot.equals(asked.wish().slot())).findFirst();
            rival.ifPresent(other -> others.remove(other.getKey()));
            long taken = others.values().stream().filter(other -> holds(other, now)).count();
            long bridged = others.values().stream().filter(other -> holds(other, now) && other.features.contains("bridge")).count();
            boolean free = taken < seats && (!features.contains("bridge") || bridges.isEmpty() || bridged < bridges.get());
            if (free) {
                model.values().stream().filter(seat -> seat.state == LeaseState.HELD && !holds(seat, now)).forEach(seat -> seat.state = LeaseState.EXPIRED);
                rival.ifPresent(other -> {
                    other.getValue().state = LeaseState.FENCED;
                    hosts.get(other.getKey()).disowned = true;
                    count("fenced");
                });
            }
            return free;
        }

        private static boolean holds(Seat seat, Instant now) {
            return seat.state == LeaseState.HELD && now.isBefore(seat.freeAt);
        }

        private boolean living(TrueHost host) {
            return clocks.trueTime().isBefore(host.end);
        }

        private void release(TrueHost host) {
            if (host.usageLicense.equals("none")) {
                return;
            }
            var keys = TestPool.keys("host-" + host.number);
            var content = new Release(TestPool.PRODUCT, license, host.usageLicense, keys, TestPool.BEGIN, TestPool.request(license, Purpose.RENEW, keys, 1, SeatWish.ALL).nonce());
            var seat = model.get(host.number);
            // A release that is on its way counts from the moment at which the product stopped.
            host.end = Instant.EPOCH;
            var leaseId = host.usageLicense.substring(0, host.usageLicense.lastIndexOf('.'));
            host.usageLicense = "none";
            boolean current = seat != null && seat.state == LeaseState.HELD && server.transactions.reading(sql -> server.leases.find(sql, license, keys.id().value())).filter(lease -> lease.id().equals(leaseId)).isPresent();
            var document = TestPool.unsigned(content, keys);
            var outcome = server.seats.release(content, document);
            story.add("RELEASE by host " + host.number + ": " + (outcome instanceof Outcome.Refused refused ? refused : "acknowledged"));
            if (current) {
                assertThat(outcome).isInstanceOf(Outcome.Granted.class);
                assertThat(server.seats.release(content, document)).isEqualTo(outcome);
                seat.state = LeaseState.RELEASED;
                count("released");
            } else {
                assertThat(outcome).isInstanceOf(Outcome.Refused.class);
            }
        }

        private void reclaim(TrueHost host) {
            var seat = model.get(host.number);
            boolean possible = seat != null && holds(seat, now()) && reclaimed < reclaims;
            var outcome = new ReclaimSeat(server.transactions, server.time, server.pools, server.leases).handle(license, TestPool.keys("host-" + host.number).id().value(), "an administrator", "it burnt");
            story.add("reclaim from host " + host.number + ": " + outcome);
            assertThat(outcome instanceof ReclaimSeat.Reclaim.Reclaimed).isEqualTo(possible);
            if (possible) {
                seat.state = LeaseState.RECLAIMED;
                reclaimed++;
                host.disowned = true;
                count("reclaimed");
            }
        }

        /// I1, the log, and I2: who was granted a seat, and has not given it back or lost it since, has it.
        private void check() {
            long living = hosts.stream().filter(host -> living(host) && !host.disowned && !unknown.contains(host.number)).count();
            assertThat(living).as("I1: leases that have not ended, of " + seats + " seats").isLessThanOrEqualTo(seats);
            assertThat(reclaimed).as("reclaimed within the allowance").isLessThanOrEqualTo(reclaims);
            assertThat(new ReplayAudit(store.transactions()).differences(license)).as("the log replays").isEmpty();
            assertThat(server.pool(license).taken()).as("seats that are counted").isLessThanOrEqualTo(seats);
            var now = now();
            var held = server.transactions.reading(sql -> server.leases.held(sql, license, now)).stream().map(Lease::host).sorted().toList();
            var expected = model.entrySet().stream().filter(seat -> holds(seat.getValue(), now)).map(seat -> TestPool.keys("host-" + seat.getKey()).id().value()).sorted().toList();
            assertThat(held).as("I2").isEqualTo(expected);
        }

        private void count(String what) {
            counts.merge(what, 1, Integer::sum);
        }
    }
}
