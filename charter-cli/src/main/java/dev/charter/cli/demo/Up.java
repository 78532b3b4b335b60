package dev.charter.cli.demo;

import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import dev.charter.cli.demo.DemoVendor.Sold;
import dev.charter.signing.KeysRefused;
import dev.charter.signing.Strength;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `charter up`.
@Command(name = "up", description = {"Starts a demo vendor: makes its keys, starts its authority on an embedded database, and sells two licenses. Ctrl-C stops it; the data stays.",
        "What it prints also stands in demo.json in the data folder, for scripts."},
        footer = {"", "Example:", "  ./charter up", "  ./charter up --data second --offset 10   another one beside it", "",
                "Exit codes: 0 stopped when told to, 1 the authority did not start, 3 it runs already, 69 the port is taken. All: charter help exit-codes"})
public final class Up implements Callable<Integer> {
    private static final int FIRST_PORT = 16080;
    private static final int LAST_PORT = 65535;
    private static final int STEP = 10;

    private final Console console;

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder. Otherwise: $$CHARTER_DATA, then charter-data beside the launcher.")
    private Optional<Path> dataOption = Optional.empty();

    @Option(names = "--offset", paramLabel = "N", description = "Shifts every port by so many, so that two can run side by side: the authority listens on 16080 + N.")
    private int offset;

    @Option(names = "--fresh", description = "Starts over: deletes everything in the data folder, if charter up made it.")
    private boolean fresh;

    @Option(names = "--authority-jar", paramLabel = "FILE", hidden = true, description = "The packaged authority.")
    private Optional<Path> jar = Optional.empty();

    public Up(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (offset < 0 || FIRST_PORT + offset > LAST_PORT) {
            throw CommandFailed.with(Ending.USAGE, "--offset is 0 to " + (LAST_PORT - FIRST_PORT) + ", not " + offset + ".");
        }
        var data = dataOption.orElseGet(console.surroundings()::dataFolder);
        var program = AuthorityProgram.choose(jar, console);
        try (var folder = DemoFolder.take(data)) {
            return run(folder, program);
        } catch (KeysRefused refused) {
            throw CommandFailed.named(Ending.NOT_VERIFIED, refused.reason().name(), "The demo's keys cannot be used: " + refused.getMessage(), console.command("up --fresh") + "   starts over");
        } catch (IOException | UncheckedIOException unusable) {
            throw CommandFailed.with(Ending.NOT_PERMITTED, "The data folder " + data + " cannot be used: " + unusable + ".", "Name another: --data DIR");
        }
    }

    private int run(DemoFolder folder, AuthorityProgram program) throws IOException, InterruptedException {
        RunningAuthority.endLeftBehind(folder).ifPresent(pid -> console.say("The authority of an earlier charter up, which was killed, still ran (process " + pid + "). It was stopped."));
        requireFreePort();
        if (fresh) {
            folder.clear();
        }
        program.prepare();
        if (!Files.exists(folder.issuing())) {
            console.say("Making the vendor's keys.");
        }
        var keys = DemoKeys.ensure(folder.vendor(), folder.passphrase(), Strength.HYBRID, console.surroundings().clock());
        DemoFolder.write(folder.trustAnchor(), new String(keys.anchor().toBytes(), StandardCharsets.UTF_8));
        console.say("Starting the authority.");
        var authority = RunningAuthority.start(program, folder, FIRST_PORT + offset);
        authority.awaitHealthy(console.command("up --fresh") + "   starts over, where the data may go");
        report(folder, authority, sell(folder, authority));
        return authority.attend(stopped -> {
            console.say(stopped ? "\nStopped. The data stays in " + folder.folder() + "." : "\nThe authority did not stop by itself and was ended.");
            return (stopped ? Ending.DONE : Ending.FAULT).exitCode();
        });
    }

    private void requireFreePort() {
        var port = FIRST_PORT + offset;
        if (RunningAuthority.isFree(port)) {
            return;
        }
        int other = offset + STEP;
        while (FIRST_PORT + other <= LAST_PORT - STEP && !RunningAuthority.isFree(FIRST_PORT + other)) {
            other += STEP;
        }
        throw CommandFailed.with(Ending.MISSING, "Port " + port + " on 127.0.0.1 is taken.", console.command("up --offset " + other) + "   listens on " + (FIRST_PORT + other));
    }

    private List<Sold> sell(DemoFolder folder, RunningAuthority authority) throws IOException {
        if (!Files.exists(folder.token())) {
            throw CommandFailed.with(Ending.NOT_PERMITTED, "The authority's token is gone from " + folder.token() + ", and it is written only once.", console.command("up --fresh") + "   starts over");
        }
        try (var api = new AdminApi(authority.url(), Files.readString(folder.token()).strip(), console)) {
            return new DemoVendor(api, console.now()).ensure();
        }
    }

    private void report(DemoFolder folder, RunningAuthority authority, List<Sold> sold) throws IOException {
        var json = Json.object().put("authority", authority.url().toString());
        var keys = json.putArray("licenses");
        sold.forEach(license -> keys.add(license.key()));
        DemoFolder.write(folder.demoFile(), json.toPrettyString() + "\n");
        console.answer(json, () -> print(folder, authority, sold));
    }

    private void print(DemoFolder folder, RunningAuthority authority, List<Sold> sold) {
        var first = sold.getFirst();
        var data = dataOption.map(named -> " --data " + named).orElse("");
        console.line("");
        console.headline("The authority listens at " + authority.url());
        console.line("Data", folder.folder().toAbsolutePath().toString());
        console.line("Log", folder.log().toAbsolutePath().toString());
        console.line("API", authority.url() + "/openapi.json, with the token in " + folder.token().getFileName());
        console.line("Health", authority.url() + "/health, " + authority.url() + "/metrics");
        console.line("");
        console.headline("License keys of " + DemoVendor.CUSTOMER);
        sold.forEach(license -> console.line("  " + license.key() + "   " + license.words() + " (" + license.id() + ")"));
        console.line("");
        console.headline("Try next, in a second terminal");
        console.line("  " + console.command("host activate " + first.key() + " --authority " + authority.url() + data));
        console.line("  " + console.command("host status" + data));
        console.line("  " + console.command("license change " + first.id() + " --feature sparkplug" + data));
        console.line("  " + console.command("host reactivate" + data));
        console.line("  " + console.command("license show " + first.id() + data));
        console.line("  " + console.command("host deactivate" + data));
        console.line("");
        console.line("Ctrl-C stops it.");
        console.surroundings().out().flush();
    }
}
