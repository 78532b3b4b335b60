package dev.charter.client;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import java.time.Duration;
import java.time.Instant;

/// One emergency day that was used: the record that is reported to the vendor.
///
/// @param license the license that signed it
/// @param begins when this day began
/// @param emergencySince when the emergency was started that it belongs to
/// @param startedBy the administrator who started it
record EmergencyDay(String license, Instant begins, Instant emergencySince, String startedBy) {
    static final Duration LENGTH = Duration.ofDays(1);

    JsonObject toJson() {
        return new JsonWriter().put("license", license).put("begins", begins).put("emergencySince", emergencySince).put("startedBy", startedBy).object();
    }

    static EmergencyDay fromJson(JsonObject json) {
        return new EmergencyDay(json.text("license"), json.instant("begins"), json.instant("emergencySince"), json.text("startedBy"));
    }
}
