package dev.charter.authority.customer;

import dev.charter.authority.search.Hit;
import dev.charter.format.Bytes;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonWriter;
import dev.charter.format.json.MalformedJson;
import java.time.Instant;

/// A place in a list of customers, after which the next page begins.
sealed interface Place {
    /// In what a term finds.
    record AtHit(Hit hit) implements Place {}

    /// In the list of all customers, the newest first.
    record AtCustomer(Instant createdAt, String customer) implements Place {}

    /// As it goes out and comes back, of no meaning to others.
    default String toText() {
        var json = switch (this) {
            case AtHit(var hit) -> new JsonWriter().put("part", hit.part().toBase64Url()).put("customer", hit.subject());
            case AtCustomer(var createdAt, var customer) -> new JsonWriter().put("at", createdAt.toEpochMilli()).put("customer", customer);
        };
        return Bytes.of(JsonWriter.bytes(json.object())).toBase64Url();
    }

    /// Throws [IllegalArgumentException] for what [#toText] did not make.
    static Place read(String text) {
        try {
            var json = JsonReader.object(Bytes.fromBase64Url(text).toArray());
            return json.has("part") ? new AtHit(new Hit(Bytes.of(json.bytes("part")), json.text("customer")))
                    : new AtCustomer(Instant.ofEpochMilli(json.number("at")), json.text("customer"));
        } catch (MalformedJson | IllegalArgumentException altered) {
            throw new IllegalArgumentException("\"after\" is not what a list of customers gave as its \"next\"", altered);
        }
    }
}
