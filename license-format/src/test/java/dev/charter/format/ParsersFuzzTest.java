package dev.charter.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonWriter;
import dev.charter.format.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/// Every parser that reads what a stranger sends, under Jazzer: each input is read to something that can be written and read back, or refused in the one declared way.
///
/// With the other tests, the seeds in `ParsersFuzzTestInputs` run once. To search for new ones, one parser at a time:
/// `JAZZER_FUZZ=1 mvn -pl license-format test -Dtest=ParsersFuzzTest#armor` (see `docs/formats/README.md`).
class ParsersFuzzTest {
    private static final List<Function<byte[], Payload>> PAYLOADS = List.of(UsageRequest::read, UsageLicense::read, Refusal::read, Release::read, UsageReport::read, KeyCertificate::read, TrustStatement::read);

    @FuzzTest(maxDuration = "2m")
    void json(byte[] input) {
        try {
            var read = JsonReader.object(input);
            assertThat(JsonReader.object(JsonWriter.bytes(read))).isEqualTo(read);
        } catch (MalformedJson refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    @FuzzTest(maxDuration = "2m")
    void signedDocument(byte[] input) {
        try {
            var read = SignedDocument.read(input);
            assertThat(SignedDocument.read(read.toBytes())).isEqualTo(read);
            read.claimedKind();
        } catch (DocumentRejected refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    @FuzzTest(maxDuration = "2m")
    void payloads(byte[] input) {
        for (var reader : PAYLOADS) {
            try {
                var read = reader.apply(input);
                assertThat(reader.apply(read.toBytes())).isEqualTo(read);
            } catch (DocumentRejected refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }

    @FuzzTest(maxDuration = "2m")
    void armor(byte[] input) {
        try {
            var read = Armor.read(new String(input, StandardCharsets.UTF_8));
            assertThat(SignedDocument.read(read.toBytes())).isEqualTo(read);
        } catch (DocumentRejected refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    @FuzzTest(maxDuration = "2m")
    void codes(byte[] input) {
        try {
            var read = Armor.read("CHARTER/1/1/" + new String(input, StandardCharsets.UTF_8));
            assertThat(Armor.read(String.join("\n", Codes.write(read)))).isEqualTo(read);
        } catch (DocumentRejected refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    @FuzzTest(maxDuration = "2m")
    void licenseKey(byte[] input) {
        var reading = LicenseKey.read(new String(input, StandardCharsets.UTF_8));
        if (reading instanceof LicenseKey.Reading.Whole whole) {
            assertThat(LicenseKey.of(whole.key().revealSecret())).isEqualTo(whole.key());
        } else {
            assertThat(((LicenseKey.Reading.Faulty) reading).message()).isNotBlank();
        }
    }

    @FuzzTest(maxDuration = "2m")
    void trustAnchor(byte[] input) {
        try {
            var read = TrustAnchor.read(input);
            assertThat(TrustAnchor.read(read.toBytes())).isEqualTo(read);
        } catch (DocumentRejected refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }
}
