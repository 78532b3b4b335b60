package dev.charter.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonValue;
import dev.charter.format.json.JsonWriter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Documents by later releases: what may be ignored is, what must not be is refused by its name.
class ForwardCompatibilityTest {
    private final Scene scene = Scene.classical();

    /// The document as a later release would have signed it.
    private SignedDocument by(SeededSigner signer, SignedDocument document, UnaryOperator<JsonObject> change) {
        var payload = Base64.getUrlEncoder().withoutPadding().encodeToString(JsonWriter.bytes(change.apply(JsonReader.object(document.payload()))));
        var signatures = document.signatures().stream().map(old -> new SignedDocument.Signature(old.protectedText(), old.header(),
                Bytes.of(signer.sign(Algorithm.ED25519, SignedDocument.signingInput(old.protectedText(), payload))))).toList();
        return new SignedDocument(payload, signatures, document.certificates(), document.trustStatement(), document.pool());
    }

    private SeededSigner signerOf(String name) {
        return switch (name) {
            case "usage-request", "release", "usage-report" -> scene.hostSigner;
            case "lease" -> scene.poolHolder();
            case "key-certificate", "trust-statement" -> scene.root;
            default -> scene.issuing;
        };
    }

    private static JsonObject plus(JsonObject object, String name, JsonValue value) {
        Map<String, JsonValue> members = new LinkedHashMap<>(object.members());
        members.put(name, value);
        return new JsonObject(members);
    }

    /// The same with an unknown member in each object of it.
    private static JsonValue everywhere(JsonValue value, boolean named) {
        if (value instanceof JsonObject object) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            // Members of "factors" are factors by whatever name.
            object.members().forEach((name, inner) -> members.put(name, name.equals("factors") ? inner : everywhere(inner, true)));
            members.put("fromTheFuture", new JsonValue.Items(List.of(new JsonValue.Null(), new JsonValue.Number("-1.5e9"), new JsonValue.Truth(true))));
            return new JsonObject(members);
        }
        if (value instanceof JsonValue.Items items) {
            return new JsonValue.Items(items.values().stream().map(inner -> everywhere(inner, named)).toList());
        }
        return value;
    }

    @Test void unknown_fields_are_ignored_wherever_they_stand() {
        scene.documents().forEach((name, document) -> {
            // What is asked about the very bytes of a payload (a proof, an acknowledgement) has no second form.
            if (!List.of("usage-request", "acknowledgement").contains(name)) {
                var newer = by(signerOf(name), document, payload -> (JsonObject) everywhere(payload, true));
                assertThat(scene.accept(name, SignedDocument.read(newer.toBytes()))).as(name).isEqualTo(scene.accept(name, document));
            }
        });
        var request = by(scene.hostSigner, scene.request(), payload -> (JsonObject) everywhere(payload, true));
        assertThat(Verifier.request(request).content()).isEqualTo(UsageRequest.read(scene.request().payload()));
    }

    @Test void unknown_members_of_the_envelope_are_ignored() {
        var json = JsonReader.object(scene.answer().toBytes());
        var newer = SignedDocument.read(JsonWriter.bytes((JsonObject) everywhere(json, true)));
        assertThat(newer).isEqualTo(scene.answer());
    }

    @Test void a_field_that_crit_names_and_this_release_does_not_know_is_refused_by_its_name() {
        scene.documents().forEach((name, document) -> {
            if (name.equals("acknowledgement")) {
                return;
            }
            var newer = by(signerOf(name), document, payload -> plus(plus(payload, "fromTheFuture", new JsonValue.Truth(true)), "crit", new JsonValue.Items(List.of(new JsonValue.Text("fromTheFuture")))));
            assertThatThrownBy(() -> scene.accept(name, newer)).as(name).isInstanceOfSatisfying(DocumentRejected.class, rejected -> assertThat(rejected.flaw()).isEqualTo(Flaw.UNKNOWN_CRITICAL_FIELD))
                    .hasMessage("The document says that \"fromTheFuture\" must be understood, and this program does not know it. Update the program.");
        });
    }

    @Test void a_message_that_quotes_a_stranger_stays_one_line() {
        for (var name : List.of("x\n2026-03-01 INFO forged", "x\u001b[2J", "x\u202etxt.exe", "x".repeat(4000), "\u2028")) {
            var newer = by(scene.issuing, scene.refusal(), payload -> plus(payload, "crit", new JsonValue.Items(List.of(new JsonValue.Text(name)))));
            assertThatThrownBy(() -> scene.verifier().refusal(newer)).isInstanceOfSatisfying(DocumentRejected.class,
                    rejected -> assertThat(rejected.getMessage()).hasSizeLessThan(700).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\u2028]"));
        }
        assertThatThrownBy(() -> SignedDocument.read("{\"a\\nb\":1,\"a\\nb\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8))).hasMessageContaining("a?b");
    }

    @Test void crit_may_name_what_is_known() {
        var newer = by(scene.issuing, scene.refusal(), payload -> plus(payload, "crit", new JsonValue.Items(List.of(new JsonValue.Text("code"), new JsonValue.Text("message")))));
        assertThat(scene.verifier().refusal(newer).content()).isEqualTo(scene.verifier().refusal(scene.refusal()).content());
    }

    @Test void crit_must_be_a_list_of_texts() {
        for (var wrong : List.of(new JsonValue.Text("code"), new JsonValue.Truth(true), new JsonValue.Null(), new JsonValue.Items(List.of(new JsonValue.Number("1"))))) {
            var newer = by(scene.issuing, scene.refusal(), payload -> plus(payload, "crit", wrong));
            assertThatThrownBy(() -> scene.verifier().refusal(newer)).isInstanceOfSatisfying(DocumentRejected.class, rejected -> assertThat(rejected.flaw()).isEqualTo(Flaw.MALFORMED));
        }
    }

    @Test void another_format_is_refused_with_what_to_do() {
        scene.documents().forEach((name, document) -> {
            if (name.equals("acknowledgement")) {
                return;
            }
            var newer = by(signerOf(name), document, payload -> plus(payload, "format", new JsonValue.Number("2")));
            assertThatThrownBy(() -> scene.accept(name, newer)).as(name).isInstanceOfSatisfying(DocumentRejected.class, rejected -> assertThat(rejected.flaw()).isEqualTo(Flaw.UNKNOWN_FORMAT))
                    .hasMessage("The document is written in format 2; this program reads format 1. Update the program, or ask for a document in format 1.");
        });
    }

    @Test void a_document_of_an_unknown_kind_is_named() {
        var unknown = new SignedDocument(scene.request().payloadText(), List.of(new SignedDocument.Signature("e30", new SignedDocument.Header("Ed25519", "AAAAAAAAAAAAAAAAAAAAAA", "charter-order+jws", Optional.empty(), Optional.empty()),
                Bytes.of(new byte[64]))), List.of(), Optional.empty(), Optional.empty());
        assertThatThrownBy(unknown::claimedKind).isInstanceOfSatisfying(DocumentRejected.class, rejected -> assertThat(rejected.flaw()).isEqualTo(Flaw.WRONG_KIND)).hasMessageContaining("charter-order+jws");
    }

    @Test void keys_of_unknown_algorithms_do_not_count_to_the_key_id() {
        var keys = scene.root.keys();
        var withMore = plus(keys.toJson(), "SLH-DSA-SHA2-128s", new JsonValue.Text("AAAA"));
        assertThat(SignerKeys.fromJson(withMore)).isEqualTo(keys);
        assertThat(SignerKeys.fromJson(withMore).id()).isEqualTo(keys.id());
    }

    @Test void values_outside_a_closed_list_are_refused_by_their_name() {
        var cases = new ArrayList<Map.Entry<String, UnaryOperator<JsonObject>>>();
        cases.add(Map.entry("KEY_LOST is not a refusal code", payload -> plus(payload, "code", new JsonValue.Text("KEY_LOST"))));
        for (var entry : cases) {
            var newer = by(scene.issuing, scene.refusal(), entry.getValue());
            assertThatThrownBy(() -> scene.verifier().refusal(newer)).isInstanceOf(DocumentRejected.class).hasMessageContaining(entry.getKey());
        }
        var request = by(scene.hostSigner, scene.request(), payload -> plus(payload, "purpose", new JsonValue.Text("borrow")));
        assertThatThrownBy(() -> Verifier.request(request)).isInstanceOf(DocumentRejected.class).hasMessageContaining("borrow is not a purpose");
    }
}
