package dev.charter.floating.history;

import dev.charter.store.Sql;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What is kept of how a pool stood: steps of a minute for two days, of a quarter of an hour for two weeks, of an hour for 90 days; and each day for two years. Every method belongs to a transaction
/// of its caller.
public final class SeatHistory {
    /// The longest time that samples are kept.
    public static final Duration LONGEST = Duration.ofDays(90);
    private static final List<Steps> ALL_STEPS = List.of(new Steps(Duration.ofMinutes(1), Duration.ofDays(2)), new Steps(Duration.ofMinutes(15), Duration.ofDays(14)), new Steps(Duration.ofHours(1), LONGEST));
    private static final Duration DAYS_KEPT = Duration.ofDays(731);

    private record Steps(Duration each, Duration kept) {}

    private final Denials denials;

    public SeatHistory(Denials denials) {
        this.denials = denials;
    }

    /// @param at when the step began
    /// @param taken at most
    /// @param queued at most
    /// @param denied requests that were refused
    public record Point(Instant at, long taken, long queued, long denied, long seats) {}

    /// @param points the oldest first; a step without any was one in which the server did not run
    public record Course(Duration step, List<Point> points) {}

    /// A day of one pool, in UTC.
    public record Day(String pool, LocalDate day, long seats, long peak, long denied) {}

    /// The last hours up to now, in steps as fine as are kept for that long: at most 3,000.
    public Course course(Sql sql, String pool, Duration last, Instant now) {
        var steps = ALL_STEPS.stream().filter(each -> each.kept.compareTo(last) >= 0).findFirst().orElse(ALL_STEPS.getLast());
        var from = now.minus(last.compareTo(LONGEST) > 0 ? LONGEST : last);
        return new Course(steps.each, sql.query("SELECT at, taken, queued, denied, seats FROM pool_sample WHERE pool = ? AND seconds = ? AND at >= ? AND at <= ? ORDER BY at",
                row -> new Point(row.instant("at"), row.number("taken"), row.number("queued"), row.number("denied"), row.number("seats")), pool, steps.each.toSeconds(), from, now));
    }

    /// Adds how a pool stands to the steps and the day that time is in.
    void add(Sql sql, String pool, long seats, long taken, long queued, long denied, Instant now) {
        for (var steps : ALL_STEPS) {
            long seconds = steps.each.toSeconds();
            sql.update("""
                    INSERT INTO pool_sample (pool, seconds, at, seats, taken, queued, denied) VALUES (?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (pool, seconds, at) DO UPDATE SET seats = excluded.seats, taken = CASE WHEN excluded.taken > pool_sample.taken THEN excluded.taken ELSE pool_sample.taken END,
                    queued = CASE WHEN excluded.queued > pool_sample.queued THEN excluded.queued ELSE pool_sample.queued END, denied = pool_sample.denied + excluded.denied""",
                    pool, seconds, Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), seconds) * seconds), seats, taken, queued, denied);
        }
        sql.update("""
                INSERT INTO pool_day (pool, day, seats, peak, denied) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (pool, day) DO UPDATE SET seats = excluded.seats, peak = CASE WHEN excluded.peak > pool_day.peak THEN excluded.peak ELSE pool_day.peak END,
                denied = pool_day.denied + excluded.denied""", pool, day(now).toString(), seats, taken, denied);
    }

    /// Deletes what is older than it is kept.
    void thinOut(Sql sql, Instant now) {
        for (var steps : ALL_STEPS) {
            sql.update("DELETE FROM pool_sample WHERE seconds = ? AND at < ?", steps.each.toSeconds(), now.minus(steps.kept));
        }
        sql.update("DELETE FROM pool_day WHERE day < ?", day(now.minus(DAYS_KEPT)).toString());
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    /// The day of that time so far, with what is not taken down yet. No day: nothing was taken down.
    public Optional<Day> today(Sql sql, String pool, Instant now) {
        var today = day(now);
        long pending = denials.pending(pool);
        return sql.one("SELECT day, seats, peak, denied FROM pool_day WHERE pool = ? AND day = ?", row -> new Day(pool, today, row.number("seats"), row.number("peak"), row.number("denied") + pending),
                pool, today.toString());
    }

    /// From one day to another, both included, the oldest first.
    public void days(Sql sql, String pool, LocalDate from, LocalDate until, Consumer<Day> consumer) {
        sql.each("SELECT day, seats, peak, denied FROM pool_day WHERE pool = ? AND day >= ? AND day <= ? ORDER BY day",
                row -> consumer.accept(new Day(pool, LocalDate.parse(row.text("day")), row.number("seats"), row.number("peak"), row.number("denied"))), pool, from.toString(), until.toString());
    }
}
