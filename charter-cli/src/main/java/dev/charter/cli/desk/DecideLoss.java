package dev.charter.cli.desk;

import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.authority.AuthorityCommand;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What restoring and declining have in common: a reason, which the license's contact reads.
abstract sealed class DecideLoss extends AuthorityCommand {
    private final String verb;

    @Parameters(paramLabel = "ID", description = "The ID of the lost host.")
    private String id = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why, as the license's contact reads it.")
    private String reason = "";

    private DecideLoss(Console console, String verb) {
        super(console);
        this.verb = verb;
    }

    @Override
    protected Ending run() {
        var loss = api().post("losses/" + AdminApi.encoded(id) + "/" + verb, Json.object().put("reason", reason));
        var state = DeskReport.text(loss, "state");
        console.answer(loss, () -> {
            console.headline(switch (state) {
                case "restored" -> "The activation is free again";
                case "declined" -> "The host keeps its activation";
                default -> "This license was restored often. Another person has to agree, with a token of their own";
            });
            new DeskReport(console).loss(loss);
        });
        if (state.equals("waiting")) {
            console.next(console.command("desk restore " + id + " --reason \"...\" --token-file FILE") + "   by another person");
        }
        return Ending.DONE;
    }

    @Command(name = "restore", description = "Frees the activation of a lost host, within the allowance that its license signs.",
            footer = {"", "Example:", "  charter desk restore los-7q3kzt5rmwx2 --reason \"Photo of the burnt cabinet seen\"", "",
                    "Exit codes: 0 done, or another person has to agree, 3 the allowance is used up or something else was decided, 4 the authority was not reached, 7 no such loss, 8 not permitted. "
                            + "All: charter help exit-codes"})
    static final class Restore extends DecideLoss {
        Restore(Console console) {
            super(console, "restore");
        }
    }

    @Command(name = "decline", description = "Takes a lost host for one that is there: it keeps its activation.",
            footer = {"", "Example:", "  charter desk decline los-7q3kzt5rmwx2 --reason \"It was in contact this morning\"", "",
                    "Exit codes: 0 done, 3 something else was decided, 4 the authority was not reached, 7 no such loss, 8 not permitted. All: charter help exit-codes"})
    static final class Decline extends DecideLoss {
        Decline(Console console) {
            super(console, "decline");
        }
    }
}
