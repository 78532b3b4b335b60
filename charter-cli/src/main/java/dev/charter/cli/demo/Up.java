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
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `charter up`.
@Command(name = "up", description = {"Starts a demo vendor and its customer's servers: makes the vendor's keys, starts its authority on an embedded database, sells some licenses, starts a floating license server, which activates the floating one, and an MQTT server, which has no license yet. Ctrl-C stops all of them; the data stays.",
        "What it prints also stands in demo.json in the data folder, for scripts."},
        footer = {"", "Example:", "  ./charter up", "  ./charter up --data second --offset 20   another one beside it", "",
                "Exit codes: 0 stopped when told to, 1 a server did not start, 3 it runs already, 69 the port is taken. All: charter help exit-codes"})
public final class Up implements Callable<Integer> {
    private static final int AUTHORITY_PORT = 16080;
    private static final int CONSOLE_PORT = 16083;
    private static final int FLOATING_PORT = 16090;
    private static final int MQTT_PORT = 16883;
    private static final int WEBSOCKET_PORT = 16884;
    /// What it needs, before the offset.
    static final List<Integer> PORTS = List.of(AUTHORITY_PORT, CONSOLE_PORT, FLOATING_PORT, MQTT_PORT, WEBSOCKET_PORT);
    private static final int LAST_PORT = 65535;
    /// The floating server's port is ten beyond the authority's.
    private static final int STEP = 20;

    private final Console console;

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder. Otherwise: $$CHARTER_DATA, then charter-data beside the launcher.")
    private Optional<Path> dataOption = Optional.empty();

    @Option(names = "--offset", paramLabel = "N", description = "Shifts every port by so many, so that two can run side by side: the authority listens on 16080 + N, the MQTT server's console on 16083 + N, the floating server on 16090 + N, MQTT on 16883 + N, MQTT over WebSocket on 16884 + N.")
    private int offset;

    @Option(names = "--fresh", description = "Starts over: deletes everything in the data folder, if charter up made it.")
    private boolean fresh;

    @Option(names = "--authority-jar", paramLabel = "FILE", hidden = true, description = "The packaged authority.")
    private Optional<Path> authorityJar = Optional.empty();

    @Option(names = "--mqtt-jar", paramLabel = "FILE", hidden = true, description = "The packaged MQTT server.")
    private Optional<Path> mqttJar = Optional.empty();

    @Option(names = "--floating-jar", paramLabel = "FILE", hidden = true, description = "The packaged floating server.")
    private Optional<Path> floatingJar = Optional.empty();

    public Up(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (offset < 0 || WEBSOCKET_PORT + offset > LAST_PORT) {
            throw CommandFailed.with(Ending.USAGE, "--offset is 0 to " + (LAST_PORT - WEBSOCKET_PORT) + ", not " + offset + ".");
        }
        var data = dataOption.orElseGet(console.surroundings()::dataFolder);
        var authority = PackagedProgram.choose(DemoServer.AUTHORITY, authorityJar, console);
        var mqttServer = PackagedProgram.choose(DemoServer.MQTT, mqttJar, console);
        var floatingServer = PackagedProgram.choose(DemoServer.FLOATING, floatingJar, console);
        try (var folder = DemoFolder.take(data)) {
            return run(folder, new Programs(authority, mqttServer, floatingServer));
        } catch (KeysRefused refused) {
            throw CommandFailed.named(Ending.NOT_VERIFIED, refused.reason().name(), "The demo's keys cannot be used: " + refused.getMessage(), console.command("up --fresh") + "   starts over");
        } catch (IOException | UncheckedIOException unusable) {
            throw CommandFailed.with(Ending.NOT_PERMITTED, "The data folder " + data + " cannot be used: " + unusable + ".", "Name another: --data DIR");
        }
    }

    private record Programs(PackagedProgram authority, PackagedProgram mqttServer, PackagedProgram floatingServer) {
        void prepare() throws IOException {
            authority.prepare();
            mqttServer.prepare();
            floatingServer.prepare();
        }
    }

    /// All of them, once they run.
    private record Running(RunningProgram authority, RunningProgram mqttServer, RunningProgram floatingServer) {}

    private int run(DemoFolder folder, Programs programs) throws IOException, InterruptedException {
        for (var place : List.of(folder.mqttPlace(), folder.floatingPlace(), folder.authorityPlace())) {
            RunningProgram.endLeftBehind(place).ifPresent(pid -> console.say("A server of an earlier charter up, which was killed, still ran (process " + pid + "). It was stopped."));
        }
        requireFreePorts();
        if (fresh) {
            folder.clear();
        }
        programs.prepare();
        if (!Files.exists(folder.issuing())) {
            console.say("Making the vendor's keys.");
        }
        var keys = DemoKeys.ensure(folder.vendor(), folder.passphrase(), Strength.HYBRID, console.surroundings().clock());
        DemoFolder.write(folder.trustAnchor(), new String(keys.anchor().toBytes(), StandardCharsets.UTF_8));
        console.say("Starting the authority, the MQTT server and the floating license server.");
        var startsOver = console.command("up --fresh") + "   starts over, where the data may go";
        var authority = startAuthority(folder, programs.authority());
        var mqttServer = startMqttServer(folder, programs.mqttServer(), authority.url()); // it asks the authority for nothing until somebody activates a license
        authority.awaitHealthy(startsOver);
        var sold = sell(folder, authority);
        var floatingServer = startFloatingServer(folder, programs.floatingServer(), authority.url(), sold); // it activates its license itself
        mqttServer.awaitHealthy(startsOver);
        floatingServer.awaitHealthy(startsOver);
        report(folder, new Running(authority, mqttServer, floatingServer), sold);
        return RunningProgram.attend(List.of(mqttServer, floatingServer, authority), stopped -> {
            console.say(stopped ? "\nStopped. The data stays in " + folder.folder() + "." : "\nNot everything stopped by itself; what did not was ended.");
            return (stopped ? Ending.DONE : Ending.FAULT).exitCode();
        });
    }

    private RunningProgram startAuthority(DemoFolder folder, PackagedProgram program) throws IOException {
        var settings = new HashMap<>(DemoServer.authoritySettings(folder.authority().toAbsolutePath(), AUTHORITY_PORT + offset, folder.issuing().toAbsolutePath(),
                folder.passphrase().toAbsolutePath(), folder.token().toAbsolutePath()));
        settings.put("CHARTER_AUTHORITY_CHECKOUT", "test");
        settings.put("CHARTER_AUTHORITY_PUBLIC_URL", local(AUTHORITY_PORT).toString());
        return RunningProgram.start(program, folder.authorityPlace(), settings, local(AUTHORITY_PORT));
    }

    private RunningProgram startMqttServer(DemoFolder folder, PackagedProgram program, URI authority) throws IOException {
        var settings = DemoServer.mqttSettings(folder.mqttServer().toAbsolutePath(), CONSOLE_PORT + offset, MQTT_PORT + offset, WEBSOCKET_PORT + offset, authority.toString(),
                folder.trustAnchor().toAbsolutePath(), folder.setupToken().toAbsolutePath());
        return RunningProgram.start(program, folder.mqttPlace(), settings, local(CONSOLE_PORT));
    }

    private RunningProgram startFloatingServer(DemoFolder folder, PackagedProgram program, URI authority, List<Sold> sold) throws IOException {
        var key = sold.stream().filter(Sold::floating).findFirst().orElseThrow().key();
        var settings = DemoServer.floatingSettings(folder.floatingServer().toAbsolutePath(), FLOATING_PORT + offset, folder.trustAnchor().toAbsolutePath(),
                folder.floatingSetupToken().toAbsolutePath(), Optional.of(new DemoServer.ByKey(authority.toString(), key)));
        return RunningProgram.start(program, folder.floatingPlace(), settings, local(FLOATING_PORT));
    }

    private URI local(int port) {
        return URI.create("http://127.0.0.1:" + (port + offset));
    }

    private void requireFreePorts() {
        var taken = PORTS.stream().map(port -> port + offset).filter(port -> !RunningProgram.isFree(port)).findFirst();
        if (taken.isEmpty()) {
            return;
        }
        int other = offset + STEP;
        while (WEBSOCKET_PORT + other <= LAST_PORT - STEP && !areFree(other)) {
            other += STEP;
        }
        throw CommandFailed.with(Ending.MISSING, "Port " + taken.get() + " on 127.0.0.1 is taken.", console.command("up --offset " + other) + "   listens on " + (AUTHORITY_PORT + other)
                + " and beyond");
    }

    private static boolean areFree(int offset) {
        return PORTS.stream().allMatch(port -> RunningProgram.isFree(port + offset));
    }

    private List<Sold> sell(DemoFolder folder, RunningProgram authority) throws IOException {
        if (!Files.exists(folder.token())) {
            throw CommandFailed.with(Ending.NOT_PERMITTED, "The authority's token is gone from " + folder.token() + ", and it is written only once.", console.command("up --fresh") + "   starts over");
        }
        try (var api = new AdminApi(authority.url(), Files.readString(folder.token()).strip(), console)) {
            return new DemoVendor(api, console.now()).ensure();
        }
    }

    private void report(DemoFolder folder, Running running, List<Sold> sold) throws IOException {
        var authority = running.authority().url();
        var json = Json.object().put("authority", authority.toString()).put("portal", authority + "/portal/").put("floatingServer", running.floatingServer().url().toString());
        json.putObject("mqttServer").put("console", running.mqttServer().url().toString()).put("mqtt", "tcp://127.0.0.1:" + (MQTT_PORT + offset))
                .put("ws", "ws://127.0.0.1:" + (WEBSOCKET_PORT + offset) + "/mqtt");
        var keys = json.putArray("licenses");
        sold.forEach(license -> keys.add(license.key()));
        DemoFolder.write(folder.demoFile(), json.toPrettyString() + "\n");
        var tokens = new SetupTokens(token(folder.setupToken()), token(folder.floatingSetupToken()));
        console.answer(json, () -> print(folder, running, sold, tokens));
    }

    /// Of the consoles that were not set up yet.
    private record SetupTokens(Optional<String> mqttServer, Optional<String> floatingServer) {}

    private static Optional<String> token(Path file) throws IOException {
        return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    }

    private void print(DemoFolder folder, Running running, List<Sold> sold, SetupTokens tokens) {
        var authority = running.authority();
        var mqttServer = running.mqttServer();
        var first = sold.getFirst();
        var data = dataOption.map(named -> " --data " + named).orElse("");
        console.line("");
        console.headline("The authority listens at " + authority.url());
        console.line("Data", folder.folder().toAbsolutePath().toString());
        console.line("Log", folder.log().toAbsolutePath().toString());
        console.line("API", authority.url() + "/openapi.json, with the token in " + folder.token().getFileName());
        console.line("Portal", authority.url() + "/portal/ answers letters of servers without internet");
        console.line("Health", authority.url() + "/health, " + authority.url() + "/metrics");
        console.line("");
        console.headline("The MQTT server listens at " + mqttServer.url());
        tokens.mqttServer().ifPresent(token -> console.line("Setup token", token + "   asked for on the first visit"));
        console.line("MQTT", "tcp://127.0.0.1:" + (MQTT_PORT + offset) + ", ws://127.0.0.1:" + (WEBSOCKET_PORT + offset) + "/mqtt; clients are refused until it is licensed");
        console.line("Log", folder.mqttPlace().log().toAbsolutePath().toString());
        console.line("");
        console.headline("The floating license server listens at " + running.floatingServer().url());
        tokens.floatingServer().ifPresent(token -> console.line("Setup token", token + "   asked for on the first visit"));
        console.line("Pools", running.floatingServer().url() + "/v1/pools, once it has activated its license by itself");
        console.line("Log", folder.floatingPlace().log().toAbsolutePath().toString());
        console.line("");
        console.headline("License keys of " + DemoVendor.CUSTOMER);
        sold.forEach(license -> console.line("  " + license.key() + "   " + license.words() + " (" + license.id() + ")"));
        console.line("");
        console.headline("Try next");
        console.line("  Open " + mqttServer.url() + ", set it up, and activate the first license key on its License page");
        console.line("  Or buy a license there: the checkout is a test, so no money moves, and your letters lie in " + folder.authority().resolve("outbox").toAbsolutePath());
        console.line("");
        console.headline("Or without a browser, in a second terminal");
        console.line("  " + console.command("host activate " + first.key() + " --authority " + authority.url() + data));
        console.line("  " + console.command("host status" + data));
        console.line("  " + console.command("license change " + first.id() + " --feature sparkplug" + data));
        console.line("  " + console.command("host reactivate" + data));
        console.line("  " + console.command("license show " + first.id() + data));
        console.line("  " + console.command("host deactivate" + data));
        console.line("");
        console.line("Ctrl-C stops all of them.");
        console.surroundings().out().flush();
    }
}
