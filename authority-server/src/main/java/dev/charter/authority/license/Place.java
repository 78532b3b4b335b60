package dev.charter.authority.license;

import dev.charter.authority.search.Hit;
import dev.charter.format.Bytes;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonWriter;
import dev.charter.format.json.MalformedJson;
import java.time.Instant;
import java.util.Optional;

/// A place in a list of licenses, after which the next page begins.
///
/// @param hit where a search stands; none in the list of all licenses
/// @param among which license, among those of that hit or of all; none: after the hit altogether
record Place(Optional<Hit> hit, Optional<Key> among) {

    /// Licenses are listed by the time of their issue, the newest first.
    record Key(Instant issuedAt, String license) {
        static Key of(License license) {
            return new Key(license.issuedAt(), license.id());
        }
    }

    /// As it goes out and comes back, of no meaning to others.
    String toText() {
        var json = new JsonWriter();
        hit.ifPresent(h -> json.put("part", h.part().toBase64Url()).put("subject", h.subject()));
        among.ifPresent(key -> json.put("at", key.issuedAt().toEpochMilli()).put("license", key.license()));
        return Bytes.of(JsonWriter.bytes(json.object())).toBase64Url();
    }

    /// Throws [IllegalArgumentException] for what [#toText] did not make.
    static Place read(String text) {
        try {
            var json = JsonReader.object(Bytes.fromBase64Url(text).toArray());
            return new Place(json.has("part") ? Optional.of(new Hit(Bytes.of(json.bytes("part")), json.text("subject"))) : Optional.empty(),
                    json.has("at") ? Optional.of(new Key(Instant.ofEpochMilli(json.number("at")), json.text("license"))) : Optional.empty());
        } catch (MalformedJson | IllegalArgumentException altered) {
            throw new IllegalArgumentException("\"after\" is not what a list of licenses gave as its \"next\"", altered);
        }
    }
}
