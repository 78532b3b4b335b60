package dev.charter.mqtt.backup;

import dev.charter.mqtt.access.RestoreMqttUsers;
import dev.charter.mqtt.backup.Backup.About;
import dev.charter.mqtt.backup.Backup.RetainedLine;
import dev.charter.server.access.Sessions;
import dev.charter.mqtt.console.Users;
import dev.charter.server.settings.DataFolder;
import dev.charter.server.settings.FilesOfOwner;
import dev.charter.mqtt.topics.RetainedMessage;
import dev.charter.mqtt.topics.RetainedMessages;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Takes a backup in place of what is here. All of it is read and judged before anything is changed; files that the server has open hold from its next start on.
/// The host's key, its license and the audit log stay as they are.
@Component
final class Restore {
    /// Of one entry when it is unpacked; of retained messages, one line.
    private static final long LARGEST = 64L << 20;
    private static final int MOST_ENTRIES = 1_000;
    private static final Pattern CERTIFICATE = Pattern.compile(Backup.CERTIFICATES + "/[a-z0-9][a-z0-9-]{0,59}\\.(pem|key)");
    private static final String MQTT_USERS = "mqtt-users.json";
    private static final List<String> FILES = List.of("listeners.json", "mqtt-server.properties");

    /// @param retained how many messages were put back
    record Restored(List<String> files, int retained) {}

    private final DataFolder folder;
    private final Users users;
    private final Sessions sessions;
    private final RestoreMqttUsers mqttUsers;
    private final RetainedMessages retained;
    private final JsonMapper json;

    Restore(DataFolder folder, Users users, RestoreMqttUsers mqttUsers, Sessions sessions, RetainedMessages retained, JsonMapper json) {
        this.folder = folder;
        this.users = users;
        this.mqttUsers = mqttUsers;
        this.sessions = sessions;
        this.retained = retained;
        this.json = json;
    }

    /// @throws IllegalArgumentException with a sentence for people, when it is no backup; then nothing was changed
    Restored from(InputStream sent) throws IOException {
        var draft = Files.createTempFile(folder.path(), "restore", ".zip");
        try {
            try (var out = Files.newOutputStream(draft)) {
                sent.transferTo(out);
            }
            return from(draft);
        } finally {
            Files.delete(draft);
        }
    }

    private Restored from(Path file) throws IOException {
        try (var zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            require(zip);
            eachRetained(zip, _ -> { });
            return apply(zip);
        } catch (ZipException notZip) {
            throw new IllegalArgumentException("That is no backup: it is no zip file.", notZip);
        } catch (JacksonException damaged) {
            throw new IllegalArgumentException("The backup is damaged: a part of it is not JSON.", damaged);
        }
    }

    private void require(ZipFile zip) throws IOException {
        var about = zip.getEntry(Backup.ABOUT);
        var users = zip.getEntry(Users.FILE);
        if (about == null || users == null) {
            throw new IllegalArgumentException("That is no backup of an MQTT server.");
        }
        var said = json.readValue(content(zip, about), About.class);
        if (!said.product().equals("mqtt-server") || said.format() != Backup.FORMAT) {
            throw new IllegalArgumentException("That is a backup of " + said.product() + " in format " + said.format() + "; this server reads format " + Backup.FORMAT + " of mqtt-server.");
        }
        if (zip.size() > MOST_ENTRIES) {
            throw new IllegalArgumentException("The backup holds more than " + MOST_ENTRIES + " files.");
        }
        this.users.requireRestorable(content(zip, users));
        var mqtt = zip.getEntry(MQTT_USERS);
        if (mqtt != null) {
            mqttUsers.require(content(zip, mqtt));
        }
        for (var entry : Collections.list(zip.entries())) {
            boolean known = entry.getName().equals(Backup.ABOUT) || entry.getName().equals(Users.FILE) || entry.getName().equals(Backup.RETAINED) || Backup.FILES.contains(entry.getName())
                    || CERTIFICATE.matcher(entry.getName()).matches();
            if (!known) {
                throw new IllegalArgumentException("The backup holds \"" + entry.getName().replaceAll("\\p{Cntrl}", "?") + "\", which no backup does.");
            }
        }
    }

    private Restored apply(ZipFile zip) throws IOException {
        var files = new ArrayList<String>();
        for (var name : FILES) {
            var entry = zip.getEntry(name);
            if (entry != null) {
                FilesOfOwner.write(folder.file(name), content(zip, entry));
                files.add(name);
            }
        }
        for (var entry : Collections.list(zip.entries())) {
            if (CERTIFICATE.matcher(entry.getName()).matches()) {
                FilesOfOwner.write(folder.folder(Backup.CERTIFICATES).resolve(entry.getName().substring(Backup.CERTIFICATES.length() + 1)), content(zip, entry));
                files.add(entry.getName());
            }
        }
        var mqtt = zip.getEntry(MQTT_USERS);
        if (mqtt != null) {
            mqttUsers.apply(content(zip, mqtt));
            files.add(MQTT_USERS);
        }
        int messages = eachRetained(zip, retained::put);
        var entry = zip.getEntry(Users.FILE);
        if (entry != null) {
            users.restore(content(zip, entry));
            files.add(Users.FILE);
        }
        sessions.endAll();
        return new Restored(files, messages);
    }

    private static byte[] content(ZipFile zip, ZipEntry entry) throws IOException {
        try (var in = zip.getInputStream(entry)) {
            var bytes = in.readNBytes(Math.toIntExact(LARGEST) + 1);
            if (bytes.length > LARGEST) {
                throw new IllegalArgumentException("A part of the backup is larger than it can be.");
            }
            return bytes;
        }
    }

    private interface Each {
        void put(RetainedMessage message);
    }

    private int eachRetained(ZipFile zip, Each each) throws IOException {
        var entry = zip.getEntry(Backup.RETAINED);
        if (entry == null) {
            return 0;
        }
        int count = 0;
        try (var in = new BufferedReader(new InputStreamReader(zip.getInputStream(entry), StandardCharsets.UTF_8))) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                each.put(message(json.readValue(line, RetainedLine.class)));
                count++;
            }
        }
        return count;
    }

    private static RetainedMessage message(RetainedLine line) {
        if (line.topic().isEmpty() || line.topic().chars().anyMatch(c -> c == '#' || c == '+' || c == 0) || line.qos() < 0 || line.qos() > 2) {
            throw new IllegalArgumentException("The backup holds a retained message for what is no topic.");
        }
        return new RetainedMessage(line.topic(), Base64.getDecoder().decode(line.payload()), line.qos(), line.expirySeconds() < 0 ? OptionalLong.empty() : OptionalLong.of(line.expirySeconds()),
                Optional.of(line.contentType()).filter(type -> !type.isEmpty()));
    }
}
