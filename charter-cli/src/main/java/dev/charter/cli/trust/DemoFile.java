package dev.charter.cli.trust;

import dev.charter.cli.console.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What `charter up` leaves in its data folder for other commands: `demo.json`, the trust anchor and a token.
///
/// @param folder the data folder
/// @param authority where its authority listens
public record DemoFile(Path folder, URI authority) {
    /// `{"authority": URL, "licenses": [KEY, ...]}`.
    public static final String NAME = "demo.json";
    /// Holds an admin token of the authority.
    public static final String TOKEN = "admin-token";

    /// Of that data folder, if there is one.
    public static Optional<DemoFile> in(Path folder) {
        try {
            return Json.read(Files.readAllBytes(folder.resolve(NAME))).map(json -> json.path("authority").asString("")).filter(url -> !url.isEmpty())
                    .map(url -> new DemoFile(folder, URI.create(url)));
        } catch (IOException | IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /// Whether it is about that authority: its token and its trust anchor are used with no other.
    public boolean isOf(URI other) {
        return trimmed(authority).equals(trimmed(other));
    }

    private static String trimmed(URI url) {
        return url.toString().replaceFirst("/+$", "");
    }
}
