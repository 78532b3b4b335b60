package dev.charter.format;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Times as documents carry them: whole seconds, in the years 0 to 9999. Records cut their times with it, so that what they hold is what is signed.
final class WholeSeconds {
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private WholeSeconds() {}

    static Instant of(Instant time) {
        var cut = time.truncatedTo(ChronoUnit.SECONDS);
        Require.that(!cut.isBefore(FIRST) && !cut.isAfter(LAST), "the time %s is not in the years 0 to 9999", time);
        return cut;
    }

    static Optional<Instant> of(Optional<Instant> time) {
        return time.map(WholeSeconds::of);
    }
}
