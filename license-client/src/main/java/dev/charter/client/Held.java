package dev.charter.client;

import dev.charter.format.Bytes;
import dev.charter.format.Locator;
import dev.charter.format.SignedDocument;
import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import java.time.Instant;
import java.util.Optional;

/// The usage license that is installed.
///
/// @param document as it was received; verified again at each start
/// @param locator of the license key that it was asked for with, by which another key is told apart without keeping either
/// @param askedAt when its request was made, from which a lease counts
record Held(SignedDocument document, Optional<Locator> locator, Instant askedAt) {
    JsonObject toJson() {
        var json = new JsonWriter().put("document", document.toBytes()).put("askedAt", askedAt);
        locator.ifPresent(l -> json.put("locator", l.value().toArray()));
        return json.object();
    }

    static Held fromJson(JsonObject json) {
        return new Held(SignedDocument.read(json.bytes("document")),
                json.has("locator") ? Optional.of(new Locator(Bytes.of(json.bytes("locator")))) : Optional.empty(), json.instant("askedAt"));
    }
}
