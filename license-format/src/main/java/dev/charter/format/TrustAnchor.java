package dev.charter.format;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonWriter;
import dev.charter.format.json.MalformedJson;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What a product is built with: the vendor's name, its roots, and which signatures its documents need. It is trusted because it is part of the product.
///
/// @param vendor the vendor's name; also salts fingerprints
/// @param required the algorithms of which each document must carry a good signature: classical (Ed25519) or hybrid (both)
/// @param roots the vendor's root keys
public record TrustAnchor(String vendor, Set<Algorithm> required, List<SignerKeys> roots) {
    public TrustAnchor {
        Name.require(vendor, "the vendor");
        Require.that(required.contains(Algorithm.ED25519), "a trust anchor requires Ed25519 signatures, alone or with ML-DSA-65");
        required = Collections.unmodifiableSet(EnumSet.copyOf(required));
        roots = List.copyOf(roots);
        Require.that(!roots.isEmpty(), "a trust anchor has at least one root");
        for (var root : roots) {
            Require.that(root.algorithms().containsAll(required), "the root %s lacks a key that the anchor requires", root.id());
        }
    }

    public byte[] toBytes() {
        return JsonWriter.bytes(new JsonWriter().put("vendor", vendor).putTexts("required", required.stream().map(Algorithm::joseName).toList())
                .putObjects("roots", roots.stream().map(SignerKeys::toJson).toList()).object());
    }

    /// Throws [DocumentRejected] when the bytes are no trust anchor.
    public static TrustAnchor read(byte[] json) {
        try {
            JsonObject anchor = JsonReader.object(json);
            var required = EnumSet.noneOf(Algorithm.class);
            anchor.texts("required").forEach(name -> required.add(Algorithm.named(name)));
            return new TrustAnchor(anchor.text("vendor"), required, anchor.objects("roots").stream().map(SignerKeys::fromJson).toList());
        } catch (MalformedJson | IllegalArgumentException malformed) {
            throw new DocumentRejected(Flaw.MALFORMED, "This is no trust anchor: " + malformed.getMessage() + ".");
        }
    }
}
