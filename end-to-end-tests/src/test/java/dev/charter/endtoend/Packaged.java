package dev.charter.endtoend;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Where the packaged programs lie, and how they are started.
final class Packaged {
    private static final Path CHECKOUT = Path.of(System.getProperty("charter.checkout")).normalize();
    private static final Path AUTHORITY = present(CHECKOUT.resolve("authority-server/target/authority-server-0.1.0.jar"));
    private static final Path COMMAND_LINE = present(CHECKOUT.resolve("charter-cli/target/charter-cli-0.1.0.jar"));
    private static final Path COMMAND_LINE_LIBRARIES = present(CHECKOUT.resolve("charter-cli/target/lib"));

    private Packaged() {}

    /// What a command printed and how it ended.
    record Ran(int exitCode, String out) {}

    static Program authority(Path folder, Map<String, String> settings) {
        return Program.start(folder, settings, java("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", AUTHORITY.toString()));
    }

    /// What the authority's program answers to an option, without serving.
    static Ran authorityAnswers(String option) {
        var command = java("-jar", AUTHORITY.toString());
        command.add(option);
        try (var program = Program.start(CHECKOUT, Map.of(), command)) {
            return new Ran(program.awaitExit(), program.output());
        }
    }

    /// `charter ...`, without the launcher, in that folder.
    static Ran charter(Path folder, Map<String, String> environment, List<String> arguments) {
        try (var program = charterProcess(folder, environment, arguments)) {
            return new Ran(program.awaitExit(), program.output());
        }
    }

    static Program charterProcess(Path folder, Map<String, String> environment, List<String> arguments) {
        var command = java("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
                COMMAND_LINE + File.pathSeparator + COMMAND_LINE_LIBRARIES + File.separator + "*", "dev.charter.cli.Charter");
        command.addAll(arguments);
        return Program.start(folder, environment, command);
    }

    /// A product of a vendor: a class of this test folder, on its own class path.
    static Program product(Path folder, Class<?> main, List<String> arguments) {
        var command = java("-cp", System.getProperty("java.class.path"), main.getName());
        command.addAll(arguments);
        return Program.start(folder, Map.of(), command);
    }

    private static List<String> java(String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of(arguments));
        return command;
    }

    static Path checkout() {
        return CHECKOUT;
    }

    private static Path present(Path path) {
        if (!Files.exists(path)) {
            throw new AssertionError(path + " is missing: package the programs first, with ./charter test or mvn package");
        }
        return path;
    }
}
