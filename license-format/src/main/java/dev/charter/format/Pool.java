package dev.charter.format;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;

/// A floating license's capacity, which its holder leases to products.
///
/// @param seats how many leases may be out at once
/// @param profile the durations that each of its leases must carry
public record Pool(int seats, LeaseProfile profile) {
    public Pool {
        Require.that(seats >= 1, "a pool has at least one seat");
    }

    JsonObject toJson() {
        return new JsonWriter().put("seats", seats).put("lease", profile.toJson()).object();
    }

    static Pool fromJson(JsonObject json) {
        return new Pool(json.count("seats"), LeaseProfile.fromJson(json.object("lease")));
    }
}
