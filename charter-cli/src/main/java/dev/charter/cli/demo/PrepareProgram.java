package dev.charter.cli.demo;

import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "prepare", description = "Extracts a packaged server and makes its start-up cache, and prints the command that starts it: the authority, the MQTT server, or the floating license server.",
        footer = {"", "Example:", "  charter demo prepare --json", "  charter demo prepare --mqtt --json", "  charter demo prepare --floating --json"})
final class PrepareProgram implements Callable<Integer> {
    private final Console console;

    /// One of the others in place of the authority.
    private static final class Other {
        @Option(names = "--mqtt", description = "The MQTT server, in place of the authority.")
        private boolean mqtt;

        @Option(names = "--floating", description = "The floating license server, in place of the authority.")
        private boolean floating;
    }

    @ArgGroup(exclusive = true)
    private Other other = new Other();

    @Option(names = {"--authority-jar", "--mqtt-jar", "--floating-jar"}, paramLabel = "FILE", description = "The packaged server. Otherwise: the one that the launcher built.")
    private Optional<Path> jar = Optional.empty();

    PrepareProgram(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        var program = PackagedProgram.choose(other.floating ? DemoServer.FLOATING : other.mqtt ? DemoServer.MQTT : DemoServer.AUTHORITY, jar, console);
        program.prepare();
        var json = Json.object().put("folder", program.folder().toString());
        var command = json.putArray("command");
        program.command().forEach(command::add);
        console.answer(json, () -> console.line(String.join(" ", program.command())));
        return Ending.DONE.exitCode();
    }
}
