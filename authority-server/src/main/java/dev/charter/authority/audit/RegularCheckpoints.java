package dev.charter.authority.audit;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes a checkpoint every hour, beside all other work.
final class RegularCheckpoints implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegularCheckpoints.class);
    private static final Duration FIRST_AFTER = Duration.ofMinutes(5);
    private static final Duration EVERY = Duration.ofHours(1);

    private final MakeCheckpoint makeCheckpoint;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("audit-checkpoints").daemon().factory());

    RegularCheckpoints(MakeCheckpoint makeCheckpoint) {
        this.makeCheckpoint = makeCheckpoint;
    }

    RegularCheckpoints start() {
        timer.scheduleWithFixedDelay(this::make, FIRST_AFTER.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    private void make() {
        try {
            makeCheckpoint.run();
        } catch (RuntimeException fault) { // the timer would never ring again; the next checkpoint covers what this one did not
            LOG.warn("no audit checkpoint could be made", fault);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
