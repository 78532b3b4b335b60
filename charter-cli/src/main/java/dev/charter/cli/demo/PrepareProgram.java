package dev.charter.cli.demo;

import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "prepare", description = "Extracts a packaged server and makes its start-up cache, and prints the command that starts it: the authority, or the MQTT server.",
        footer = {"", "Example:", "  charter demo prepare --json", "  charter demo prepare --mqtt --json"})
final class PrepareProgram implements Callable<Integer> {
    private final Console console;

    @Option(names = "--mqtt", description = "The MQTT server, in place of the authority.")
    private boolean mqtt;

    @Option(names = {"--authority-jar", "--mqtt-jar"}, paramLabel = "FILE", description = "The packaged server. Otherwise: the one that the launcher built.")
    private Optional<Path> jar = Optional.empty();

    PrepareProgram(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        var program = PackagedProgram.choose(mqtt ? DemoServer.MQTT : DemoServer.AUTHORITY, jar, console);
        program.prepare();
        var json = Json.object().put("folder", program.folder().toString());
        var command = json.putArray("command");
        program.command().forEach(command::add);
        console.answer(json, () -> console.line(String.join(" ", program.command())));
        return Ending.DONE.exitCode();
    }
}
