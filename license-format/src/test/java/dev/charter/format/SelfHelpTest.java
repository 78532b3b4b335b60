package dev.charter.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
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
}
