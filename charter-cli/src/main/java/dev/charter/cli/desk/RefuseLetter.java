package dev.charter.cli.desk;

import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.authority.AuthorityCommand;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "refuse", description = "Refuses a letter that waits with a signed refusal that carries the reason; closes one that could not be read.",
        footer = {"", "Example:", "  charter desk refuse let-7q3kzt5rmwx2 --reason \"Order 4711 is not paid yet\"", "",
                "Exit codes: 0 done, 3 something else was decided, 4 the authority was not reached, 7 no such letter, 8 not permitted. All: charter help exit-codes"})
final class RefuseLetter extends AuthorityCommand {
    @Parameters(paramLabel = "ID", description = "The letter's ID.")
    private String id = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why, as whoever sent the letter reads it.")
    private String reason = "";

    @Option(names = "--answer", paramLabel = "FILE", description = "Where the refusal goes. Otherwise it is printed.")
    private Optional<Path> answer = Optional.empty();

    RefuseLetter(Console console) {
        super(console);
    }

    @Override
    protected Ending run() {
        var decided = api().post("letters/" + AdminApi.encoded(id) + "/refuse", Json.object().put("reason", reason));
        console.answer(decided, () -> {
            console.headline("The letter is " + DeskReport.text(decided, "state"));
            decided.path("document").asStringOpt().ifPresent(document -> AnswerDocument.give(console, document, answer));
        });
        return Ending.DONE;
    }
}
