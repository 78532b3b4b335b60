package dev.charter.authority.mail;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reminds of ends every few minutes, beside all other work.
final class RegularReminders implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegularReminders.class);
    private static final Duration EVERY = Duration.ofMinutes(10);
    /// A start has other things to do.
    private static final Duration FIRST_AFTER = Duration.ofSeconds(5);

    private final RemindOfEnds remind;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("reminders").daemon().factory());

    RegularReminders(RemindOfEnds remind) {
        this.remind = remind;
    }

    RegularReminders start() {
        timer.scheduleWithFixedDelay(this::remind, FIRST_AFTER.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    private void remind() {
        try {
            int written = remind.round();
            if (written > 0) {
                LOG.info("{} customers were reminded that a license or its support ends", written);
            }
        } catch (RuntimeException fault) { // the timer would never ring again; the next round reminds those whom this one did not
            LOG.warn("customers could not be reminded of what ends", fault);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
