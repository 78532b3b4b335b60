package dev.charter.mqtt.backup;

import dev.charter.mqtt.console.AuditLog;
import dev.charter.mqtt.console.Users;
import dev.charter.server.settings.DataFolder;
import dev.charter.mqtt.topics.RetainedMessages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// One zip file with the console's users, the MQTT users, the listeners, the certificates with their keys, the settings file, the audit log and the retained
/// messages. Not in it: the host's key and its license, which belong to this machine, and clients' sessions with what waits in them.
@Component
final class Backup {
    /// Files that lie in the data folder and are taken as they are.
    static final List<String> FILES = List.of("listeners.json", "mqtt-users.json", "mqtt-server.properties", AuditLog.FILE);
    static final String CERTIFICATES = "certificates";
    static final String RETAINED = "retained.jsonl";
    static final String ABOUT = "backup.json";
    /// What this program writes and reads.
    static final int FORMAT = 1;

    /// One retained message, on a line of its own.
    ///
    /// @param payload base64
    /// @param expirySeconds negative for ever
    /// @param contentType may be empty
    record RetainedLine(String topic, String payload, int qos, long expirySeconds, String contentType) {}

    record About(int format, String product, String at) {}

    private final DataFolder folder;
    private final Users users;
    private final RetainedMessages retained;
    private final JsonMapper json;
    private final InstantSource clock;

    Backup(DataFolder folder, Users users, RetainedMessages retained, JsonMapper json, InstantSource clock) {
        this.folder = folder;
        this.users = users;
        this.retained = retained;
        this.json = json;
        this.clock = clock;
    }

    void write(OutputStream out) throws IOException {
        var zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        add(zip, ABOUT, json.writeValueAsBytes(new About(FORMAT, "mqtt-server", clock.instant().toString())));
        add(zip, Users.FILE, users.export());
        for (var name : FILES) {
            addFile(zip, name, folder.file(name));
        }
        try (var files = Files.list(folder.folder(CERTIFICATES))) {
            for (var file : files.filter(path -> path.toString().endsWith(".pem") || path.toString().endsWith(".key")).sorted().toList()) {
                addFile(zip, CERTIFICATES + "/" + file.getFileName(), file);
            }
        }
        zip.putNextEntry(new ZipEntry(RETAINED));
        for (var message : retained.all()) {
            zip.write(json.writeValueAsBytes(new RetainedLine(message.topic(), Base64.getEncoder().encodeToString(message.payload()), message.qos(), message.expirySeconds().orElse(-1),
                    message.contentType().orElse(""))));
            zip.write('\n');
        }
        zip.closeEntry();
        zip.finish();
    }

    private static void addFile(ZipOutputStream zip, String name, Path file) throws IOException {
        if (Files.isRegularFile(file)) {
            add(zip, name, Files.readAllBytes(file));
        }
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
