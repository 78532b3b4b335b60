package dev.charter.cli.host;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import dev.charter.cli.console.Surroundings;
import dev.charter.cli.trust.Anchors;
import dev.charter.cli.trust.DemoFile;
import dev.charter.cli.trust.KnownAnchor;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;

/// A host's folder, as far as this program keeps something in it: with which authority, product and trust anchor the host was set up, so that later commands
/// need no options. The host's key and license beside it are the client library's.
record HostHome(Path folder) {
    private static final String SETUP_FILE = "setup.json";

    /// What the host was set up with.
    record Setup(Optional<URI> authority, String product) {}

    /// The folder that the option names; else `CHARTER_HOST_HOME`; else, where a demo is, `host` in its data folder; else the user's own.
    static HostHome choose(Optional<Path> option, Path dataFolder, Surroundings surroundings) {
        return new HostHome(option.or(() -> surroundings.variable("CHARTER_HOST_HOME").map(Path::of))
                .or(() -> DemoFile.in(dataFolder).map(demo -> demo.folder().resolve("host")))
                .orElseGet(() -> surroundings.variable("XDG_DATA_HOME").map(Path::of).orElseGet(() -> surroundings.userHome().resolve(".local").resolve("share"))
                        .resolve("charter").resolve("host"))
                .toAbsolutePath().normalize());
    }

    Optional<Setup> setup() {
        var file = folder.resolve(SETUP_FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            var json = Json.read(Files.readAllBytes(file)).orElseThrow(() -> damaged(file));
            return Optional.of(new Setup(json.path("authority").asStringOpt().map(URI::create), json.path("product").asStringOpt().orElseThrow(() -> damaged(file))));
        } catch (IOException | IllegalArgumentException unreadable) {
            throw damaged(file);
        }
    }

    private static CommandFailed damaged(Path file) {
        return CommandFailed.with(Ending.NOT_VERIFIED, "The file " + file + ", in which this host's authority is noted, cannot be read.",
                "Name the authority again: charter host activate KEY --authority URL");
    }

    /// The anchor that was used with this host before.
    Optional<KnownAnchor> anchor() {
        return Anchors.inFolder(folder);
    }

    /// Remembers with what the host was set up.
    void remember(Setup setup, KnownAnchor anchor) {
        var json = Json.object().put("product", setup.product());
        setup.authority().ifPresent(url -> json.put("authority", url.toString()));
        try {
            Files.createDirectories(folder);
            replace(SETUP_FILE, json.toString().getBytes(StandardCharsets.UTF_8));
            replace(Anchors.FILE, anchor.anchor().toBytes());
        } catch (IOException unusable) {
            throw CommandFailed.with(Ending.NOT_PERMITTED, "The host's folder " + folder + " cannot be written: " + unusable.getMessage() + ".", "Name another: --home DIR");
        }
    }

    private void replace(String name, byte[] content) throws IOException {
        var file = folder.resolve(name);
        if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
            return;
        }
        var fresh = Files.createTempFile(folder, name, ".new");
        Files.write(fresh, content);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
