package dev.charter.client;

import dev.charter.format.Bytes;
import dev.charter.format.Locator;
import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import java.util.Optional;

/// A leased license of which a host wants a seat whenever its product runs.
///
/// @param license the license's ID, by which this host may ask once it has held a seat of it
/// @param locator of the license key that was asked with
record SeatOf(String license, Optional<Locator> locator) {
    JsonObject toJson() {
        var json = new JsonWriter().put("license", license);
        locator.ifPresent(of -> json.put("locator", of.value().toArray()));
        return json.object();
    }

    static SeatOf fromJson(JsonObject json) {
        return new SeatOf(json.text("license"), json.has("locator") ? Optional.of(new Locator(Bytes.of(json.bytes("locator")))) : Optional.empty());
    }
}
