package dev.charter.format;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import java.time.Instant;
import java.util.Optional;

/// What a host's administrator did without asking the vendor, as its license allows: emergency days that were started and, on a floating server, seats that were taken back before their leases ended.
/// The host says it of itself. It is for people, and nothing is decided by it.
///
/// @param emergencyDays used of this license so far; 0 to 1,000,000
/// @param lastEmergencyDay when the last one began; none where that is not known any more. A day that was started while another one ran begins after it, and so may lie ahead
/// @param reclaims of a floating server
public record SelfHelp(int emergencyDays, Optional<Instant> lastEmergencyDay, Optional<Reclaims> reclaims) {
    /// The largest figure. No license allows as much.
    public static final int MOST = 1_000_000;

    /// Seats that were taken back before their leases ended.
    ///
    /// @param inPeriod those that count against the license's allowance; 0 to `total`
    /// @param total all so far; 0 to 1,000,000
    public record Reclaims(int inPeriod, int total) {
        public Reclaims {
            requireFigure(total, "the seats that were reclaimed");
            Require.that(inPeriod >= 0 && inPeriod <= total, "the seats that were reclaimed in the period are 0 to all of them, not %s of %s", inPeriod, total);
        }
    }

    public SelfHelp {
        requireFigure(emergencyDays, "the emergency days that were used");
        Require.that(emergencyDays > 0 || lastEmergencyDay.isEmpty(), "where no emergency day was used, none was the last one");
        lastEmergencyDay = WholeSeconds.of(lastEmergencyDay);
    }

    private static void requireFigure(int figure, String what) {
        Require.that(figure >= 0 && figure <= MOST, "%s are 0 to %s, not %s", what, MOST, figure);
    }

    JsonObject toJson() {
        var json = new JsonWriter().put("emergencyDays", emergencyDays).putInstant("lastEmergencyDay", lastEmergencyDay);
        reclaims.ifPresent(seats -> json.put("reclaims", new JsonWriter().put("inPeriod", seats.inPeriod()).put("total", seats.total()).object()));
        return json.object();
    }

    static SelfHelp fromJson(JsonObject json) {
        return new SelfHelp(json.count("emergencyDays"), json.optionalInstant("lastEmergencyDay"),
                json.optionalObject("reclaims").map(seats -> new Reclaims(seats.count("inPeriod"), seats.count("total"))));
    }
}
