package dev.charter.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// One daemon thread for each repeated task and one for all that is run once, so that none waits for another.
final class DaemonThreads implements Background {
    private static final String NAME = "charter-";
    private static final Duration LONGEST_END = Duration.ofSeconds(2);

    private final List<ScheduledExecutorService> threads = new ArrayList<>();
    private final ScheduledExecutorService once = thread("listeners");
    private boolean closed;

    private ScheduledExecutorService thread(String name) {
        var executor = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, NAME + name);
            thread.setDaemon(true);
            return thread;
        });
        threads.add(executor);
        return executor;
    }

    @Override
    public synchronized void repeat(String name, Duration pause, Runnable task) {
        if (!closed) {
            var unused = thread(name).scheduleWithFixedDelay(task, 0, pause.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void run(Runnable task) {
        try {
            once.execute(task);
        } catch (RejectedExecutionException late) {
            // After closing nobody listens any more.
            System.getLogger(DaemonThreads.class.getName()).log(System.Logger.Level.TRACE, "A task came after closing");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        threads.forEach(ScheduledExecutorService::shutdownNow);
        if (!Thread.currentThread().getName().startsWith(NAME)) {
            threads.forEach(DaemonThreads::awaitEnd);
        }
    }

    /// What writes a file when it is interrupted finishes that first.
    private static void awaitEnd(ScheduledExecutorService thread) {
        try {
            if (!thread.awaitTermination(LONGEST_END.toNanos(), TimeUnit.NANOSECONDS)) {
                System.getLogger(DaemonThreads.class.getName()).log(System.Logger.Level.WARNING, "A background task does not end; it is left behind");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
