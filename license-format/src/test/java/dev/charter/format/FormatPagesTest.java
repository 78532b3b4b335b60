package dev.charter.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The pages under `docs/formats` say what the code does: the same fields, kinds, codes and examples, no more and no fewer.
class FormatPagesTest {
    private static final Path PAGES = Path.of("..", "docs", "formats");
    private static final Pattern CELL = Pattern.compile("^\\| `([^`]+)` \\|.*");

    private static String page(String name) {
        try {
            return Files.readString(PAGES.resolve(name));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// The first cells, where they are code, of the tables under each heading.
    private static Map<String, Set<String>> tables(String page) {
        var tables = new LinkedHashMap<String, Set<String>>();
        var heading = "";
        for (var line : page(page).lines().toList()) {
            if (line.startsWith("#")) {
                heading = line.replaceFirst("^#+ ", "");
            }
            var cell = CELL.matcher(line);
            if (cell.matches()) {
                assertThat(tables.computeIfAbsent(heading, h -> new TreeSet<>()).add(cell.group(1))).as("%s stands twice under %s", cell.group(1), heading).isTrue();
            }
        }
        return tables;
    }

    private static Set<String> known(Class<? extends Payload> payload) {
        try {
            var known = payload.getDeclaredField("KNOWN");
            known.setAccessible(true);
            var names = new TreeSet<String>();
            ((Set<?>) known.get(null)).forEach(name -> names.add((String) name));
            return names;
        } catch (ReflectiveOperationException renamed) {
            throw new IllegalStateException(renamed);
        }
    }

    @Test void every_field_of_a_payload_is_described_and_every_described_field_is_known() {
        var tables = tables("documents.md");
        var every = tables.get("Every payload");
        var payloads = Map.of("Usage request", UsageRequest.class, "Usage license", UsageLicense.class, "Refusal", Refusal.class, "Release", Release.class, "Usage report", UsageReport.class,
                "Key certificate", KeyCertificate.class, "Trust statement", TrustStatement.class);
        assertThat(payloads.values().stream().map(Class::getName)).containsExactlyInAnyOrderElementsOf(Arrays.stream(Payload.class.getPermittedSubclasses()).map(Class::getName).toList());
        payloads.forEach((heading, type) -> {
            var described = new TreeSet<>(tables.get(heading));
            described.addAll(every);
            assertThat(described).as(heading).isEqualTo(known(type.asSubclass(Payload.class)));
        });
    }

    /// The objects within payloads, from documents in which every optional field stands.
    private static Map<String, Set<String>> writtenObjects() {
        var found = new TreeMap<String, Set<String>>();
        for (var scene : List.of(Scene.classical(), Scene.hybrid())) {
            scene.documents().values().forEach(document -> collect("", JsonReader.object(document.payload()), found));
            var plain = scene.requestContent(1);
            var asking = new UsageRequest(plain.formats(), Purpose.ACQUIRE, plain.product(), new UsageRequest.LicenseName.ById("lic-1"), plain.host(), 1, plain.madeAt(), plain.nonce(),
                    Optional.of(new SeatWish(List.of("sparkplug"), Optional.of("pump-1"), Optional.of(Bytes.of(new byte[24])))));
            collect("", asking.toJson(), found);
            var keys = new LeaseKeys(Map.of(Algorithm.ML_DSA_65, Bytes.of(new byte[1952])));
            var pin = Optional.of(new TlsPin(Bytes.of(new byte[32])));
            collect("pool", new Pool(5, LeaseProfile.PLANT, new java.util.TreeMap<>(Map.of("sparkplug", 2)), keys, pin).toJson(), found);
            collect("", new UsageReport("p", "l", scene.hostSigner.keys(), 1, Scene.NOW, Scene.NOW, List.of(), Optional.of(new UsageReport.Records("usage", 1, Digest.of(new byte[1])))).toJson(), found);
            collect("server", new FloatingServer(java.util.OptionalInt.of(5), keys, pin, Optional.of(Scene.NOW)).toJson(), found);
            collect("selfHelp", new SelfHelp(2, Optional.of(Scene.NOW), Optional.of(new SelfHelp.Reclaims(1, 3))).toJson(), found);
        }
        return found;
    }

    private static void collect(String name, JsonValue value, Map<String, Set<String>> found) {
        if (value instanceof JsonObject object) {
            if (!name.isEmpty()) {
                found.computeIfAbsent(name, n -> new TreeSet<>()).addAll(object.names());
            }
            object.members().forEach((member, inner) -> collect(member, inner, found));
        } else if (value instanceof JsonValue.Items items) {
            items.values().forEach(item -> collect(name, item, found));
        }
    }

    @Test void every_object_within_a_payload_is_described_field_by_field() {
        var tables = tables("documents.md");
        var written = writtenObjects();
        written.remove("factors");
        written.put("entitlement", written.remove("entitlements"));
        written.put("reading", written.remove("readings"));
        written.forEach((name, fields) -> assertThat(tables.get(name)).as(name).isEqualTo(fields));
        var payloads = List.of("Every payload", "Usage request", "Usage license", "Refusal", "Release", "Usage report", "Key certificate", "Trust statement");
        assertThat(tables.keySet()).containsExactlyInAnyOrderElementsOf(Stream.concat(payloads.stream(), written.keySet().stream()).toList());
    }

    @Test void the_envelope_and_the_trust_anchor_are_described_field_by_field() {
        var tables = tables("envelope.md");
        var document = new TreeSet<String>();
        var signature = new TreeSet<String>();
        var header = new TreeSet<String>();
        Stream.concat(Scene.classical().documents().values().stream(), Stream.of(new ServerScene(Scene.classical()).releaseThatTells())).forEach(written -> {
            var json = JsonReader.object(written.toBytes());
            document.addAll(json.names());
            json.objects("signatures").forEach(s -> {
                signature.addAll(s.names());
                header.addAll(JsonReader.object(s.bytes("protected")).names());
            });
        });
        assertThat(tables.get("Document")).isEqualTo(document);
        assertThat(tables.get("Signature")).isEqualTo(signature);
        assertThat(tables.get("Header")).isEqualTo(header);
        assertThat(tables("trust.md").get("Trust anchor")).isEqualTo(new TreeSet<>(JsonReader.object(Scene.classical().anchor().toBytes()).names()));
    }

    @Test void kinds_algorithms_and_closed_lists_are_those_of_the_code() {
        var envelope = page("envelope.md");
        for (var kind : DocumentKind.values()) {
            assertThat(envelope).contains("| `" + kind.documentName() + "` | `" + kind.typ() + "` | `" + kind.label() + "` |");
        }
        assertThat(tables("envelope.md").get("Kinds")).hasSize(DocumentKind.values().length);
        for (var algorithm : Algorithm.values()) {
            assertThat(page("trust.md")).containsPattern("\\| `" + algorithm.joseName() + "` .*" + String.format(java.util.Locale.ROOT, "%,d", algorithm.publicKeyLength()) + " bytes.*"
                    + String.format(java.util.Locale.ROOT, "%,d", algorithm.signatureLength()) + " bytes");
        }
        var documents = page("documents.md");
        Stream.of(Purpose.values()).forEach(purpose -> assertThat(documents).contains("`" + purpose.documentName() + "`"));
        Stream.of(LicenseType.values()).forEach(type -> assertThat(documents).contains("`" + type.documentName() + "`"));
        Stream.of(Flaw.values()).filter(flaw -> !Set.of(Flaw.MALFORMED, Flaw.UNKNOWN_FORMAT, Flaw.UNKNOWN_CRITICAL_FIELD).contains(flaw)).forEach(flaw -> assertThat(page("trust.md")).contains("*" + flaw + "*"));
    }

    @Test void the_refusal_codes_are_those_of_the_code() {
        assertThat(tables("refusal-codes.md").get("Refusal codes")).isEqualTo(new TreeSet<>(Stream.of(RefusalCode.values()).map(RefusalCode::name).toList()));
    }

    @Test void each_example_is_the_vector_that_it_names() throws IOException {
        var examples = Pattern.compile("Example \\(vector `([^`]+)`\\):\n\n```(json)?\n(.*?)```", Pattern.DOTALL).matcher(page("documents.md"));
        var named = new ArrayList<String>();
        while (examples.find()) {
            try (var in = FormatPagesTest.class.getResourceAsStream("/vectors/" + examples.group(1) + ".json")) {
                assertThat(JsonReader.object(examples.group(3))).as(examples.group(1)).isEqualTo(JsonReader.object(SignedDocument.read(in.readAllBytes()).payload()));
            }
            named.add(examples.group(1));
        }
        assertThat(named).hasSize(DocumentKind.values().length);
        try (var in = FormatPagesTest.class.getResourceAsStream("/vectors/classical-release.txt")) {
            assertThat(page("text-form.md")).contains(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII));
        }
        try (var in = FormatPagesTest.class.getResourceAsStream("/vectors/classical-trust-anchor.json")) {
            assertThat(page("trust.md")).contains(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII));
        }
    }

    @Test void the_license_key_page_shows_the_alphabet_and_the_polynomial_of_the_code() {
        var page = page("license-key.md");
        assertThat(page).contains("`" + LicenseKey.ALPHABET + "`");
        // A content of one last 1 leaves the generator's own coefficients as its check.
        var symbols = new int[LicenseKey.LENGTH];
        symbols[20] = 1;
        KeyCheck.complete(symbols);
        assertThat(page).contains("x^4 + " + symbols[21] + " x^3 + " + symbols[22] + " x^2 + " + symbols[23] + " x + " + symbols[24]);
    }

    @Test void every_link_between_the_pages_leads_somewhere() throws IOException {
        try (var pages = Files.list(PAGES)) {
            for (var page : pages.toList()) {
                var link = Pattern.compile("\\]\\(([^)#]*)(#[^)]*)?\\)").matcher(Files.readString(page));
                while (link.find()) {
                    var target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
                    assertThat(target).exists();
                    if (link.group(2) != null) {
                        assertThat(Files.readString(target).lines().filter(line -> line.startsWith("#")).map(line -> "#" + line.replaceFirst("^#+ ", "").toLowerCase(java.util.Locale.ROOT).replace(' ', '-')))
                                .as("%s in %s", link.group(), page).contains(link.group(2));
                    }
                }
            }
        }
    }
}
