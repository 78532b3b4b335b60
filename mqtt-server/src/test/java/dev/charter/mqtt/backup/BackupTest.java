package dev.charter.mqtt.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.mqtt.BrokerInMemory;
import dev.charter.mqtt.RunningServer;
import dev.charter.server.testing.Answer;
import dev.charter.server.testing.Browser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class BackupTest {
    private static RunningServer start() {
        return RunningServer.start(RunningServer.folder(), Map.of("TRIAL", "true"), BrokerInMemory.class);
    }

    private static Map<String, String> unpack(byte[] zip) throws IOException {
        var found = new TreeMap<String, String>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                found.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return found;
    }

    private static byte[] pack(Map<String, String> files) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    private static Answer restore(Browser administrator, byte[] zip) {
        return administrator.send("POST", "/api/system/restore", zip, Map.of("Content-Type", "application/zip"));
    }

    private static void addMqttUser(Browser administrator, String name) {
        var answer = administrator.post("/api/mqtt-users", RunningServer.JSON.writeValueAsString(Map.of("name", name, "enabled", true, "password", "quite a password",
                "rules", List.of(Map.of("action", "both", "allow", true, "filter", "plant/%u/#")))));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    }

    @Test
    void another_server_takes_over_everything_but_the_hosts_key() throws IOException {
        byte[] backup;
        try (var first = start()) {
            addMqttUser(first.as("administrator"), "pump");
            first.as("viewer");
            var answer = first.as("administrator").get("/api/system/backup");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).contains("application/zip");
            backup = answer.body();
            assertThat(unpack(backup).keySet()).contains("backup.json", "console-users.json", "mqtt-users.json", "retained.jsonl", "audit.jsonl").noneMatch(name -> name.startsWith("license"));
        }
        try (var second = start()) {
            addMqttUser(second.as("administrator"), "other");
            second.as("administrator").delete("/api/retained/cGxhbnQvYS9zdGF0ZQ");
            var before = second.as("administrator");

            var answer = restore(before, backup);

            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.json().get("retained").asInt()).isEqualTo(1);
            assertThat(before.get("/api/system").status()).as("whoever was logged in was so with the users of before").isEqualTo(401);
            var administrator = second.login("administrator");
            assertThat(second.login("viewer").get("/api/overview").status()).isEqualTo(200);
            assertThat(administrator.get("/api/mqtt-users").json().at("/items/0/name").asString()).isEqualTo("pump");
            assertThat(administrator.get("/api/mqtt-users").json().get("total").asInt()).isEqualTo(1);
            assertThat(administrator.get("/api/retained/cGxhbnQvYS9zdGF0ZQ").json().get("text").asString()).isEqualTo("on");
        }
    }

    @Test
    void what_is_no_backup_or_was_tampered_with_changes_nothing() throws IOException {
        try (var server = start()) {
            var administrator = server.as("administrator");
            var good = unpack(administrator.get("/api/system/backup").body());
            var traversal = new TreeMap<>(good);
            traversal.put("../../outside.txt", "x");
            var foreign = new TreeMap<>(good);
            foreign.put("backup.json", "{\"format\":7,\"product\":\"other\",\"at\":\"\"}");
            var nobody = new TreeMap<>(good);
            nobody.put("console-users.json", "{\"users\":[]}");
            var damaged = new TreeMap<>(good);
            damaged.put("retained.jsonl", "{\"topic\":");
            var wild = new TreeMap<>(good);
            wild.put("retained.jsonl", "{\"topic\":\"#\",\"payload\":\"\",\"qos\":0,\"expirySeconds\":-1,\"contentType\":\"\"}\n");
            for (var wrong : List.of(traversal, foreign, nobody, damaged, wild)) {
                var answer = restore(administrator, pack(wrong));
                assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
                assertThat(administrator.get("/api/system").status()).as("still logged in").isEqualTo(200);
            }
            assertThat(restore(administrator, "no zip".getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(400);
        }
    }
}
