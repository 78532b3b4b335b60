package dev.charter.cli.inspect;

import dev.charter.cli.console.Json;
import dev.charter.format.DocumentKind;
import dev.charter.format.DocumentRejected;
import dev.charter.format.Payload;
import dev.charter.format.SelfHelp;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What an examination found: the content, each signature, each link of the chain of trust, and the verdict over all of it.
///
/// @param kind what the document says it is
/// @param content what it says, where this release can read it
/// @param selfHelp of a release: what its host tells beside that of what was done without asking
/// @param signatures its own
/// @param chain the documents attached to it, nearest first
/// @param verdict why it is not to be believed; none: it verifies
record Inspection(DocumentKind kind, Content content, Optional<SelfHelp> selfHelp, List<Mark> signatures, List<Link> chain, Optional<DocumentRejected> verdict) {

    /// A payload as its bytes, and as what this release understands of it.
    record Content(byte[] bytes, Optional<Payload> payload, Optional<DocumentRejected> fault) {
        private ObjectNode toJson() {
            return Json.read(bytes).orElseGet(Json::object);
        }
    }

    /// One signature, or one that is required and absent, looked at by itself.
    ///
    /// @param fault why it does not hold; none: it was made by that key over these bytes
    record Mark(String algorithm, String keyId, Optional<String> fault) {
        private ObjectNode toJson() {
            var json = Json.object().put("algorithm", algorithm).put("key", keyId).put("verifies", fault.isEmpty());
            fault.ifPresent(message -> json.put("message", message));
            return json;
        }
    }

    /// One document of the chain.
    ///
    /// @param keyId of the key that it vouches for; none for a trust statement
    /// @param signer of the key that signed it
    record Link(DocumentKind kind, Optional<String> keyId, String signer, Content content, List<Mark> signatures) {
        private ObjectNode toJson() {
            var json = Json.object().put("kind", kind.documentName());
            keyId.ifPresent(id -> json.put("key", id));
            json.put("signer", signer).set("content", content.toJson());
            json.set("signatures", marks(signatures));
            return json;
        }
    }

    ObjectNode toJson() {
        var json = Json.object().put("is", "document").put("kind", kind.documentName());
        json.set("content", content.toJson());
        selfHelp.ifPresent(told -> json.set("selfHelp", toJson(told)));
        json.set("signatures", marks(signatures));
        var links = Json.list();
        chain.forEach(link -> links.add(link.toJson()));
        json.set("chain", links);
        json.put("verifies", verdict.isEmpty());
        verdict.ifPresent(rejected -> json.put("flaw", rejected.flaw().name()).put("message", rejected.getMessage()));
        return json;
    }

    private static ObjectNode toJson(SelfHelp told) {
        var json = Json.object().put("emergencyDays", told.emergencyDays());
        told.lastEmergencyDay().ifPresent(begin -> json.put("lastEmergencyDay", begin.toString()));
        told.reclaims().ifPresent(seats -> json.putObject("reclaims").put("inPeriod", seats.inPeriod()).put("total", seats.total()));
        return json;
    }

    private static ArrayNode marks(List<Mark> marks) {
        var list = Json.list();
        marks.forEach(mark -> list.add(mark.toJson()));
        return list;
    }
}
