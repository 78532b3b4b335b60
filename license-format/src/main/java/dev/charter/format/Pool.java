package dev.charter.format;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import dev.charter.format.json.MalformedJson;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A floating license's capacity, which its holder leases to products.
///
/// @param seats how many leases may be out at once
/// @param profile the durations that each of its leases must carry
/// @param featureSeats of features that fewer leases may grant at once: how many
/// @param keys that sign its leases beside its host's own
/// @param tls of the TLS certificate that its floating server made itself
public record Pool(int seats, LeaseProfile profile, SortedMap<String, Integer> featureSeats, LeaseKeys keys, Optional<TlsPin> tls) {
    public Pool {
        Require.that(seats >= 1, "a pool has at least one seat");
        featureSeats.forEach((feature, most) -> {
            Name.require(feature, "the feature");
            Require.that(most >= 0, "a feature's seats cannot be negative");
        });
        featureSeats = Collections.unmodifiableSortedMap(new TreeMap<>(featureSeats));
    }

    /// A pool of a floating server that told no key and no certificate.
    public Pool(int seats, LeaseProfile profile, SortedMap<String, Integer> featureSeats) {
        this(seats, profile, featureSeats, LeaseKeys.NONE, Optional.empty());
    }

    /// A pool whose every lease may grant each of its features.
    public Pool(int seats, LeaseProfile profile) {
        this(seats, profile, Collections.emptySortedMap());
    }

    JsonObject toJson() {
        var json = new JsonWriter().put("seats", seats).put("lease", profile.toJson());
        if (!featureSeats.isEmpty()) {
            json.putObjects("featureSeats", featureSeats.entrySet().stream().map(Pool::toJson).toList());
        }
        keys.writeTo(json);
        TlsPin.write(json, tls);
        return json.object();
    }

    private static JsonObject toJson(Map.Entry<String, Integer> limited) {
        return new JsonWriter().put("feature", limited.getKey()).put("seats", limited.getValue()).object();
    }

    static Pool fromJson(JsonObject json) {
        var featureSeats = new TreeMap<String, Integer>();
        for (var limited : json.objects("featureSeats")) {
            if (featureSeats.put(limited.text("feature"), limited.count("seats")) != null) {
                throw new MalformedJson("\"featureSeats\" names " + limited.text("feature") + " twice");
            }
        }
        return new Pool(json.count("seats"), LeaseProfile.fromJson(json.object("lease")), featureSeats, LeaseKeys.readFrom(json), TlsPin.read(json));
    }
}
