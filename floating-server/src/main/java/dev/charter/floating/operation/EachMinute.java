package dev.charter.floating.operation;

import dev.charter.floating.alarm.Alarms;
import dev.charter.floating.history.TakeSamples;
import dev.charter.floating.lease.PurgeLeases;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Takes down every minute how the pools stand, and looks for what an administrator should see to, and forgets what nobody asks for any more.
@Component
final class EachMinute implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(EachMinute.class);
    private static final long SOON = 10;
    private static final long MINUTE = 60;

    private final TakeSamples samples;
    private final Alarms alarms;
    private final PurgeLeases purge;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("each-minute").factory());
    private volatile boolean running;

    EachMinute(TakeSamples samples, Alarms alarms, PurgeLeases purge) {
        this.samples = samples;
        this.alarms = alarms;
        this.purge = purge;
    }

    @Override
    public void start() {
        executor.scheduleAtFixedRate(() -> {
            orTell(samples::handle);
            orTell(alarms::look);
            orTell(purge::handle);
        }, SOON, MINUTE, TimeUnit.SECONDS);
        running = true;
    }

    /// One time that fails must not be the last.
    private static void orTell(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException fault) {
            LOG.warn("what is done every minute could not be done", fault);
        }
    }

    @Override
    public void stop() {
        executor.shutdownNow();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
