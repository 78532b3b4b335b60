package dev.charter.authority.activation;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends leases that are over every few seconds, beside all other work, so that what is shown as taken is. Who asks for a seat never waits for it.
final class RegularLeaseEnds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegularLeaseEnds.class);
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final EndLeases endLeases;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("lease-ends").daemon().factory());

    RegularLeaseEnds(EndLeases endLeases) {
        this.endLeases = endLeases;
    }

    RegularLeaseEnds start() {
        timer.scheduleWithFixedDelay(this::end, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    private void end() {
        try {
            endLeases.run();
        } catch (RuntimeException fault) { // the timer would never ring again; the next round ends what this one did not
            LOG.warn("leases that are over could not be ended", fault);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
