package dev.charter.cli.console;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What a command sees of the world around it, so that a test can be the world.
///
/// @param in what is piped in
/// @param out results
/// @param err messages
/// @param environment the environment's variables
/// @param userHome the user's home folder
/// @param installation the folder of the launcher, where this was started by it
/// @param program what people type to run this, for the commands that messages name
/// @param terminal whether people read the output, rather than programs
/// @param askWithoutEcho asks a person for a secret; absent where nobody can answer
/// @param clock what time it is
/// @param zone in which times are shown
public record Surroundings(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment, Path userHome, Optional<Path> installation,
                           String program, boolean terminal, Optional<Function<String, char[]>> askWithoutEcho, InstantSource clock, ZoneId zone) {
    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /// The environment variable of that name, unless it is absent or empty.
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /// The data folder of `charter up`, unless an option names another: `CHARTER_DATA`, else `charter-data` beside the launcher, else in the current folder.
    public Path dataFolder() {
        return variable("CHARTER_DATA").map(Path::of)
                .or(() -> installation.map(folder -> folder.resolve("charter-data")))
                .orElse(Path.of("charter-data"));
    }
}
