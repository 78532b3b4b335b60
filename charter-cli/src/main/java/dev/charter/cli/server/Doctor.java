package dev.charter.cli.server;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `charter doctor`.
@Command(name = "doctor", description = {"Examines a running MQTT server of this machine: its clock, the proxy, the authority, the chain of trust, the machine's marks, listeners, certificates, disk and recent events, "
        + "and says of each what to do.", "It asks the server itself, by a file in its data folder that only its owner can read."},
        footer = {"", "Example:", "  charter doctor", "  charter doctor --bundle support.zip   what a supporter needs, without secrets", "",
                "Exit codes: 0 nothing is bad, 3 something is, 7 no server runs there. All: charter help exit-codes"})
public final class Doctor implements Callable<Integer> {
    private final Console console;

    @Option(names = "--server-data", paramLabel = "DIR", description = "The server's data folder. Otherwise: $$CHARTER_MQTT_DATA, then that of charter up, then charter-mqtt here.")
    private Optional<Path> data = Optional.empty();

    @Option(names = "--bundle", paramLabel = "FILE", description = "Also writes a zip file with what a supporter needs; no secret is in it.")
    private Optional<Path> bundle = Optional.empty();

    public Doctor(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var server = LocalServer.find(data, console);
        var found = Json.read(server.get("/api/system/doctor", console))
                .orElseThrow(() -> CommandFailed.with(Ending.UNREACHABLE, "What answers at " + server.url() + " is no MQTT server of ours."));
        bundle.ifPresent(file -> write(file, server.get("/api/system/support-bundle", console)));
        console.answer(found, () -> {
            console.headline("The MQTT server at " + server.url());
            found.path("checks").forEach(this::print);
        });
        bundle.ifPresent(file -> console.say("The support bundle is in " + file + "."));
        return (isBad(found) ? Ending.REFUSED : Ending.DONE).exitCode();
    }

    private static boolean isBad(JsonNode found) {
        return found.path("checks").valueStream().anyMatch(check -> check.path("verdict").asString("").equals("bad"));
    }

    private void print(JsonNode check) {
        var verdict = check.path("verdict").asString("");
        var shown = switch (verdict) {
            case "good" -> console.good("good   ");
            case "bad" -> console.bad("bad    ");
            default -> "warning";
        };
        var advice = check.path("advice").asString("");
        console.line("  " + shown + "  " + check.path("title").asString("") + ": " + check.path("finding").asString("") + (advice.isEmpty() ? "" : "\n           " + advice));
    }

    private static void write(Path file, byte[] zip) {
        try {
            Files.write(file, zip, StandardOpenOption.CREATE_NEW);
        } catch (IOException unwritable) {
            throw CommandFailed.with(Ending.NOT_PERMITTED, "The file " + file + " cannot be written, or is there already.", "Name another: --bundle FILE");
        }
    }
}
