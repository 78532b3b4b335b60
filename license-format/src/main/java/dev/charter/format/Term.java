package dev.charter.format;

import java.time.Instant;
import java.util.Optional;

/// From when to when a license holds. The end is exclusive; a perpetual one has none.
public record Term(Instant from, Optional<Instant> until) {
    public Term {
        from = WholeSeconds.of(from);
        until = WholeSeconds.of(until);
        var start = from;
        until.ifPresent(end -> Require.that(end.isAfter(start), "the term ends at %s, before it begins at %s", end, start));
    }

    public static Term perpetual(Instant from) {
        return new Term(from, Optional.empty());
    }

    public static Term between(Instant from, Instant until) {
        return new Term(from, Optional.of(until));
    }

    public boolean covers(Instant moment) {
        return !moment.isBefore(from) && until.map(moment::isBefore).orElse(true);
    }
}
