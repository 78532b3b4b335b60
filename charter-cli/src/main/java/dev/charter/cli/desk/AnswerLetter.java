package dev.charter.cli.desk;

import dev.charter.cli.authority.AuthorityCommand;
import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "answer", description = "Hands in a usage request or a release that somebody brought, with whatever stands around it, and gives the answer.",
        footer = {"", "Example:", "  charter desk answer request.txt --answer usage-license.txt", "",
                "Exit codes: 0 answered, or it waits for a look, 3 refused, 4 the authority was not reached, 6 it cannot be read, 7 no such file, 8 not permitted. All: charter help exit-codes"})
final class AnswerLetter extends AuthorityCommand {
    /// The authority takes no larger ones.
    private static final int MOST_BYTES = 1024 * 1024;

    @Parameters(paramLabel = "FILE", description = "The letter; - for what is piped in.")
    private String file = "";

    @Option(names = "--answer", paramLabel = "FILE", description = "Where the answer goes. Otherwise it is printed.")
    private Optional<Path> answer = Optional.empty();

    AnswerLetter(Console console) {
        super(console);
    }

    @Override
    protected Ending run() {
        var text = text();
        var reply = api().post("letters", Json.object().put("text", text));
        var outcome = DeskReport.text(reply, "outcome");
        console.answer(reply, () -> {
            console.headline(DeskReport.text(reply, "message"));
            reply.path("document").asStringOpt().ifPresent(document -> AnswerDocument.give(console, document, answer));
        });
        reply.path("letter").asStringOpt().ifPresent(letter -> console.next(console.command("desk show " + letter), console.command("desk approve " + letter)));
        return switch (outcome) {
            case "refused" -> Ending.REFUSED;
            case "unreadable" -> Ending.NOT_VERIFIED;
            default -> Ending.DONE;
        };
    }

    private String text() {
        try {
            if (file.equals("-")) {
                return whole(console.surroundings().in());
            }
            try (var in = Files.newInputStream(Path.of(file))) {
                return whole(in);
            }
        } catch (IOException | InvalidPathException unreadable) {
            throw CommandFailed.with(Ending.NOT_FOUND, "No letter can be read from " + (file.equals("-") ? "what is piped in" : file) + ".");
        }
    }

    private static String whole(InputStream in) throws IOException {
        var bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw CommandFailed.with(Ending.NOT_VERIFIED, "This letter is larger than " + MOST_BYTES / 1024 + " KiB, and the desk takes no larger ones. Hand in the letter alone, from its BEGIN line to its END line.");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
