package dev.charter.benchmarks.load;

import dev.charter.benchmarks.Pairs;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// A number of clients that work through a number of operations, each client one after another, all clients at once.
public final class Load {
    private Load() {}

    /// One client: does the operation of that number.
    public interface Client extends AutoCloseable {
        void operate(int number) throws Exception;

        @Override
        default void close() throws IOException {}
    }

    /// Makes a client.
    public interface Clients {
        Client next() throws Exception;
    }

    /// What a load saw.
    ///
    /// @param nanoseconds what each operation took
    public record Outcome(double seconds, double[] nanoseconds) {
        public double perSecond() {
            return nanoseconds.length / seconds;
        }

        public double quantile(double part) {
            return Pairs.quantile(part, nanoseconds);
        }
    }

    /// Clients that post requests and accept no other answer than 200.
    public static Clients posting(URI server, List<byte[]> requests) {
        return () -> new Client() {
            private final Connection connection = new Connection(server);

            @Override
            public void operate(int number) throws Exception {
                var answer = connection.exchange(requests.get(number));
                if (answer.status() != 200) {
                    throw new IllegalStateException("the answer to request " + number + " was " + answer.status() + ": " + answer.text());
                }
            }

            @Override
            public void close() throws IOException {
                connection.close();
            }
        };
    }

    /// Runs operations 0, 1, 2 ... as fast as the clients can, and fails as a whole when one of them does.
    public static Outcome run(int clients, int operations, Clients factory) throws Exception {
        return run(clients, operations, 0, factory);
    }

    /// The same at a fixed rate: operation `n` is due after `n / perSecond`, and what it took counts from then, whether or not a client was free to begin it.
    public static Outcome atRate(double perSecond, int clients, int operations, Clients factory) throws Exception {
        return run(clients, operations, 1e9 / perSecond, factory);
    }

    /// @param pause nanoseconds from one operation's beginning to the next one's; 0 for none
    private static Outcome run(int clients, int operations, double pause, Clients factory) throws Exception {
        var next = new AtomicInteger();
        var took = new double[operations];
        var faults = new ConcurrentLinkedQueue<Throwable>();
        var ready = new CountDownLatch(clients);
        var go = new CountDownLatch(1);
        var start = new AtomicLong();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < clients; i++) {
            threads.add(Thread.ofPlatform().name("client-" + i).start(() -> {
                try (var client = factory.next()) {
                    ready.countDown();
                    go.await();
                    for (int number = next.getAndIncrement(); number < operations && faults.isEmpty(); number = next.getAndIncrement()) {
                        long began = pause == 0 ? System.nanoTime() : due(start.get() + (long) (number * pause));
                        client.operate(number);
                        took[number] = System.nanoTime() - began;
                    }
                } catch (Throwable fault) {
                    faults.add(fault);
                    ready.countDown();
                }
            }));
        }
        ready.await();
        long began = System.nanoTime();
        start.set(began);
        go.countDown();
        for (var thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        var fault = faults.poll();
        if (fault != null) {
            throw new IllegalStateException("a client failed: " + fault.getMessage(), fault);
        }
        Arrays.sort(took);
        return new Outcome(seconds, took);
    }

    /// Waits until then; returns when that was.
    private static long due(long nanos) {
        for (long early = nanos - System.nanoTime(); early > 0; early = nanos - System.nanoTime()) {
            LockSupport.parkNanos(early);
        }
        return nanos;
    }
}
