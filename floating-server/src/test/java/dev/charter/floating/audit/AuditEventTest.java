package dev.charter.floating.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AuditEventTest {
    private static AuditEvent.Acquired acquired(List<String> features) {
        return new AuditEvent.Acquired("host-1", "ls-1", Optional.empty(), features, Optional.empty(), "digest");
    }

    private static AuditEvent readBack(AuditEvent event) {
        return AuditEvent.read(JsonReader.object(JsonWriter.bytes(event.write(new JsonWriter()).object())));
    }

    @Test
    void a_seat_without_features_is_read_back_as_one_with_many_is() {
        var many = IntStream.range(0, 200).mapToObj(number -> "a-feature-with-a-rather-long-name-" + number).toList();
        assertThat(readBack(acquired(List.of()))).isEqualTo(acquired(List.of()));
        assertThat(readBack(acquired(many))).isEqualTo(acquired(many));
    }
}
