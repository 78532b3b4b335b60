package dev.charter.cli.keys;

import dev.charter.cli.console.Console;
import dev.charter.cli.console.Json;
import dev.charter.format.Algorithm;
import dev.charter.format.DocumentKind;
import dev.charter.format.KeyCertificate;
import dev.charter.format.KeyId;
import dev.charter.format.SignerKeys;
import dev.charter.signing.VendorKeys;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A vendor's public keys, in words and in JSON.
final class KeysReport {
    private final Console console;

    KeysReport(Console console) {
        this.console = console;
    }

    void answer(String headline, VendorKeys keys) {
        console.answer(json(keys), () -> print(headline, keys));
    }

    private void print(String headline, VendorKeys keys) {
        console.headline(headline);
        console.line("Vendor", keys.anchor().vendor());
        console.line("Signatures", keys.anchor().required().stream().map(Algorithm::joseName).collect(Collectors.joining(" and ")));
        console.line("Statement", "number " + keys.statement().number() + " of " + console.when().moment(keys.statement().issuedAt()));
        for (var root : keys.roots()) {
            console.line("Root", root.id() + state(keys, root.id(), root.equals(keys.root())));
        }
        for (var document : keys.certificates()) {
            var certificate = KeyCertificate.read(document.payload());
            console.line("Issuing key", certificate.keys().id() + state(keys, certificate.keys().id(), certificate.keys().equals(keys.issuing())) + "\n" + limits(certificate));
        }
    }

    private static String state(VendorKeys keys, KeyId id, boolean inUse) {
        return keys.revokes(id) ? ", revoked" : inUse ? ", in use" : ", succeeded";
    }

    private String limits(KeyCertificate certificate) {
        return certificate.kinds().stream().map(DocumentKind::documentName).collect(Collectors.joining(", "))
                + (certificate.products().isEmpty() ? " of all products" : " of " + String.join(", ", certificate.products()))
                + ", from " + console.when().day(certificate.from()) + certificate.until().map(end -> " until " + console.when().day(end)).orElse("");
    }

    private static ObjectNode json(VendorKeys keys) {
        var json = Json.object().put("vendor", keys.anchor().vendor());
        var required = json.putArray("required");
        keys.anchor().required().forEach(algorithm -> required.add(algorithm.joseName()));
        json.putObject("trustStatement").put("number", keys.statement().number()).put("issuedAt", keys.statement().issuedAt().toString());
        var roots = json.putArray("roots");
        keys.roots().forEach(root -> add(roots, keys, root, root.equals(keys.root())));
        var issuing = json.putArray("issuingKeys");
        for (var document : keys.certificates()) {
            var certificate = KeyCertificate.read(document.payload());
            var entry = add(issuing, keys, certificate.keys(), certificate.keys().equals(keys.issuing()));
            var kinds = entry.putArray("kinds");
            certificate.kinds().forEach(kind -> kinds.add(kind.documentName()));
            var products = entry.putArray("products");
            certificate.products().forEach(products::add);
            entry.put("from", certificate.from().toString());
            certificate.until().ifPresent(end -> entry.put("until", end.toString()));
        }
        return json;
    }

    private static ObjectNode add(ArrayNode list, VendorKeys keys, SignerKeys signer, boolean inUse) {
        return list.addObject().put("key", signer.id().value()).put("inUse", inUse).put("revoked", keys.revokes(signer.id()));
    }
}
