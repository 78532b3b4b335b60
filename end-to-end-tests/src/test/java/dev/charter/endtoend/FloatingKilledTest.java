package dev.charter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.Purpose;
import dev.charter.format.RefusalCode;
import dev.charter.format.SignedDocument;
import dev.charter.format.Verifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The floating server killed under load, and put back from a backup: what it acknowledged is there (I2), and never are more unexpired leases out than seats (I1). Leases here last three days, so
/// none of them ends by itself.
class FloatingKilledTest {
    private static final int SEATS = 6;
    private static final int PRODUCTS = 16;
    private static final int KILLS = 2;
    /// Acknowledged answers between one kill and the next.
    private static final int LOAD = 150;
    private static final Duration PAUSE = Duration.ofMillis(20);

    @TempDir
    Path folder;

    private final PoolVendor vendor = new PoolVendor();
    private final AtomicInteger acknowledged = new AtomicInteger();

    /// A seat that a product surely had: from the moment the lease was in its hands to the moment at which it first sent the release.
    private record Had(String product, long from, long to) {}

    /// A request and what was acknowledged.
    private record Acknowledged(byte[] request, byte[] answer) {}

    /// A product that takes, keeps and gives back a seat, and repeats each request, byte for byte, until it is answered.
    private final class Cycle {
        private final FloatingServer server;
        private final SeatTaker product;
        private final List<Had> history = new ArrayList<>();
        private Optional<Acknowledged> living = Optional.empty();
        private long since;

        Cycle(FloatingServer server, String name) {
            this.server = server;
            this.product = new SeatTaker(name);
        }

        void run(CountDownLatch stopping) {
            while (stopping.getCount() > 0) {
                var taken = product.asks(Purpose.ACQUIRE).toBytes();
                var lease = answered("/v1/usage-requests", taken);
                if (lease.isEmpty()) {
                    LockSupport.parkNanos(PAUSE.toNanos());
                    continue;
                }
                since = System.nanoTime();
                keep(taken, lease.get());
                for (int i = 0; i < 3; i++) {
                    var renewal = product.asks(Purpose.RENEW).toBytes();
                    keep(renewal, answered("/v1/usage-requests", renewal).orElseThrow(() -> new AssertionError(product.name + " has a seat, and its renewal was refused")));
                }
                if (stopping.getCount() > 0) {
                    var release = product.gives().toBytes();
                    history.add(new Had(product.name, since, System.nanoTime()));
                    living = Optional.empty();
                    assertThat(answered("/v1/releases", release)).as("a release of a living lease").isPresent();
                    product.hasNone();
                }
            }
            living.ifPresent(_ -> history.add(new Had(product.name, since, Long.MAX_VALUE)));
        }

        private void keep(byte[] request, byte[] answer) {
            product.got(answer);
            living = Optional.of(new Acknowledged(request, answer));
        }

        /// Empty where it was refused.
        private Optional<byte[]> answered(String path, byte[] document) {
            while (true) {
                try {
                    var response = server.post(path, document);
                    switch (response.statusCode()) {
                        case 200 -> {
                            acknowledged.incrementAndGet();
                            return Optional.of(response.body());
                        }
                        case 409 -> {
                            return Optional.empty();
                        }
                        case 503 -> { }
                        default -> throw new AssertionError(path + " of " + product.name + " was answered with " + response.statusCode() + ": " + new String(response.body(), StandardCharsets.UTF_8));
                    }
                } catch (IOException killed) {
                    // It is down just now.
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    @Test
    void killed_under_load_it_keeps_what_it_acknowledged_and_never_has_more_leases_out_than_seats() throws Exception {
        try (var server = FloatingServer.licensed(folder.resolve("server"), vendor, SEATS); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var stopping = new CountDownLatch(1);
            var cycles = new ArrayList<Cycle>();
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < PRODUCTS; i++) {
                var cycle = new Cycle(server, "product-" + i);
                cycles.add(cycle);
                running.add(threads.submit(() -> cycle.run(stopping)));
            }
            for (int kill = 1; kill <= KILLS; kill++) {
                awaitAcknowledged(kill * LOAD, running);
                server.kill();
                server.start();
            }
            awaitAcknowledged((KILLS + 1) * LOAD, running);
            stopping.countDown();
            for (var one : running) {
                one.get();
            }

            var history = cycles.stream().flatMap(cycle -> cycle.history.stream()).toList();
            assertThat(history).as("the load did something").hasSizeGreaterThan(2 * SEATS);
            assertThat(mostAtOnce(history)).as("seats at one moment").isLessThanOrEqualTo(SEATS);
            var living = cycles.stream().filter(cycle -> cycle.living.isPresent()).toList();
            assertThat(server.get("/v1/pools")).contains("\"free\":" + (SEATS - living.size()));
            server.kill();
            server.start();
            for (var cycle : living) {
                var one = cycle.living.orElseThrow();
                assertThat(server.post("/v1/usage-requests", one.request()).body()).as("what " + cycle.product.name + " was answered").isEqualTo(one.answer());
            }
            theLogReplays(server);
        }
    }

    private void awaitAcknowledged(int answers, List<Future<?>> running) throws Exception {
        while (acknowledged.get() < answers) {
            for (var one : running) {
                if (one.isDone()) {
                    one.get(); // tells why
                }
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static int mostAtOnce(List<Had> history) {
        record Step(long at, int change) {}
        var steps = new ArrayList<Step>();
        history.forEach(had -> {
            steps.add(new Step(had.from(), 1));
            steps.add(new Step(had.to(), -1));
        });
        steps.sort(Comparator.comparingLong(Step::at).thenComparingInt(Step::change));
        int now = 0;
        int most = 0;
        for (var step : steps) {
            now += step.change();
            most = Math.max(most, now);
        }
        return most;
    }

    /// A restore compares the backup's tables with what its audit log comes to.
    private void theLogReplays(FloatingServer server) {
        assertThat(server.command("backup", "replayed.zip").exitCode()).isZero();
        server.stop();
        var restored = server.command("restore", "replayed.zip", "--replace");
        assertThat(restored.exitCode()).as(restored.out()).isZero();
    }

    @Test
    void a_backup_that_is_restored_gives_no_seat_twice_whether_it_is_told_of_or_not() throws Exception {
        try (var server = FloatingServer.licensed(folder.resolve("server"), vendor, 2)) {
            var before = new SeatTaker("before");
            gets(server, before, Purpose.ACQUIRE);
            var ran = server.command("backup", "backup.zip");
            assertThat(ran.exitCode()).as(ran.out()).isZero();
            var after = new SeatTaker("after");
            gets(server, after, Purpose.ACQUIRE); // of which the backup knows nothing
            gets(server, before, Purpose.RENEW);
            server.kill();

            assertThat(server.command("restore", "backup.zip")).satisfies(refused -> {
                assertThat(refused.exitCode()).isEqualTo(69);
                assertThat(refused.out()).contains("--replace");
            });
            assertThat(server.command("restore", "backup.zip", "--replace")).satisfies(restored -> assertThat(restored.exitCode()).as(restored.out()).isZero());
            server.start();
            var third = new SeatTaker("third");
            isRefused(server, third, "restored from a backup");
            gets(server, before, Purpose.RENEW);

            server.stop();
            behindItsBack(server);
            server.start();
            gets(server, before, Purpose.RENEW); // its epoch is newer than the database
            isRefused(server, third, "restored from a backup");
        }
    }

    /// The files of the backup, without the mark.
    private void behindItsBack(FloatingServer server) throws IOException {
        try (var zip = new ZipFile(folder.resolve("server/backup.zip").toFile())) {
            Files.deleteIfExists(server.data().resolve("floating.db-wal"));
            Files.deleteIfExists(server.data().resolve("floating.db-shm"));
            try (var in = zip.getInputStream(zip.getEntry("floating.db"))) {
                Files.copy(in, server.data().resolve("floating.db"), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void gets(FloatingServer server, SeatTaker product, Purpose purpose) throws IOException {
        var response = server.post("/v1/usage-requests", product.asks(purpose).toBytes());
        assertThat(response.statusCode()).as(product.name + ": " + new String(response.body(), StandardCharsets.UTF_8)).isEqualTo(200);
        product.got(response.body());
    }

    private void isRefused(FloatingServer server, SeatTaker product, String because) throws IOException {
        var request = product.asks(Purpose.ACQUIRE);
        var response = server.post("/v1/usage-requests", request.toBytes());
        assertThat(response.statusCode()).isEqualTo(409);
        var refusal = new Verifier(vendor.anchor).leaseRefusal(SignedDocument.read(response.body()), request).content();
        assertThat(refusal.code()).isEqualTo(RefusalCode.NO_SEAT_FREE);
        assertThat(refusal.message()).contains(because);
    }
}
