package dev.charter.floating.export;

import dev.charter.floating.installation.ThisServer;
import dev.charter.format.json.JsonWriter;
import java.time.Instant;

/// Who made a file, and when: its first line.
///
/// @param by the user
/// @param at by the time that leases go by
record About(ThisServer server, String by, Instant at) {
    JsonWriter line(String export) {
        return new JsonWriter().put("export", export).put("server", server.hostName()).put("version", server.version()).put("by", by).put("at", at);
    }
}
