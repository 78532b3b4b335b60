package dev.charter.cli.desk;

import dev.charter.cli.authority.AuthorityCommand;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "lost", description = "Reports a host destroyed on the customer's behalf: it is fenced, and counts until it is restored.",
        footer = {"", "Example:", "  charter desk lost lic-7q3kzt5rmwx2 act-4f7k0m2x9qzr --story \"The cabinet burnt down, says Ms Miller\"", "",
                "Exit codes: 0 done, 3 the license has no such active host, 4 the authority was not reached, 7 no such license, 8 not permitted. All: charter help exit-codes"})
final class ReportLoss extends AuthorityCommand {
    @Parameters(index = "0", paramLabel = "LICENSE", description = "The license's ID.")
    private String license = "";

    @Parameters(index = "1", paramLabel = "ACTIVATION", description = "The ID of the host's activation; charter license show --json tells it.")
    private String activation = "";

    @Option(names = "--story", paramLabel = "TEXT", required = true, description = "What happened, as the customer tells it.")
    private String story = "";

    ReportLoss(Console console) {
        super(console);
    }

    @Override
    protected Ending run() {
        var loss = api().post("losses", Json.object().put("license", license).put("activation", activation).put("story", story));
        var id = DeskReport.text(loss, "id");
        console.answer(loss, () -> {
            console.headline("Lost host " + id + ", " + DeskReport.text(loss, "state"));
            new DeskReport(console).loss(loss);
        });
        console.next(console.command("desk show " + id), console.command("desk restore " + id + " --reason \"...\""));
        return Ending.DONE;
    }
}
