package dev.charter.client;

import dev.charter.format.SignedDocument;
import dev.charter.format.UsageRequest;
import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import java.time.Duration;
import java.time.Instant;

/// A request that has no answer yet.
///
/// @param request the very document that is sent, again and again
/// @param byLetter whether a person carries it; the background leaves it alone then
/// @param madeAt when it was made, by the client's own reckoning
record Pending(SignedDocument request, boolean byLetter, Instant madeAt) {
    UsageRequest content() {
        return UsageRequest.read(request.payload());
    }

    Pending earlierBy(Duration shift) {
        return new Pending(request, byLetter, madeAt.minus(shift));
    }

    JsonObject toJson() {
        return new JsonWriter().put("request", request.toBytes()).put("byLetter", byLetter ? 1 : 0).put("madeAt", madeAt).object();
    }

    static Pending fromJson(JsonObject json) {
        return new Pending(SignedDocument.read(json.bytes("request")), json.number("byLetter") == 1, json.instant("madeAt"));
    }
}
