package dev.charter.mqtt.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.mqtt.RunningServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Timeout(60)
class LogResourceTest {
    private static final RunningServer SERVER = RunningServer.start();
    private static final Logger LOG = LoggerFactory.getLogger("dev.charter.mqtt.test");

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void lines_are_searched_by_text_and_level_the_newest_first_page_by_page() {
        var marker = UUID.randomUUID().toString();
        for (int i = 0; i < 5; i++) {
            LOG.info("{} number {}", marker, i);
        }
        LOG.warn("{} warned", marker, new IllegalStateException("the reason"));
        var viewer = SERVER.as("viewer");

        var first = viewer.get("/api/logs?limit=4&search=" + marker).json();
        assertThat(first.get("items").valueStream().map(line -> line.get("message").asString())).containsExactly(marker + " warned", marker + " number 4", marker + " number 3", marker + " number 2");
        assertThat(first.at("/items/0/fault").asString()).contains("IllegalStateException: the reason");
        var second = viewer.get("/api/logs?limit=4&search=" + marker + "&after=" + first.get("next").asString()).json();
        assertThat(second.get("items").valueStream().map(line -> line.get("message").asString())).containsExactly(marker + " number 1", marker + " number 0");
        assertThat(viewer.get("/api/logs?level=warn&search=" + marker).json().get("items").size()).isEqualTo(1);
        assertThat(viewer.get("/api/logs/download").text()).contains(marker + " number 0");
        assertThat(viewer.get("/api/logs?level=loud").status()).isEqualTo(400);
    }

    @Test
    void the_level_changes_for_whoever_may_and_until_the_next_start() {
        var marker = UUID.randomUUID().toString();
        LOG.debug("{} before", marker);
        assertThat(SERVER.as("operator").put("/api/logs/level", "{\"server\":\"debug\",\"broker\":\"warn\"}").status()).isEqualTo(403);
        assertThat(SERVER.as("administrator").put("/api/logs/level", "{\"server\":\"debug\",\"broker\":\"warn\"}").json().get("server").asString()).isEqualTo("debug");
        LOG.debug("{} after", marker);
        SERVER.as("administrator").put("/api/logs/level", "{\"server\":\"info\",\"broker\":\"warn\"}");

        assertThat(SERVER.as("viewer").get("/api/logs?search=" + marker).json().get("items").valueStream().map(line -> line.get("message").asString())).containsExactly(marker + " after");
    }

    @Test
    void the_live_log_shows_lines_as_they_happen_and_a_line_break_in_one_begins_no_other_event() throws Exception {
        var marker = UUID.randomUUID().toString();
        var request = HttpRequest.newBuilder(URI.create(SERVER.url() + "/api/logs/stream?search=" + marker)).header("Cookie", SERVER.cookieName() + "=" + SERVER.as("viewer").cookie().orElseThrow()).build();
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request, BodyHandlers.ofLines());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            var lines = answer.body().iterator();
            assertThat(lines.next()).startsWith(":");
            LOG.info("{} one\n\ndata: forged", marker);
            LOG.info("{} two", marker);
            var seen = new StringBuilder();
            while (!seen.toString().contains(" two")) {
                seen.append(lines.next()).append('\n');
            }
            assertThat(seen.toString().lines().filter(line -> line.startsWith("data:"))).hasSize(2).allMatch(line -> line.contains(marker));
            client.shutdownNow();
        }
    }
}
