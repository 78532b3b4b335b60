package dev.charter.format;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A root vouches for keys: for an issuing key, within limits, or for the root that succeeds it.
///
/// @param role what the keys may do
/// @param keys the certified keys
/// @param products the products that an issuing key may issue for; empty: all
/// @param kinds the kinds of documents that it may sign; none for a root
/// @param from documents issued before it are not accepted
/// @param until documents issued at it or later are not accepted; none: no end
public record KeyCertificate(Role role, SignerKeys keys, List<String> products, Set<DocumentKind> kinds, Instant from, Optional<Instant> until)
        implements Payload {
    private static final Set<String> KNOWN = Set.of("format", "crit", "role", "keys", "products", "kinds", "from", "until");

    /// What certified keys may do.
    public enum Role {
        /// Sign what hosts receive.
        ISSUING,
        /// Stand in the place of the root that signed the certificate.
        ROOT
    }

    public KeyCertificate {
        products = List.copyOf(products);
        products.forEach(product -> Name.require(product, "the product"));
        kinds = kinds.isEmpty() ? Set.of() : java.util.Collections.unmodifiableSet(EnumSet.copyOf(kinds));
        Require.that(role == Role.ROOT || !kinds.isEmpty(), "an issuing key's certificate names the kinds of documents that it may sign");
        from = WholeSeconds.of(from);
        until = WholeSeconds.of(until);
        var start = from;
        until.ifPresent(end -> Require.that(end.isAfter(start), "the certificate ends before it begins"));
    }

    @Override
    public DocumentKind kind() {
        return DocumentKind.KEY_CERTIFICATE;
    }

    /// Whether a document of that kind and product, issued at that time, is within the limits.
    boolean covers(DocumentKind kind, String product, Instant issuedAt) {
        return role == Role.ISSUING && kinds.contains(kind) && (products.isEmpty() || products.contains(product))
                && !issuedAt.isBefore(from) && until.map(issuedAt::isBefore).orElse(true);
    }

    @Override
    public JsonObject toJson() {
        var json = new JsonWriter().put("format", FORMAT).put("role", role.name().toLowerCase(Locale.ROOT)).put("keys", keys.toJson());
        if (!products.isEmpty()) {
            json.putTexts("products", products);
        }
        if (!kinds.isEmpty()) {
            json.putTexts("kinds", kinds.stream().map(DocumentKind::documentName).toList());
        }
        return json.put("from", from).putInstant("until", until).object();
    }

    public static KeyCertificate read(byte[] payload) {
        return Payload.read(payload, KNOWN, json -> new KeyCertificate(role(json.text("role")), SignerKeys.fromJson(json.object("keys")), json.texts("products"),
                kinds(json), json.instant("from"), json.optionalInstant("until")));
    }

    private static Role role(String name) {
        return switch (name) {
            case "issuing" -> Role.ISSUING;
            case "root" -> Role.ROOT;
            default -> throw new IllegalArgumentException(name + " is not a role of a key");
        };
    }

    private static Set<DocumentKind> kinds(JsonObject json) {
        var kinds = EnumSet.noneOf(DocumentKind.class);
        json.texts("kinds").forEach(name -> kinds.add(DocumentKind.named(name)));
        return kinds;
    }
}
