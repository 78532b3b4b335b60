package dev.charter.format;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import java.time.Duration;
import java.util.List;

/// The three durations that a lease signs, counted by the host from the moment it sent its request, in whole seconds.
///
/// @param renewEvery how often the host renews
/// @param degradedAfter from when the product warns and refuses changes of configuration
/// @param end from when new work is refused
public record LeaseProfile(Duration renewEvery, Duration degradedAfter, Duration end) {
    /// For plants: renew every 5 minutes, degraded after an hour, end after 3 days.
    public static final LeaseProfile PLANT = new LeaseProfile(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofDays(3));
    /// For containers: renew every 30 seconds, degraded after 2 minutes, end after 10.
    public static final LeaseProfile ELASTIC = new LeaseProfile(Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(10));

    public LeaseProfile {
        for (var duration : List.of(renewEvery, degradedAfter, end)) {
            Require.that(duration.getNano() == 0 && duration.toSeconds() <= Integer.MAX_VALUE, "a lease's durations are whole seconds, at most %s; this is %s", Integer.MAX_VALUE, duration);
        }
        Require.that(!renewEvery.isNegative() && !renewEvery.isZero() && renewEvery.compareTo(degradedAfter) < 0 && degradedAfter.compareTo(end) <= 0,
                "a lease renews (%s) before it is degraded (%s), and is degraded no later than it ends (%s)", renewEvery, degradedAfter, end);
    }

    JsonObject toJson() {
        return new JsonWriter().put("renewEvery", renewEvery.toSeconds()).put("degradedAfter", degradedAfter.toSeconds())
                .put("end", end.toSeconds()).object();
    }

    static LeaseProfile fromJson(JsonObject json) {
        return new LeaseProfile(Duration.ofSeconds(json.count("renewEvery")), Duration.ofSeconds(json.count("degradedAfter")),
                Duration.ofSeconds(json.count("end")));
    }
}
