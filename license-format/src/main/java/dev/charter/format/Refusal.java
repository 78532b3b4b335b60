package dev.charter.format;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// A signed "no". Signed, so that nobody in between can stop a product by forging one.
///
/// @param issuedAt the issuer's time
/// @param product the product that asked
/// @param request the digest of the request (or release) that is refused
/// @param code why, from the closed list
/// @param message what is, and what to do next, for people
/// @param license the license's ID, once the request has shown that its host may know it
/// @param place in the queue for a seat, from 1, where the host has one
public record Refusal(Instant issuedAt, String product, Digest request, RefusalCode code, String message, Optional<String> license, OptionalLong place) implements Payload {
    private static final Set<String> KNOWN = Set.of("format", "crit", "issuedAt", "product", "request", "code", "message", "license", "place");

    public Refusal {
        issuedAt = WholeSeconds.of(issuedAt);
        Name.require(product, "the product");
        Require.text(message, "the message");
        license.ifPresent(id -> Require.text(id, "the license's ID"));
        place.ifPresent(number -> Require.number(number, 1, "the place in the queue"));
    }

    /// Of a host that has no place in a queue.
    public Refusal(Instant issuedAt, String product, Digest request, RefusalCode code, String message, Optional<String> license) {
        this(issuedAt, product, request, code, message, license, OptionalLong.empty());
    }

    @Override
    public DocumentKind kind() {
        return DocumentKind.REFUSAL;
    }

    @Override
    public JsonObject toJson() {
        return new JsonWriter().put("format", FORMAT).put("issuedAt", issuedAt).put("product", product).put("request", request.toString())
                .put("code", code.name()).put("message", message).putText("license", license).putNumber("place", place).object();
    }

    public static Refusal read(byte[] payload) {
        return Payload.read(payload, KNOWN, json -> new Refusal(json.instant("issuedAt"), json.text("product"), new Digest(Bytes.of(json.bytes("request"))),
                RefusalCode.named(json.text("code")), json.text("message"), json.optionalText("license"), json.optionalNumber("place")));
    }
}
