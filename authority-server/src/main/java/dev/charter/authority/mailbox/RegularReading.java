package dev.charter.authority.mailbox;

import dev.charter.server.web.Rejected;
import dev.charter.store.StoreFault;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the mailbox every so often, beside all other work; ever less often while it cannot be read.
final class RegularReading implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegularReading.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration FORGET_EVERY = Duration.ofHours(1);
    /// What was begun may end; what is cut off is read again at the next start.
    private static final Duration END_WITHIN = Duration.ofSeconds(10);

    private final ReadMailbox read;
    private final Taken taken;
    private final WatchMailbox watch;
    private final Duration every;
    private final InstantSource clock;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("mailbox").unstarted(this::run);
    private int failures;
    private long forgotten = System.nanoTime();

    RegularReading(ReadMailbox read, Taken taken, WatchMailbox watch, Duration every, InstantSource clock) {
        this.read = read;
        this.taken = taken;
        this.watch = watch;
        this.every = every;
        this.clock = clock;
    }

    WatchMailbox watch() {
        return watch;
    }

    RegularReading start() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            do {
                round();
            } while (!stopping.await(pause(every, failures).toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void round() {
        try {
            boolean more = true;
            while (more && stopping.getCount() > 0) {
                more = read.batch();
            }
            failures = 0;
            forget();
        } catch (AuthenticationFailedException refused) {
            notNow("the server refuses the user or the password", refused);
        } catch (MessagingException | IOException away) {
            notNow("the mailbox cannot be read", away);
        } catch (Rejected | StoreFault busy) {
            notNow("the authority cannot answer now", busy);
        } catch (RuntimeException fault) { // the loop would end
            notNow("a fault", fault);
        }
    }

    private void forget() {
        if (System.nanoTime() - forgotten > FORGET_EVERY.toNanos()) {
            taken.forget(clock.instant());
            forgotten = System.nanoTime();
        }
    }

    private void notNow(String why, Exception cause) {
        failures++;
        watch.couldNot(why);
        if (stopping.getCount() > 0) {
            LOG.warn("no mails can be answered: {}; that is tried again in {} s", why, pause(every, failures).toSeconds(), cause);
        }
    }

    /// How long to wait after so many failures in a row.
    static Duration pause(Duration every, int failures) {
        var longer = every.multipliedBy(1L << Math.min(failures, 16));
        return failures == 0 || longer.compareTo(LONGEST_PAUSE) < 0 ? longer : every.compareTo(LONGEST_PAUSE) > 0 ? every : LONGEST_PAUSE;
    }

    @Override
    public void close() {
        stopping.countDown();
        try {
            if (!thread.join(END_WITHIN)) {
                thread.interrupt();
                thread.join(END_WITHIN);
            }
        } catch (InterruptedException hurried) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
