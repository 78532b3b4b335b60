package dev.charter.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a host tells of emergency days and reclaimed seats.
class SelfHelpTest {
    private final ServerScene server = new ServerScene(Scene.classical());

    private UsageRequest readWith(String from, String to) {
        var written = new String(server.tellsOfSelfHelp().toBytes(), StandardCharsets.UTF_8);
        assertThat(written).contains(from);
        return UsageRequest.read(written.replace(from, to).getBytes(StandardCharsets.UTF_8));
    }

    @Test void it_is_read_as_it_was_written_and_a_request_without_it_stays_as_it_was() {
        assertThat(UsageRequest.read(server.tellsOfSelfHelp().toBytes())).isEqualTo(server.tellsOfSelfHelp());
        assertThat(new String(server.asksForPool().toBytes(), StandardCharsets.UTF_8)).doesNotContain("selfHelp");
        assertThat(readWith(",\"lastEmergencyDay\":\"2026-03-01T08:00:00Z\"", "").selfHelp()).contains(new SelfHelp(2, Optional.empty(), ServerScene.SELF_HELP.reclaims()));
    }

    @Test void figures_that_cannot_be_are_refused() {
        Map.of("\"emergencyDays\":-1", "emergencyDays", "\"emergencyDays\":1000001", "1000001", "\"emergencyDays\":99999999999", "emergencyDays", "\"emergencyDays\":0", "none was the last one",
                "\"emergencyDays\":\"two\"", "emergencyDays").forEach((figure, why) -> assertThatThrownBy(() -> readWith("\"emergencyDays\":2", figure)).as(figure)
                .isInstanceOfSatisfying(DocumentRejected.class, no -> assertThat(no.flaw()).isEqualTo(Flaw.MALFORMED)).hasMessageContaining(why));
        Map.of("\"inPeriod\":4", "4 of 3", "\"inPeriod\":-1", "inPeriod").forEach((figure, why) -> assertThatThrownBy(() -> readWith("\"inPeriod\":1", figure)).as(figure)
                .isInstanceOf(DocumentRejected.class).hasMessageContaining(why));
        assertThatThrownBy(() -> readWith("\"total\":3", "\"total\":1000001")).isInstanceOf(DocumentRejected.class).hasMessageContaining("1000001");
    }

    /// The same payload, signed by the server under another header.
    private SignedDocument under(String header, SignedDocument release) {
        var text = Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8));
        var value = Bytes.of(server.host.sign(Algorithm.ED25519, SignedDocument.signingInput(text, release.payloadText())));
        var signed = new JsonWriter().put("protected", text).put("signature", value.toBase64Url()).object();
        return SignedDocument.read(JsonWriter.bytes(new JsonWriter().put("payload", release.payloadText()).putObjects("signatures", List.<JsonObject>of(signed)).object()));
    }

    private static String header(SignedDocument release) {
        return new String(Base64.getUrlDecoder().decode(release.signatures().get(0).protectedText()), StandardCharsets.UTF_8);
    }

    private SignedDocument releaseWith(String from, String to) {
        var told = server.releaseThatTells();
        assertThat(header(told)).contains(from);
        return under(header(told).replace(from, to), told);
    }

    @Test void a_release_tells_it_beside_its_payload_so_that_an_issuer_that_does_not_know_of_it_acknowledges_the_very_bytes() {
        var told = SignedDocument.read(server.releaseThatTells().toBytes());
        assertThat(Verifier.release(told).document().selfHelp()).contains(ServerScene.SELF_HELP);
        assertThat(told.payloadText()).isEqualTo(server.release().payloadText());
        assertThat(told.digest()).isEqualTo(server.release().digest());
        assertThat(server.release().selfHelp()).isEmpty();
        assertThat(header(server.release())).doesNotContain("selfHelp");
        assertThat(SignedDocument.sign(Release.read(told.payload()), server.host, Optional.empty())).as("nothing to tell").isEqualTo(server.release());
        new Verifier(server.scene.anchor()).acknowledgement(server.scene.issue(Release.read(told.payload())), told);
    }

    @Test void what_a_release_tells_cannot_be_changed_on_the_way() {
        var told = server.releaseThatTells();
        var other = SignedDocument.sign(Release.read(told.payload()), server.host, Optional.of(new SelfHelp(0, Optional.empty(), Optional.empty()))).signatures().get(0);
        var genuine = told.signatures().get(0);
        for (var forged : List.of(new SignedDocument.Signature(other.protectedText(), other.header(), genuine.value()),
                new SignedDocument.Signature(server.release().signatures().get(0).protectedText(), server.release().signatures().get(0).header(), genuine.value()))) {
            var changed = new SignedDocument(told.payloadText(), List.of(forged), List.of(), Optional.empty(), Optional.empty());
            assertThatThrownBy(() -> Verifier.release(changed)).isInstanceOfSatisfying(DocumentRejected.class, no -> assertThat(no.flaw()).isEqualTo(Flaw.SIGNATURE_WRONG));
        }
        var stranger = new SignedDocument.Signature(other.protectedText(), new SignedDocument.Header("none", genuine.header().kid(), genuine.header().typ(), Optional.empty(), other.header().selfHelp()),
                Bytes.of(new byte[64]));
        var added = new SignedDocument(told.payloadText(), List.of(stranger, genuine), List.of(), Optional.empty(), Optional.empty());
        assertThat(Verifier.release(added).document().selfHelp()).as("beside a signature that nobody verifies").contains(ServerScene.SELF_HELP);
    }

    @Test void a_release_with_figures_that_cannot_be_is_refused_and_other_documents_say_there_what_they_like() {
        Map.of("\"emergencyDays\":2", "\"emergencyDays\":1000001", "\"inPeriod\":1", "\"inPeriod\":4", "\"total\":3", "\"total\":-3", "\"selfHelp\":{", "\"selfHelp\":7,\"was\":{")
                .forEach((figure, wrong) -> assertThatThrownBy(() -> releaseWith(figure, wrong)).as(wrong)
                        .isInstanceOfSatisfying(DocumentRejected.class, no -> assertThat(no.flaw()).isEqualTo(Flaw.MALFORMED)));
        assertThat(Verifier.release(releaseWith("\"emergencyDays\":2", "\"fromTheFuture\":[],\"emergencyDays\":1")).document().selfHelp()).hasValueSatisfying(told -> assertThat(told.emergencyDays()).isEqualTo(1));
        var request = server.request();
        assertThat(Verifier.request(under(header(request).replace("}", ",\"selfHelp\":7}"), request)).document().selfHelp()).isEmpty();
        assertThat(JsonReader.object(header(request)).has("selfHelp")).isFalse();
    }
}
