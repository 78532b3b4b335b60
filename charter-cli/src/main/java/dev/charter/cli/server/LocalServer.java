package dev.charter.cli.server;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// A running MQTT server of this machine, known by its data folder: who may read that needs no password.
final class LocalServer {
    private static final String ADDRESSES = "mqtt-server.json";
    private static final String TOKEN = "local-token";

    private final URI url;
    private final String token;

    private LocalServer(URI url, String token) {
        this.url = url;
        this.token = token;
    }

    /// @param data its data folder; else that of the demo, else the usual one in the current folder
    static LocalServer find(Optional<Path> data, Console console) {
        var folder = data.or(() -> console.surroundings().variable("CHARTER_MQTT_DATA").map(Path::of))
                .orElseGet(() -> Optional.of(console.surroundings().dataFolder().resolve("mqtt-server")).filter(Files::isDirectory).orElse(Path.of("charter-mqtt")));
        try {
            var address = Json.read(Files.readAllBytes(folder.resolve(ADDRESSES))).map(json -> json.path("console").asString("")).orElse("");
            return new LocalServer(URI.create(address), Files.readString(folder.resolve(TOKEN)).strip());
        } catch (IOException | IllegalArgumentException notRunning) {
            throw CommandFailed.with(Ending.NOT_FOUND, "No MQTT server runs on the data folder " + folder.toAbsolutePath() + ", or its files may not be read.",
                    "Name its data folder: --server-data DIR", "Or start one: " + console.command("up"));
        }
    }

    URI url() {
        return url;
    }

    byte[] get(String path, Console console) {
        var request = HttpRequest.newBuilder(url.resolve(path)).timeout(Duration.ofMinutes(1)).header("Authorization", "Bearer " + token).build();
        try (var client = HttpClient.newBuilder().version(Version.HTTP_1_1).followRedirects(Redirect.NEVER).connectTimeout(Duration.ofSeconds(5)).build()) {
            var answer = client.send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() == 200) {
                return answer.body();
            }
            throw CommandFailed.with(Ending.UNREACHABLE, "What answers at " + url + " is not the MQTT server of that data folder (" + answer.statusCode() + ").");
        } catch (IOException silence) {
            throw CommandFailed.with(Ending.UNREACHABLE, "The MQTT server does not answer at " + url + ".", "Look at its log, or start it again: " + console.command("up"));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw CommandFailed.with(Ending.UNREACHABLE, "Asking " + url + " was interrupted.");
        }
    }
}
