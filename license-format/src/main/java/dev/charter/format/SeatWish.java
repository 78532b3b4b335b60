package dev.charter.format;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import java.util.List;
import java.util.Optional;

/// What a host tells beside its name when it asks for a seat of a pool, or keeps one.
///
/// @param features the features that it wants; empty: all that the pool holds
/// @param slot the name that the seat belongs to, whoever holds it last: a rebuilt container gets it back at once, and the older holder is fenced. 1 to 200 characters
/// @param epoch of the newest lease that the host got from this pool, as it stood there: by it a server that was restored behind its own back finds out
public record SeatWish(List<String> features, Optional<String> slot, Optional<Bytes> epoch) {
    /// No wish: all features, no slot, no lease before.
    public static final SeatWish ALL = new SeatWish(List.of(), Optional.empty(), Optional.empty());
    /// How many features may be named, and the longest epoch in bytes.
    static final int MOST = 64;
    private static final int LONGEST_SLOT = 200;

    public SeatWish {
        features = List.copyOf(features);
        Require.that(features.size() <= MOST, "a request names at most %s features", MOST);
        features.forEach(feature -> Name.require(feature, "the feature"));
        slot.ifPresent(name -> Require.text(name, "a slot's name", LONGEST_SLOT));
        epoch.ifPresent(SeatWish::requireEpoch);
    }

    static void requireEpoch(Bytes epoch) {
        Require.that(epoch.length() >= 1 && epoch.length() <= MOST, "an epoch has 1 to %s bytes", MOST);
    }

    JsonObject toJson() {
        var json = new JsonWriter();
        if (!features.isEmpty()) {
            json.putTexts("features", features);
        }
        json.putText("slot", slot);
        epoch.ifPresent(bytes -> json.put("epoch", bytes.toArray()));
        return json.object();
    }

    static SeatWish fromJson(JsonObject json) {
        return new SeatWish(json.texts("features"), json.optionalText("slot"), json.has("epoch") ? Optional.of(Bytes.of(json.bytes("epoch"))) : Optional.empty());
    }
}
