package dev.charter.format;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// What the vendor says of its own keys, signed by its newest root. The certificates of every root that succeeded another are attached to the document.
///
/// @param number grows with each statement; a host keeps the highest that it has seen
/// @param issuedAt when it was signed
/// @param revoked keys, issuing or root, whose signatures are no longer accepted
public record TrustStatement(long number, Instant issuedAt, List<KeyId> revoked) implements Payload {
    private static final Set<String> KNOWN = Set.of("format", "crit", "number", "issuedAt", "revoked");

    public TrustStatement {
        Require.number(number, 1, "the number of a trust statement");
        issuedAt = WholeSeconds.of(issuedAt);
        revoked = List.copyOf(revoked);
    }

    @Override
    public DocumentKind kind() {
        return DocumentKind.TRUST_STATEMENT;
    }

    @Override
    public JsonObject toJson() {
        return new JsonWriter().put("format", FORMAT).put("number", number).put("issuedAt", issuedAt)
                .putTexts("revoked", revoked.stream().map(KeyId::value).toList()).object();
    }

    public static TrustStatement read(byte[] payload) {
        return Payload.read(payload, KNOWN, json -> new TrustStatement(json.number("number"), json.instant("issuedAt"),
                json.texts("revoked").stream().map(KeyId::new).toList()));
    }
}
