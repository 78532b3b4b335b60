package dev.charter.cli;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.CommandGroup;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Surroundings;
import dev.charter.cli.demo.DemoCommands;
import dev.charter.cli.demo.Up;
import dev.charter.cli.desk.DeskCommands;
import dev.charter.cli.host.HostCommands;
import dev.charter.cli.inspect.Inspect;
import dev.charter.cli.keys.KeysCommands;
import dev.charter.cli.license.LicenseCommands;
import dev.charter.cli.mail.MailCommands;
import dev.charter.cli.product.ProductCommands;
import dev.charter.cli.sell.SellCommands;
import dev.charter.cli.server.Doctor;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The program: one command line over all commands.
@Command(name = "charter", versionProvider = Charter.Version.class,
        description = "Licenses for software that runs where the internet may not reach: sell, activate, verify, give back.",
        footer = {"", "The launcher knows also: ./charter test, every test; ./charter bench, the measurements; ./charter reproduce, two builds compared.", "Help for one of them: charter help COMMAND, such as charter help host activate"})
public final class Charter implements Runnable {
    private final Console console;

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "Shows this help.")
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Shows the version.")
    private boolean version;

    private Charter(Console console) {
        this.console = console;
    }

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Gives the result as one JSON object.")
    private void speakJson(boolean json) {
        if (json) {
            console.speakJson();
        }
    }

    @Override
    public void run() {
        console.line(commandLine(console, List.of()).getUsageMessage().stripTrailing());
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"charter " + Optional.ofNullable(Charter.class.getPackage().getImplementationVersion()).orElse("(not packaged)")};
        }
    }

    public static void main(String[] arguments) {
        System.exit(run(here(), arguments));
    }

    /// Runs one command and answers with its exit code.
    public static int run(Surroundings surroundings, String... arguments) {
        var console = new Console(surroundings);
        // Also where the command line cannot be understood, its reader expects JSON.
        var given = Arrays.asList(arguments);
        if (given.contains("--json")) {
            console.speakJson();
        }
        return commandLine(console, given).execute(KeysCommands.withKeyLast(arguments));
    }

    /// All commands, or the one that the arguments name; its help as well needs no other.
    private static CommandLine commandLine(Console console, List<String> arguments) {
        var surroundings = console.surroundings();
        var commands = new CommandLine(new Charter(console));
        var following = arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
        var all = new LinkedHashMap<String, Supplier<CommandSpec>>();
        all.put("up", () -> CommandSpec.forAnnotatedObject(new Up(console)));
        all.put("host", () -> HostCommands.of(console, following));
        all.put("license", () -> LicenseCommands.of(console, following));
        all.put("desk", () -> DeskCommands.of(console, following));
        all.put("mail", () -> MailCommands.of(console, following));
        all.put("product", () -> ProductCommands.of(console, following));
        all.put("catalog", () -> SellCommands.catalog(console, following));
        all.put("order", () -> SellCommands.order(console, following));
        all.put("inspect", () -> CommandSpec.forAnnotatedObject(new Inspect(console)));
        all.put("doctor", () -> CommandSpec.forAnnotatedObject(new Doctor(console)));
        all.put("keys", () -> KeysCommands.of(console, following));
        all.put("demo", () -> DemoCommands.of(console, Charter::run, following));
        all.put("exit-codes", () -> new ExitCodes(console).spec());
        all.put("help", () -> new Help(console, path -> commandLine(console, path)).spec());
        CommandGroup.chosen(all, arguments).forEach((name, command) -> commands.addSubcommand(name, command.get()));
        return commands
                .setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(console.colours() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(110)
                .setUsageHelpLongOptionsMaxWidth(40)
                .setAbbreviatedOptionsAllowed(false)
                .setParameterExceptionHandler((mistake, given) -> notUnderstood(mistake, console))
                .setExecutionExceptionHandler((fault, command, parsed) -> failed(fault, console));
    }

    private static int notUnderstood(CommandLine.ParameterException mistake, Console console) {
        var name = mistake.getCommandLine().getCommandSpec().qualifiedName();
        return console.failed(CommandFailed.with(Ending.USAGE, String.valueOf(mistake.getMessage()), console.command("help" + name.substring("charter".length()))));
    }

    private static int failed(Exception fault, Console console) {
        if (fault instanceof CommandFailed failure) {
            return console.failed(failure);
        }
        if (console.surroundings().variable("CHARTER_TRACE").isPresent()) {
            fault.printStackTrace(console.surroundings().err());
        }
        return console.failed(CommandFailed.with(Ending.FAULT, "Something broke: " + fault, "CHARTER_TRACE=1 with the same command shows where."));
    }

    private static Surroundings here() {
        var terminal = Optional.ofNullable(System.console()).filter(java.io.Console::isTerminal);
        Optional<Function<String, char[]>> ask = terminal.map(console -> prompt -> {
            var answer = console.readPassword("%s", prompt);
            return answer == null ? new char[0] : answer;
        });
        return new Surroundings(System.in, utf8(FileDescriptor.out), utf8(FileDescriptor.err), Map.copyOf(System.getenv()), Path.of(System.getProperty("user.home", ".")),
                Optional.ofNullable(System.getProperty("charter.installation")).map(Path::of), System.getProperty("charter.program", "charter"), terminal.isPresent(), ask,
                InstantSource.system(), ZoneId.systemDefault());
    }

    /// Whatever the locale says: documents, names and JSON are UTF-8.
    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
