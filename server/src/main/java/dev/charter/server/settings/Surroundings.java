package dev.charter.server.settings;

import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;

/// What a server finds around it, and a test chooses.
///
/// @param environment the environment variables
/// @param out what the operator or a launcher is told once, such as the setup token; the log goes elsewhere
/// @param clock the machine's clock
public record Surroundings(Map<String, String> environment, PrintStream out, InstantSource clock) {
    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /// Those of this process.
    public static Surroundings ofProcess() {
        return new Surroundings(System.getenv(), System.out, InstantSource.system());
    }

    /// Tells whoever started the server.
    public void say(String sentence) {
        out.println(sentence);
        out.flush();
    }
}
