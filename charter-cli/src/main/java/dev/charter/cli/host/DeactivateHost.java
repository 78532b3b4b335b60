package dev.charter.cli.host;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import dev.charter.cli.host.HostOptions.OpenHost;
import dev.charter.client.Deactivation;
import dev.charter.client.LicenseState;
import dev.charter.format.Armor;
import dev.charter.format.Release;
import dev.charter.format.SignedDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "deactivate", description = {"Gives this host's license back, so that its activation is free for another host. The product on it stops being licensed at once.",
        "Where the authority is not reached, the license is gone all the same; the same command sends the proof again."},
        footer = {"", "Example:", "  charter host deactivate", "",
                "Exit codes: 0 the authority has confirmed it, 3 not possible, 4 given back but not confirmed yet, 5 there is no license. All: charter help exit-codes"})
final class DeactivateHost implements Callable<Integer> {
    private final Console console;

    @Mixin
    private HostOptions options = new HostOptions();

    @Option(names = "--proof", paramLabel = "FILE", description = "Write the signed release there, in text form: it proves that this host stopped.")
    private Optional<Path> proofFile = Optional.empty();

    DeactivateHost(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (var open = options.openKnown(console).orElseThrow(this::notLicensed)) {
            return deactivate(open);
        }
    }

    private int deactivate(OpenHost open) {
        var state = open.client().check();
        if (state instanceof LicenseState.NeverLicensed && open.client().wantedSeat().isEmpty()) {
            throw notLicensed();
        }
        boolean seat = open.client().seat().isPresent();
        return switch (open.client().deactivate()) {
            case Deactivation.Deactivated(var proof, var acknowledged, var unreachable) -> deactivated(proof, acknowledged, unreachable, seat);
            case Deactivation.WaitsNoMore() -> waitsNoMore();
            case Deactivation.NotPossible(var message) -> throw CommandFailed.with(Ending.REFUSED, message, console.command("host status"));
        };
    }

    private int waitsNoMore() {
        console.answer(Json.object().put("state", "never-licensed").put("acknowledged", true), () -> {
            console.headline("No seat is wanted any more");
            console.line("  This host held none. None is taken by itself until somebody chooses one.");
        });
        console.next(console.command("host seat --server URL") + "   takes a seat");
        return Ending.DONE.exitCode();
    }

    private int deactivated(SignedDocument proof, boolean acknowledged, Optional<String> unreachable, boolean seat) {
        proofFile.ifPresent(file -> write(proof, file));
        var license = Release.read(proof.payload()).license();
        var json = Json.object().put("state", "released").put("license", license).put("acknowledged", acknowledged).put("proof", Armor.write(proof));
        unreachable.ifPresent(reason -> json.put("unreachable", reason));
        console.answer(json, () -> {
            console.headline("Deactivated: the license " + license + " was given back");
            if (seat) {
                console.line(acknowledged ? "  The seat is free for another host, and none is taken by itself." : "  The seat is free when the license server is reached, or when its lease has ended"
                        + unreachable.map(reason -> ": " + reason).orElse("."));
                return;
            }
            console.line(acknowledged ? "  The authority has confirmed it; the activation is free for another host."
                    : "  The license is gone from this host. The authority has not confirmed it yet" + unreachable.map(reason -> ": " + reason).orElse("."));
        });
        if (acknowledged) {
            console.next(seat ? console.command("host seat --server URL") + "   takes a seat again" : console.command("host activate KEY") + "   licenses this host again");
            return Ending.DONE.exitCode();
        }
        console.next(console.command("host deactivate") + "   sends the proof again", console.command("host release") + "      shows it as a deactivation code, which you send to the vendor yourself");
        return (unreachable.isPresent() ? Ending.UNREACHABLE : Ending.REFUSED).exitCode();
    }

    private static void write(SignedDocument proof, Path file) {
        try {
            Files.writeString(file, Armor.write(proof));
        } catch (IOException unwritable) {
            throw CommandFailed.with(Ending.NOT_PERMITTED, "The license was given back, but its proof cannot be written to " + file + ".", "Run the same command with another file.");
        }
    }

    private CommandFailed notLicensed() {
        return CommandFailed.with(Ending.NOT_LICENSED, "There is no license on this host that could be given back.");
    }
}
