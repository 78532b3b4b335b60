package dev.charter.format;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonWriter;
import dev.charter.format.json.MalformedJson;
import java.util.Set;
import java.util.function.Function;

/// What a document says, apart from who signed it.
public sealed interface Payload
        permits UsageRequest, UsageLicense, Refusal, Release, UsageReport, KeyCertificate, TrustStatement {

    /// The one format of this release; a request names those that its host reads.
    int FORMAT = 1;

    DocumentKind kind();

    JsonObject toJson();

    /// The exact bytes to sign.
    default byte[] toBytes() {
        return JsonWriter.bytes(toJson());
    }

    /// Reads a payload: refuses other formats, and fields that `crit` lists and this release does not know; ignores all other unknown fields.
    static <T> T read(byte[] payload, Set<String> known, Function<JsonObject, T> content) {
        try {
            var json = JsonReader.object(payload);
            if (json.number("format") != FORMAT) {
                throw new DocumentRejected(Flaw.UNKNOWN_FORMAT, "The document is written in format " + json.number("format")
                        + "; this program reads format " + FORMAT + ". Update the program, or ask for a document in format " + FORMAT + ".");
            }
            for (var name : json.texts("crit")) {
                if (!known.contains(name)) {
                    throw new DocumentRejected(Flaw.UNKNOWN_CRITICAL_FIELD, "The document says that \"" + name
                            + "\" must be understood, and this program does not know it. Update the program.");
                }
            }
            return content.apply(json);
        } catch (MalformedJson | IllegalArgumentException malformed) {
            throw new DocumentRejected(Flaw.MALFORMED, "The document is damaged: " + malformed.getMessage() + ".");
        }
    }
}
