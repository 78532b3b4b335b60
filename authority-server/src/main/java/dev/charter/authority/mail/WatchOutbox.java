package dev.charter.authority.mail;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;

/// Keeps an eye on what waits in the outbox, so that operators hear of a server for mail that is away before customers do.
public final class WatchOutbox {
    /// Older than this nothing waits where mail goes out.
    static final Duration LATE = Duration.ofMinutes(15);

    private final Mails mails;
    private final InstantSource clock;
    private volatile Seen seen = new Seen(0, Duration.ZERO, 0);

    /// @param waiting mails that are not out yet
    /// @param oldest how long the oldest of them waits
    /// @param failed mails that are not tried again, and that nobody has looked at
    public record Seen(long waiting, Duration oldest, long failed) {
        /// Whether mail goes out.
        public boolean isInTime() {
            return oldest.compareTo(LATE) < 0;
        }

        /// Whether nobody has to do anything.
        public boolean isWell() {
            return isInTime() && failed == 0;
        }
    }

    WatchOutbox(Mails mails, InstantSource clock, MeterRegistry meters) {
        this.mails = mails;
        this.clock = clock;
        meters.gauge("charter.mail.waiting", this, watch -> watch.seen().waiting());
        meters.gauge("charter.mail.waiting.oldest.seconds", this, watch -> watch.seen().oldest().toSeconds());
        meters.gauge("charter.mail.failed", this, watch -> watch.seen().failed());
    }

    void look() {
        var count = mails.count();
        var now = clock.instant();
        var oldest = count.oldest().map(since -> Duration.between(since, now)).filter(age -> !age.isNegative()).orElse(Duration.ZERO);
        seen = new Seen(count.waiting(), oldest, count.failed());
    }

    /// As it was some seconds ago.
    public Seen seen() {
        return seen;
    }
}
