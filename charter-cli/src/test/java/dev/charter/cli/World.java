package dev.charter.cli;

import dev.charter.cli.console.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The world around one command, as far as a command can see it: made by a test, and looked at afterwards.
public final class World {
    private final Map<String, String> environment = new HashMap<>();
    private final Deque<String> typed = new ArrayDeque<>();
    private final Path userHome;
    private String piped = "";
    private boolean terminal;
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");

    public World(Path userHome) {
        this.userHome = userHome;
        environment.put("CHARTER_DATA", userHome.resolve("charter-data").toString());
    }

    /// What a command left behind.
    public record Result(int exitCode, String out, String err) {
        JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }
    }

    World with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    World piping(String text) {
        piped = text;
        return this;
    }

    World onATerminal() {
        terminal = true;
        return this;
    }

    World typing(String... answers) {
        typed.addAll(List.of(answers));
        return this;
    }

    World at(String instant) {
        now = Instant.parse(instant);
        return this;
    }

    Instant now() {
        return now;
    }

    public Result run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        Optional<Function<String, char[]>> ask = typed.isEmpty() ? Optional.empty() : Optional.of(question -> typed.remove().toCharArray());
        var surroundings = new Surroundings(new ByteArrayInputStream(piped.getBytes(StandardCharsets.UTF_8)), new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), environment, userHome, Optional.empty(), "./charter", terminal, ask, InstantSource.fixed(now), ZoneOffset.UTC);
        int exitCode = Charter.run(surroundings, arguments);
        return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
