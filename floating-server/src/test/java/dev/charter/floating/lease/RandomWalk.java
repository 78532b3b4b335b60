package dev.charter.floating.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.floating.pool.Pools;
import dev.charter.floating.pool.Reservation;
import dev.charter.floating.pool.WhenFull;
import dev.charter.floating.seal.Seal;
import dev.charter.floating.testing.Clocks;
import dev.charter.floating.testing.TestPool;
import dev.charter.floating.testing.TestSeats;
import dev.charter.floating.time.SteadyTime;
import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.LeaseProfile;
import dev.charter.format.Purpose;
import dev.charter.format.Release;
import dev.charter.format.SeatWish;
import dev.charter.format.UsageRequest;
import dev.charter.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// One random sequence of steps: hosts as they are in truth, clocks, an administrator, backups and restarts. Each step is done by the server and by the model, and what they answer is compared.
final class RandomWalk {
    static final List<String> TABLES = List.of("answer", "reclaim", "emergency_day", "audit_entry", "waiting", "lease", "pool");

    /// A host as it is in truth, whatever the server believes.
    static final class TrueHost {
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

        String name() {
            return "host-" + number;
        }
    }

    final Store store;
    final String license;
    final List<String> story = new ArrayList<>();
    final List<TrueHost> hosts = new ArrayList<>();
    private final Clocks clocks;
    private final Random random;
    private final Map<String, Integer> counts;
    PlainModel model;
    /// After a restore, hosts with leases of which the database knows nothing.
    List<Integer> unknown = new ArrayList<>();
    private Optional<PlainModel> saved = Optional.empty();
    /// After a restore that nobody has seen yet, seats may be out that the database knows nothing of.
    private boolean restoredUnseen;
    private @Nullable TestSeats before;
    TestSeats server;

    RandomWalk(Store store, Clocks clocks, Random random, String license, Map<String, Integer> counts) {
        this.store = store;
        this.clocks = clocks;
        this.random = random;
        this.license = license;
        this.counts = counts;
        model = new PlainModel(1 + random.nextInt(3), random.nextInt(3), random.nextInt(2), random.nextInt(3), random.nextBoolean() ? Optional.of(1) : Optional.empty());
        for (int i = 0; i < 5; i++) {
            hosts.add(new TrueHost(i));
        }
        server = start();
        var pool = TestPool.of(model.sold).named(license).with(LeaseProfile.ELASTIC).allowing(model.reclaims).inEmergency(model.emergencyDays, model.overdraft);
        server.with(model.bridges.map(most -> pool.with("bridge", most)).orElse(pool));
        if (random.nextBoolean()) {
            queue(true);
        }
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
        var invariants = new Invariants(this);
        for (int steps = 8 + random.nextInt(17); steps > 0; steps--) {
            step();
            invariants.check();
        }
        restart();
        invariants.check();
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
        switch (random.nextInt(30)) {
            case 0, 1, 2, 3, 4, 5 -> acquire(host);
            case 6, 7, 8, 9 -> renew(host);
            case 10, 11 -> release(host);
            case 12, 13 -> pass(Duration.ofSeconds(1 + random.nextInt(240)));
            case 14, 15 -> pass(Duration.ofSeconds(1 + random.nextInt(20)));
            case 16 -> pass(PlainModel.END.plusSeconds(random.nextInt(20)));
            case 17 -> pass(Duration.ofHours(20 + random.nextInt(10)));
            case 18, 19 -> again(host);
            case 20 -> reclaim(host);
            case 21 -> setWall();
            case 22 -> restart();
            case 23 -> reboot();
            case 24 -> save();
            case 25 -> restore();
            case 26 -> queue(random.nextInt(3) > 0);
            case 27 -> reserve();
            case 28 -> startEmergency();
            default -> shrink();
        }
    }

    Instant now() {
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
        var known = latest();
        server = start();
        count("rebooted");
        model.countAgain(now(), known);
    }

    private Instant latest() {
        return store.transactions().reading(sql -> sql.one("SELECT latest FROM issuer_time WHERE id = 1", row -> row.instant("latest")).orElseThrow());
    }

    private void save() {
        story.add("backup");
        store.transactions().doInOne(sql -> TABLES.forEach(table -> {
            sql.update("DELETE FROM saved_" + table);
            sql.update("INSERT INTO saved_" + table + " SELECT * FROM " + table + " WHERE " + key(table) + " = ?", license);
        }));
        saved = Optional.of(model.copy());
    }

    private void restore() {
        if (saved.isEmpty()) {
            return;
        }
        boolean told = random.nextBoolean();
        story.add(told ? "restored from the backup" : "restored from the backup behind the server's back");
        store.transactions().doInOne(sql -> {
            TABLES.forEach(table -> sql.update("DELETE FROM " + table + " WHERE " + key(table) + " = ?", license));
            List.copyOf(TABLES).reversed().forEach(table -> sql.update("INSERT INTO " + table + " SELECT * FROM saved_" + table));
        });
        model = saved.get().copy();
        clocks.reboot();
        var known = latest();
        server = start();
        model.countAgain(now(), known);
        unknown = new ArrayList<>();
        hosts.stream().filter(this::living).forEach(host -> {
            var seat = model.seats.get(host.number);
            if (seat == null || seat.state != LeaseState.HELD || seat.epoch < host.epochNumber) {
                unknown.add(host.number);
            }
        });
        if (told) {
            new MarkRestored(server.transactions, server.time, server.pools).handle();
            model.renewOnlyUntil = now().plus(PlainModel.END).plus(PlainModel.MARGIN);
            count("restored");
        }
        restoredUnseen = !told;
    }

    private void queue(boolean on) {
        story.add(on ? "a queue when full" : "refused when full");
        assertThat(new ChooseWhenFull(server.transactions, server.time, server.pools, server.queue).handle(license, on ? WhenFull.QUEUE : WhenFull.REFUSE, "eva")).isTrue();
        model.queue(on);
    }

    private void reserve() {
        var wanted = new ArrayList<PlainModel.Reserved>();
        for (int i = random.nextInt(3); i > 0; i--) {
            wanted.add(new PlainModel.Reserved("group-" + i, List.of(List.of("host-*", "slot-*", "host-1", "slot-0").get(random.nextInt(4)), "host-" + random.nextInt(5)), 1 + random.nextInt(2)));
        }
        var outcome = new ReserveSeats(server.transactions, server.time, server.pools, server.leases).handle(license,
                wanted.stream().map(each -> new Reservation(each.name(), Reservation.Kind.GROUP, each.members(), each.seats(), 0)).toList(), "eva");
        story.add("reserved " + wanted + ": " + outcome);
        assertThat(outcome instanceof ReserveSeats.Reserving.Reserved).isEqualTo(model.reserve(wanted, now()));
        count(outcome instanceof ReserveSeats.Reserving.Reserved && !wanted.isEmpty() ? "reserved" : "not reserved");
    }

    private void startEmergency() {
        var outcome = new StartEmergency(server.transactions, server.time, server.pools, server.leases, (_, _) -> Optional.empty()).handle(license, "eva");
        story.add("emergency: " + outcome);
        boolean started = outcome instanceof StartEmergency.Emergency.Started;
        assertThat(started).isEqualTo(model.startEmergency(now()));
        count(started ? "emergency" : "no emergency");
    }

    private void shrink() {
        int to = 1 + random.nextInt(model.sold);
        story.add("shrunk to " + to);
        assertThat(new ShrinkPool(server.transactions, server.time, server.pools, server.leases).handle(license, to, "eva")).isTrue();
        model.shrink(to, now());
        count("shrunk");
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
        return TestPool.request(license, purpose, host.name(), sequence, wish(host, purpose == Purpose.ACQUIRE));
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
        var expected = model.answer(host.number, asked, now());
        var outcome = server.seats.request(asked);
        story.add(request.purpose() + " by host " + host.number + " with sequence " + request.sequence() + " for " + request.seat().orElseThrow().features() + request.seat().orElseThrow().slot() + ": "
                + (outcome instanceof Outcome.Refused refused ? refused : "granted") + ", expected " + expected + " " + model.happened);
        model.happened.forEach(this::count);
        model.fenced.forEach(fenced -> hosts.get(fenced).disowned = true);
        if (model.happened.contains("hidden restore seen")) {
            restoredUnseen = false;
        }
        if (outcome instanceof Outcome.Granted granted) {
            assertThat(expected.code()).as("granted").isEmpty();
            expected.same().ifPresent(bytes -> {
                assertThat(granted.document()).isEqualTo(bytes);
                count("same bytes");
            });
            grantedTo(host, asked, granted.document(), sent, expected);
            count("granted " + request.purpose());
        } else {
            var refused = (Outcome.Refused) outcome;
            assertThat(Optional.of(refused.code())).as(refused.message()).isEqualTo(expected.code());
            assertThat(refused.queued().isPresent()).as(refused.message()).isEqualTo(model.happened.stream().anyMatch(what -> what.startsWith("waits")));
            count(refused.code() + " " + request.purpose());
        }
    }

    private void grantedTo(TrueHost host, Asked asked, Bytes document, Instant sent, PlainModel.Expected expected) {
        var grant = server.granted(document);
        if (expected.same().isEmpty()) {
            model.granted(host.number, asked, document, grant.features(), grant.at(), expected.reservation());
            if (asked.purpose() == Purpose.ACQUIRE) {
                host.disowned = false;
                unknown.remove((Integer) host.number);
            }
            host.epoch = Optional.of(grant.epoch());
            host.epochNumber = model.seats.get(host.number).epoch;
        }
        var end = sent.plus(PlainModel.END).plusMillis(PlainModel.END.toMillis() / 1000); // its clock is a thousandth slow
        if (end.isAfter(host.end) || asked.purpose() == Purpose.ACQUIRE) {
            host.end = end;
        }
        host.usageLicense = grant.usageLicense();
    }

    boolean living(TrueHost host) {
        return clocks.trueTime().isBefore(host.end);
    }

    private void release(TrueHost host) {
        if (host.usageLicense.equals("none")) {
            return;
        }
        var keys = TestPool.keys(host.name());
        var content = new Release(TestPool.PRODUCT, license, host.usageLicense, keys, TestPool.BEGIN, TestPool.request(license, Purpose.RENEW, keys, 1, SeatWish.ALL).nonce());
        var seat = model.seats.get(host.number);
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
        boolean possible = model.reclaim(host.number, now());
        var outcome = new ReclaimSeat(server.transactions, server.time, server.pools, server.leases, server).handle(license, TestPool.keys(host.name()).id().value(), "an administrator", "it burnt");
        story.add("reclaim from host " + host.number + ": " + outcome);
        assertThat(outcome instanceof ReclaimSeat.Reclaim.Reclaimed).isEqualTo(possible);
        if (possible) {
            host.disowned = true;
            count("reclaimed");
        }
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }
}
