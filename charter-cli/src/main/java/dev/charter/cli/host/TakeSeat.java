package dev.charter.cli.host;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.host.HostOptions.OpenHost;
import dev.charter.client.Activation;
import dev.charter.client.SeatChoice;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "seat", description = {"Takes a seat of a floating license server for this host, and keeps it until the host is deactivated. The product on this host renews it while it runs.",
        "The choice is kept: where no seat is free now, the product asks again when it runs, and has one again at each start."},
        footer = {"", "Example:", "  charter host seat --server https://licenses.plant.example:16090 --feature mqtt --feature sparkplug", "",
                "Exit codes: 0 it has a seat, 2 no such choice, 3 refused, such as (NO_SEAT_FREE), 4 no server was reached. All: charter help exit-codes"})
final class TakeSeat implements Callable<Integer> {
    private final Console console;

    @Option(names = "--server", paramLabel = "URL", required = true, split = ",", description = "A floating license server; several are tried in the order given.")
    private List<URI> servers = List.of();

    @Option(names = "--feature", paramLabel = "NAME", split = ",", description = "A feature to ask for; may be given again. Otherwise: all that the pool holds.")
    private List<String> features = List.of();

    @Option(names = "--slot", paramLabel = "NAME", description = "The name that the seat belongs to, whoever holds it last.")
    private Optional<String> slot = Optional.empty();

    @Mixin
    private HostOptions options = new HostOptions();

    TakeSeat(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var choice = choice();
        try (var open = options.setUpForLetters(console)) {
            return answered(open.client().takeSeat(choice), open);
        }
    }

    private SeatChoice choice() {
        try {
            return new SeatChoice(servers, features, slot);
        } catch (IllegalArgumentException mistaken) {
            throw CommandFailed.with(Ending.USAGE, String.valueOf(mistaken.getMessage()));
        }
    }

    private int answered(Activation outcome, OpenHost open) {
        var stop = console.command("host deactivate") + "   ends the waiting";
        return switch (outcome) {
            case Activation.Activated _ -> {
                var report = new HostReport(console, open, open.client().check());
                console.answer(report.toJson(), report::print);
                console.next(console.command("host status") + "       how it stands, any time", console.command("host deactivate") + "   gives the seat back");
                yield Ending.DONE.exitCode();
            }
            case Activation.Refused(var code, var message) -> throw CommandFailed.named(Ending.REFUSED, code.name(), message, "It is asked for again when the product on this host runs.", stop);
            case Activation.Unreachable(var reason, _) -> throw CommandFailed.with(Ending.UNREACHABLE, reason, "It is asked for again when the product on this host runs.", stop);
            case Activation.NotPossible(var message) -> throw CommandFailed.with(Ending.REFUSED, message, console.command("host status"));
            case Activation.Acknowledged(var license) -> throw CommandFailed.with(Ending.NOT_LICENSED, "The license " + license + " was given back; this host is not licensed.");
        };
    }
}
