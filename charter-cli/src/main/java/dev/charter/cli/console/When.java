package dev.charter.cli.console;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// Dates as people read and write them. Terms are kept in UTC and shown in UTC, so that one license has one end everywhere; other times are shown in the reader's zone.
public final class When {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm zzz", Locale.ENGLISH);

    /// By its name, so that times say UTC and not Z.
    private static final ZoneId UTC = ZoneId.of("UTC");

    private final Instant now;
    private final ZoneId zone;

    public When(Instant now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    /// A boundary of a term with its distance, such as `31 March 2027 (in 128 days)`; with the time where it is not midnight.
    public String day(Instant boundary) {
        var utc = boundary.atZone(UTC);
        var midnight = boundary.truncatedTo(ChronoUnit.DAYS).equals(boundary);
        return (midnight ? DAY : TIME).format(utc) + " (" + distance(boundary) + ")";
    }

    /// A moment that was or will be, such as `22 November 2026, 14:05 CET (3 minutes ago)`.
    public String moment(Instant moment) {
        return TIME.format(moment.atZone(zone)) + " (" + distance(moment) + ")";
    }

    private String distance(Instant moment) {
        long seconds = ChronoUnit.SECONDS.between(now, moment);
        long size = Math.abs(seconds);
        if (size < 60) {
            return "now";
        }
        // Days as the calendar counts them: from Monday evening to Friday morning are four.
        long days = Math.abs(ChronoUnit.DAYS.between(LocalDate.ofInstant(now, UTC), LocalDate.ofInstant(moment, UTC)));
        var amount = size < 3_600 ? count(size / 60, "minute") : size < 172_800 ? count(size / 3_600, "hour") : count(days, "day");
        return seconds > 0 ? "in " + amount : amount + " ago";
    }

    private static String count(long number, String unit) {
        return "%,d %s%s".formatted(number, unit, number == 1 ? "" : "s");
    }

    /// Reads a day, which stands for its first instant in UTC, or an instant such as `2027-03-31T12:00:00Z`. Throws [IllegalArgumentException] for anything else.
    public static Instant read(String written) {
        try {
            return written.length() == 10 ? LocalDate.parse(written).atStartOfDay(ZoneOffset.UTC).toInstant() : Instant.parse(written);
        } catch (DateTimeParseException notADate) {
            throw new IllegalArgumentException("\"" + written + "\" is no date. Write one such as 2027-03-31 (its first instant in UTC), or 2027-03-31T12:00:00Z", notADate);
        }
    }
}
