package dev.charter.format;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;

/// How many activations or seats may be reclaimed, restored or taken over early in a period of that many days.
public record Allowance(int count, int days) {
    public Allowance {
        Require.that(days >= 1, "an allowance is for at least one day");
        Require.that(count >= 0, "an allowance cannot be negative");
    }

    JsonObject toJson() {
        return new JsonWriter().put("count", count).put("days", days).object();
    }

    static Allowance fromJson(JsonObject json) {
        return new Allowance(json.count("count"), json.count("days"));
    }
}
