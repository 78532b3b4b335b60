package dev.charter.authority.mailbox;

import dev.charter.authority.mailbox.AnswerMail.Result;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Keeps an eye on the mailbox, so that operators hear of one that cannot be read before customers do.
public final class WatchMailbox {
    /// So long a mailbox that can be read is never left unread.
    static final Duration LATE = Duration.ofMinutes(15);

    private final InstantSource clock;
    private final Instant since;
    private final Counter read;
    private final Counter setAside;
    private final Map<Result, Counter> results = new EnumMap<>(Result.class);
    private volatile Optional<Instant> last = Optional.empty();
    private volatile Optional<String> problem = Optional.empty();

    /// @param last when the mailbox was looked into successfully; none before the first time
    /// @param problem why it could not be the last time
    /// @param read mails that were taken from it since the start
    /// @param answered letters in them that were answered
    /// @param unreadable of these, those that could not be read, and that failed
    public record Seen(Optional<Instant> last, Optional<String> problem, boolean isInTime, long read, long answered, long unreadable) {}

    WatchMailbox(InstantSource clock, MeterRegistry meters) {
        this.clock = clock;
        this.since = clock.instant();
        read = meters.counter("charter.mailbox.mails");
        setAside = meters.counter("charter.mailbox.results", "result", "set_aside");
        Arrays.stream(Result.values()).forEach(result -> results.put(result, meters.counter("charter.mailbox.results", "result", result.name().toLowerCase(Locale.ROOT))));
        meters.gauge("charter.mailbox.age.seconds", this, watch -> watch.age().toSeconds());
    }

    void looked() {
        last = Optional.of(clock.instant());
        problem = Optional.empty();
    }

    void couldNot(String why) {
        problem = Optional.of(why);
    }

    void read() {
        read.increment();
    }

    void setAside() {
        setAside.increment();
    }

    void count(Result result) {
        counter(result).increment();
    }

    private Counter counter(Result result) {
        return java.util.Objects.requireNonNull(results.get(result));
    }

    private Duration age() {
        var age = Duration.between(last.orElse(since), clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }

    /// As it is now.
    public Seen seen() {
        return new Seen(last, problem, age().compareTo(LATE) < 0, (long) read.count(), (long) counter(Result.ANSWERED).count(), (long) (counter(Result.UNREADABLE).count() + setAside.count()));
    }
}
