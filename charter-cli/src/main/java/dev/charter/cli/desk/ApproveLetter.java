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

@Command(name = "approve", description = "Answers a letter that waits with its usage license. Doing it twice is doing it once.",
        footer = {"", "Example:", "  charter desk approve let-7q3kzt5rmwx2", "",
                "Exit codes: 0 done, 3 the license does not allow it or something else was decided, 4 the authority was not reached, 7 no such letter, 8 not permitted. All: charter help exit-codes"})
final class ApproveLetter extends AuthorityCommand {
    @Parameters(paramLabel = "ID", description = "The letter's ID.")
    private String id = "";

    @Option(names = "--answer", paramLabel = "FILE", description = "Where the usage license goes. Otherwise it is printed.")
    private Optional<Path> answer = Optional.empty();

    ApproveLetter(Console console) {
        super(console);
    }

    @Override
    protected Ending run() {
        var decided = api().post("letters/" + AdminApi.encoded(id) + "/approve", Json.object());
        console.answer(decided, () -> {
            console.headline("The letter is approved; a letter that came by mail is answered by mail");
            AnswerDocument.give(console, DeskReport.text(decided, "document"), answer);
        });
        return Ending.DONE;
    }
}
