package dev.charter.authority.mail;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends what is due four times each second, since somebody waits for most of it, beside all other work, and keeps count of what waits.
final class RegularSending implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegularSending.class);
    private static final Duration EVERY = Duration.ofMillis(250);
    private static final Duration COUNT_EVERY = Duration.ofSeconds(5);
    private static final Duration FORGET_EVERY = Duration.ofHours(1);
    /// What was begun may end; a server that does not answer in that time gets its mail again at the next start.
    private static final Duration END_WITHIN = Duration.ofSeconds(10);

    private final Mails mails;
    private final SendMails send;
    private final WatchOutbox watch;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2, Thread.ofPlatform().name("mail-", 0).daemon().factory());

    RegularSending(Mails mails, SendMails send, WatchOutbox watch) {
        this.mails = mails;
        this.send = send;
        this.watch = watch;
    }

    RegularSending start() {
        regularly(this::sendAll, EVERY);
        regularly(watch::look, COUNT_EVERY);
        regularly(() -> mails.forget(send.now()), FORGET_EVERY);
        return this;
    }

    private void sendAll() {
        boolean more = true;
        while (more) {
            more = send.round();
        }
    }

    private void regularly(Runnable work, Duration every) {
        timer.scheduleWithFixedDelay(() -> {
            try {
                work.run();
            } catch (RuntimeException fault) { // the timer would never ring again
                LOG.warn("the outbox could not be worked on; that is tried again", fault);
            }
        }, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        send.stop();
        timer.shutdown();
        try {
            if (!timer.awaitTermination(END_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                timer.shutdownNow();
            }
        } catch (InterruptedException stopping) {
            timer.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
