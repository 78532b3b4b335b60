package dev.charter.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Each bit of each kind of document is flipped. A signature covers the payload and its header; of what stands around them, a flip may at most take an attachment
/// off (by renaming its member), which everybody on the way can do anyway. Nothing that is accepted may say anything else, or carry another signature.
class AlteredDocumentsTest {

    @Test void no_flipped_bit_changes_what_a_classical_document_says() {
        long seed = 20260304;
        System.out.println("flipped bits of classical documents, seed " + seed);
        var random = new Random(seed);
        var scene = Scene.classical();
        scene.documents().forEach((name, document) -> {
            var bytes = document.toBytes();
            var bits = new BitSet();
            bits.set(0, bytes.length * 8);
            if (!name.equals("usage-license")) {
                // The same certificate and trust statement are attached to several documents: to one of them every bit is flipped, to the others some.
                IntStream.range(attachments(bytes) * 8, bytes.length * 8).filter(bit -> random.nextInt(10) != 0).forEach(bits::clear);
            }
            flip(scene, name, document, bits);
        });
    }

    @Test void no_flipped_bit_changes_what_a_hybrid_document_says() {
        long seed = 20260303;
        System.out.println("flipped bits of hybrid documents, seed " + seed);
        var random = new Random(seed);
        var scene = Scene.hybrid();
        scene.documents().forEach((name, document) -> {
            var bytes = document.toBytes();
            var bits = new BitSet();
            bits.set(0, bytes.length * 8);
            var text = new String(bytes, StandardCharsets.US_ASCII);
            // The classical documents were flipped bit by bit. Here everything about the document's own signatures is, and of what is long or attached, some bits stand for all.
            int attached = attachments(bytes);
            IntStream.range(attached * 8, bytes.length * 8).filter(bit -> random.nextInt(20) != 0).forEach(bits::clear);
            for (int open = text.indexOf('"'); open >= 0;) {
                int close = text.indexOf('"', open + 1);
                if (close - open > 400) {
                    bits.clear((open + 1) * 8, close * 8);
                    for (int i = 0; i < 50; i++) {
                        bits.set((open + 1) * 8 + random.nextInt((close - open - 1) * 8));
                    }
                }
                open = text.indexOf('"', close + 1);
            }
            flip(scene, name, document, bits);
        });
    }

    private static int attachments(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.US_ASCII);
        return IntStream.of(text.indexOf("\"certificates\""), text.indexOf("\"pool\""), text.length()).filter(at -> at >= 0).min().orElseThrow();
    }

    private static void flip(Scene scene, String name, SignedDocument document, BitSet bits) {
        var bytes = document.toBytes();
        // Before the attachments a verifier that knows their originals is as strict as a new one, and faster.
        var knowing = scene.verifier();
        var content = scene.accept(name, document, knowing);
        int attached = attachments(bytes) * 8;
        var accepted = new ArrayList<String>();
        bits.stream().parallel().forEach(bit -> {
            var altered = bytes.clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                var read = SignedDocument.read(altered);
                assertThat(scene.accept(name, read, bit < attached ? knowing : scene.verifier())).as("%s, bit %s", name, bit).isEqualTo(content);
                var outside = harmlessDifference(document, altered);
                assertThat(outside).as("%s, bit %s of byte %s", name, bit % 8, bit / 8).isNotEqualTo("signed");
                synchronized (accepted) {
                    accepted.add(outside);
                }
            } catch (DocumentRejected refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        });
        assertThat(accepted).as(name).allMatch(outside -> outside.equals("a member was renamed") || outside.equals("white space"));
    }

    /// How an accepted text can differ from the original: not in payload, headers and signatures.
    private static String harmlessDifference(SignedDocument original, byte[] altered) {
        var was = JsonReader.object(original.toBytes());
        var is = JsonReader.object(altered);
        if (is.equals(was)) {
            return "white space";
        }
        var read = SignedDocument.read(altered);
        if (!read.payloadText().equals(original.payloadText()) || !read.signatures().equals(original.signatures())) {
            return "signed";
        }
        return valuesOf(was).equals(valuesOf(is)) ? "a member was renamed" : "signed";
    }

    /// All leaves in their order, whatever their members are called.
    private static java.util.List<JsonValue> valuesOf(JsonValue value) {
        var leaves = new ArrayList<JsonValue>();
        if (value instanceof JsonObject object) {
            object.members().values().forEach(inner -> leaves.addAll(valuesOf(inner)));
        } else if (value instanceof JsonValue.Items items) {
            items.values().forEach(inner -> leaves.addAll(valuesOf(inner)));
        } else {
            leaves.add(value);
        }
        return leaves;
    }

    @Test void every_payload_field_is_covered_by_the_signature() {
        for (var scene : java.util.List.of(Scene.classical(), Scene.hybrid())) {
            for (Map.Entry<String, SignedDocument> entry : scene.documents().entrySet()) {
                var document = entry.getValue();
                var payload = document.payload();
                var altered = payload.clone();
                int at = IntStream.range(0, payload.length).filter(i -> payload[i] >= '0' && payload[i] <= '8').findFirst().orElseThrow();
                altered[at]++;
                var text = java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(altered);
                var forged = new SignedDocument(text, document.signatures(), document.certificates(), document.trustStatement(), document.pool());
                org.assertj.core.api.Assertions.assertThatThrownBy(() -> scene.accept(entry.getKey(), forged)).as(entry.getKey()).isInstanceOf(DocumentRejected.class);
            }
        }
    }
}
