package dev.charter.cli.desk;

import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.authority.AuthorityCommand;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Shows a letter with what it would be answered, or a lost host with its license's history.",
        footer = {"", "Example:", "  charter desk show let-7q3kzt5rmwx2", "", "Exit codes: 0 done, 4 the authority was not reached, 7 no such letter or loss, 8 not permitted. All: charter help exit-codes"})
final class ShowAtDesk extends AuthorityCommand {
    private static final String LOSS = "los-";

    @Parameters(paramLabel = "ID", description = "The ID of a letter (let-...) or of a lost host (los-...).")
    private String id = "";

    ShowAtDesk(Console console) {
        super(console);
    }

    @Override
    protected Ending run() {
        var api = api();
        var report = new DeskReport(console);
        if (id.startsWith(LOSS)) {
            var shown = api.get("losses/" + AdminApi.encoded(id));
            console.answer(shown, () -> {
                console.headline("Lost host " + id + ", " + DeskReport.text(shown.path("loss"), "state"));
                report.loss(shown.path("loss"));
                report.history(shown);
            });
            next(DeskReport.text(shown.path("loss"), "state"), "restore " + id + " --reason \"...\"", "decline " + id + " --reason \"...\"");
        } else {
            var letter = api.get("letters/" + AdminApi.encoded(id));
            console.answer(letter, () -> report.letter(letter));
            next(DeskReport.text(letter, "state"), "approve " + id, "refuse " + id + " --reason \"...\"");
        }
        return Ending.DONE;
    }

    private void next(String state, String yes, String no) {
        if (state.equals("waiting")) {
            console.next(console.command("desk " + yes), console.command("desk " + no));
        }
    }
}
