package dev.charter.floating.backup;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonWriter;
import dev.charter.format.json.MalformedJson;
import dev.charter.store.Engine;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What a backup says of itself, in its entry `backup.json`.
///
/// @param at when it was made, by the machine's clock
/// @param engine on which the database lies; the database is in the backup on SQLite only
/// @param files the SHA-256 of each other entry, as hexadecimal digits
record About(Instant at, Engine engine, Map<String, String> files) {
    /// The entry's name.
    static final String ENTRY = "backup.json";
    private static final int FORMAT = 1;
    private static final String PROGRAM = "floating-server";

    About {
        files = Map.copyOf(files);
    }

    byte[] toBytes() {
        var list = new TreeMap<>(files).entrySet().stream().map(file -> new JsonWriter().put("name", file.getKey()).put("sha256", file.getValue()).object()).toList();
        return JsonWriter.bytes(new JsonWriter().put("format", FORMAT).put("program", PROGRAM).put("at", at).put("database", engine.name().toLowerCase(Locale.ROOT)).putObjects("files", list).object());
    }

    /// @throws NoBackup when it is no backup that this release reads
    static About read(byte[] bytes) {
        try {
            var json = JsonReader.object(bytes);
            if (!json.text("program").equals(PROGRAM) || json.number("format") != FORMAT) {
                throw new NoBackup("That is a backup of " + json.text("program") + " in format " + json.number("format") + "; this release reads format " + FORMAT + " of " + PROGRAM + ".");
            }
            var files = new TreeMap<String, String>();
            json.objects("files").forEach(file -> files.put(file.text("name"), file.text("sha256")));
            return new About(json.instant("at"), engine(json), files);
        } catch (MalformedJson | IllegalArgumentException damaged) {
            throw new NoBackup("The backup is damaged: what it says of itself cannot be read.");
        }
    }

    private static Engine engine(JsonObject json) {
        return Engine.valueOf(json.text("database").toUpperCase(Locale.ROOT));
    }
}
