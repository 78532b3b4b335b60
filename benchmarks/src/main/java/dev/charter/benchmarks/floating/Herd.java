package dev.charter.benchmarks.floating;

import dev.charter.benchmarks.Line;
import dev.charter.benchmarks.Unit;
import dev.charter.benchmarks.load.Connection;
import dev.charter.benchmarks.load.Load;
import dev.charter.benchmarks.program.FloatingPrograms;
import dev.charter.benchmarks.program.Running;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// Products that all come back within a second after the server was started again, each by a connection of its own: a product's tries are spread by chance. The only no that is accepted is "later".
final class Herd {
    private static final int CLIENTS = 64;
    private static final double LONGEST_NANOSECONDS = 10e9;
    private static final int SPREAD_MILLIS = 1_000;
    private static final int SERVED = 200;
    private static final int LATER = 503;

    private Herd() {}

    static List<Line> lines(int count, FloatingPrograms programs, FloatingFolder folder) throws Exception {
        var products = new Products("herd", count);
        try (var running = Running.start(programs.server().command(), folder.settings())) {
            Load.run(CLIENTS, count, products.posting(running.url(), Products.REQUESTS, products.acquisitions()));
        }
        var renewals = Products.posted(Products.REQUESTS, products.nextRenewals());
        try (var running = Running.start(programs.server().command(), folder.settings())) {
            var outcome = comeBack(running.url(), renewals);
            return List.of(Line.below(LONGEST_NANOSECONDS, String.format(Locale.ROOT, "%,d products come back within a second, all have renewed", count), Unit.NANOSECONDS, outcome.nanoseconds()),
                    Line.note("of them told to come later", Integer.toString(outcome.later()), "with Retry-After; no other error"));
        }
    }

    private record Outcome(double nanoseconds, int later) {}

    private static Outcome comeBack(URI server, List<byte[]> requests) throws InterruptedException {
        var later = new AtomicInteger();
        var fault = new AtomicReference<Throwable>();
        var go = new CountDownLatch(1);
        var done = new CountDownLatch(requests.size());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var request : requests) {
                threads.submit(() -> {
                    try {
                        go.await();
                        Thread.sleep(ThreadLocalRandom.current().nextInt(SPREAD_MILLIS));
                        renew(server, request, later);
                    } catch (Throwable failed) {
                        fault.compareAndSet(null, failed);
                    } finally {
                        done.countDown();
                    }
                });
            }
            long began = System.nanoTime();
            go.countDown();
            done.await();
            if (fault.get() != null) {
                throw new IllegalStateException("a product did not get its lease: " + fault.get(), fault.get());
            }
            return new Outcome(System.nanoTime() - began, later.get());
        }
    }

    private static void renew(URI server, byte[] request, AtomicInteger later) throws IOException, InterruptedException {
        while (true) {
            try (var connection = new Connection(server)) {
                var answer = connection.exchange(request);
                if (answer.status() == SERVED) {
                    return;
                }
                if (answer.status() != LATER || answer.retryAfterSeconds() <= 0) {
                    throw new IOException("the answer was " + answer.status() + ": " + answer.text());
                }
                later.incrementAndGet();
                Thread.sleep(answer.retryAfterSeconds() * 1_000L);
            }
        }
    }
}
