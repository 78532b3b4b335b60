package dev.charter.authority.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.RunningAuthority;
import dev.charter.store.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The authority as it is, started again.
class RemindersAfterRestartTest {
    private final AtomicReference<Instant> clock = new AtomicReference<>(Instant.now());

    @ParameterizedTest
    @EnumSource
    void a_reminder_that_was_written_is_not_written_again_and_the_days_are_those_of_the_settings(Engine engine, @TempDir Path folder) {
        var settings = RunningAuthority.withDatabase(engine, Map.of("REMINDER_DAYS", "45,14"));
        try (var authority = RunningAuthority.start(folder, settings, clock::get)) {
            authority.admin().post("/admin/v1/products", "{\"id\":\"mqtt-server\",\"name\":\"MQTT Server\",\"features\":[{\"name\":\"mqtt\",\"title\":\"MQTT\"}]}");
            var customer = authority.admin().post("/admin/v1/customers", "{\"name\":\"ACME Water\",\"email\":\"it@acme.example\"}").json().get("id").asString();
            var sold = authority.admin().post("/admin/v1/licenses", "{\"product\":\"mqtt-server\",\"customer\":\"%s\",\"type\":\"online\",\"until\":\"%s\",\"entitlements\":[{\"feature\":\"mqtt\"}]}"
                    .formatted(customer, clock.get().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(100))));
            assertThat(sold.status()).as(sold.text()).isEqualTo(201);
            clock.updateAndGet(now -> now.plus(Duration.ofDays(60)));
            assertThat(reminds(authority)).hasSize(1).first().asString().endsWith("of MQTT Server ends in 40 days");
        }

        try (var authority = RunningAuthority.start(folder, settings, clock::get)) {
            assertThat(reminds(authority)).hasSize(1);
            clock.updateAndGet(now -> now.plus(Duration.ofDays(26)));
            assertThat(reminds(authority)).hasSize(2).first().asString().endsWith("ends in 14 days");
        }
    }

    /// The subjects of all mails after a round, the newest first.
    private static List<String> reminds(RunningAuthority authority) {
        authority.part(RemindOfEnds.class).round();
        return authority.admin().get("/admin/v1/mails?state=all").json().get("mails").valueStream().map(mail -> mail.get("subject").asString()).toList();
    }
}
