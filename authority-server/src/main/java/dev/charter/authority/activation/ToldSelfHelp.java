package dev.charter.authority.activation;

import dev.charter.format.SelfHelp;
import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What a host told of emergency days and reclaimed seats. It says so of itself: people look at it, and nothing is decided by it. A host that was restored from a backup tells less than it did before,
/// so that the greatest figures stay beside the newest.
///
/// @param newest as the host told it last
/// @param mostEmergencyDays that it ever told
/// @param mostReclaims that it ever told, in all
record ToldSelfHelp(SelfHelp newest, int mostEmergencyDays, int mostReclaims) {

    /// What is to be kept of a request or release, beside what is known; empty where that stays as it is, or nothing was ever done.
    static Optional<ToldSelfHelp> after(Optional<ToldSelfHelp> known, Optional<SelfHelp> told) {
        return told.map(now -> new ToldSelfHelp(now, Math.max(now.emergencyDays(), known.map(ToldSelfHelp::mostEmergencyDays).orElse(0)),
                        Math.max(reclaims(now), known.map(ToldSelfHelp::mostReclaims).orElse(0))))
                .filter(next -> !known.map(next::equals).orElse(next.mostEmergencyDays == 0 && next.mostReclaims == 0));
    }

    private static int reclaims(SelfHelp told) {
        return told.reclaims().map(SelfHelp.Reclaims::total).orElse(0);
    }

    JsonObject toJson() {
        var json = new JsonWriter().put("emergencyDays", newest.emergencyDays()).putInstant("lastEmergencyDay", newest.lastEmergencyDay());
        newest.reclaims().ifPresent(seats -> json.put("reclaims", new JsonWriter().put("inPeriod", seats.inPeriod()).put("total", seats.total()).object()));
        return json.put("mostEmergencyDays", mostEmergencyDays).put("mostReclaims", mostReclaims).object();
    }

    String toText() {
        return new String(JsonWriter.bytes(toJson()), StandardCharsets.UTF_8);
    }

    static ToldSelfHelp read(String text) {
        var json = JsonReader.object(text);
        var newest = new SelfHelp(json.count("emergencyDays"), json.optionalInstant("lastEmergencyDay"),
                json.optionalObject("reclaims").map(seats -> new SelfHelp.Reclaims(seats.count("inPeriod"), seats.count("total"))));
        return new ToldSelfHelp(newest, json.count("mostEmergencyDays"), json.count("mostReclaims"));
    }
}
