package dev.charter.mqtt.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.mqtt.RunningServer;
import dev.charter.mqtt.settings.ReadSettings;
import dev.charter.server.settings.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class AuditLogTest {
    private final DataFolder folder = DataFolder.open(RunningServer.folder().resolve("data"), ReadSettings.PROGRAM, "mqtt-server.json");
    private AuditLog log = open();

    private AuditLog open() {
        return new AuditLog(folder, JsonMapper.shared(), () -> Instant.parse("2026-11-22T08:00:00Z"));
    }

    @AfterEach
    void stop() throws IOException {
        log.close();
        folder.close();
    }

    @Test
    void pages_show_every_entry_once_the_newest_first() {
        for (int i = 0; i < 25; i++) {
            log.record("anna", "DELETE /api/clients/{id}", "client-" + i, 204, "x".repeat(i * 400), "10.0.0.1");
        }
        var seen = new ArrayList<String>();
        var page = log.page(10, OptionalLong.empty());
        while (true) {
            page.items().forEach(entry -> seen.add(entry.target()));
            if (page.next().isEmpty()) {
                break;
            }
            page = log.page(10, page.next());
        }
        assertThat(seen).hasSize(25).startsWith("client-24", "client-23").endsWith("client-0");
    }

    @Test
    void a_half_line_that_a_power_cut_left_is_skipped_and_nothing_after_it_is_lost() throws IOException {
        log.happened("start", "");
        log.close();
        Files.writeString(folder.file(AuditLog.FILE), "{\"at\":\"2026-11-2", StandardOpenOption.APPEND);
        log = open();
        log.happened("start", "again");

        assertThat(log.latest(10)).extracting(AuditLog.Entry::detail).containsExactly("again", "");
    }

    @Test
    void a_line_break_in_what_was_sent_makes_no_second_entry() {
        log.record("anna", "POST /api/users", "a\n{\"at\":\"2026-01-01T00:00:00Z\"}", 201, "", "");

        assertThat(log.latest(10)).hasSize(1);
    }
}
