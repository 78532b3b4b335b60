package dev.charter.cli.mail;

import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.authority.AuthorityCommand;
import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.StringJoiner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "preview", description = "Shows a mail as a product's customers get it, with something made up in it; without a name, which mails there are. With --templates it shows the words in a folder and says what is wrong with them; "
        + "nothing of it is kept.",
        footer = {"", "Example:", "  charter mail preview --product mqtt-server", "  charter mail preview license-ends --product mqtt-server --html license-ends.html",
                "  charter mail preview license-key --product mqtt-server --templates mails/mqtt-server", "",
                "Exit codes: 0 done, 3 the words have a mistake, 4 the authority was not reached, 7 no such mail, product or file, 8 not permitted. All: charter help exit-codes"})
final class PreviewMail extends AuthorityCommand {
    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Which mail, such as order-license.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--product", paramLabel = "PRODUCT", required = true, description = "Whose customers.")
    private String product = "";

    @Option(names = "--templates", paramLabel = "DIR", description = "Where NAME.txt, and perhaps NAME.html, are that are tried out.")
    private Optional<Path> templates = Optional.empty();

    @Option(names = "--html", paramLabel = "FILE", description = "Where its page goes, for a browser. Otherwise only its text is shown.")
    private Optional<Path> html = Optional.empty();

    PreviewMail(Console console) {
        super(console);
    }

    @Override
    protected Ending run() {
        var api = api();
        var path = "mails/previews/" + AdminApi.encoded(product);
        if (name.isEmpty()) {
            list(api.get(path));
        } else {
            var one = path + "/" + AdminApi.encoded(name.get());
            show(templates.isPresent() ? api.post(one, words(templates.get(), name.get())) : api.get(one));
        }
        return Ending.DONE;
    }

    private void list(ObjectNode all) {
        console.answer(all, () -> {
            console.headline("%-20s %-8s %s".formatted("MAIL", "WORDS OF", "CAN SAY"));
            all.path("mails").forEach(mail -> {
                var names = new StringJoiner(" ");
                mail.path("names").forEach(each -> names.add("{" + each.asString("") + "}"));
                console.line("%-20s %-8s %s".formatted(ListMails.text(mail, "name"), ListMails.text(mail, "source"), names));
            });
        });
    }

    private void show(ObjectNode mail) {
        html.ifPresent(file -> write(file, ListMails.text(mail, "html")));
        console.answer(mail, () -> {
            console.headline("Subject: " + ListMails.text(mail, "subject"));
            console.line("");
            console.line(ListMails.text(mail, "text").stripTrailing());
        });
        html.ifPresent(file -> console.say("Its page is in " + file + "."));
    }

    private static ObjectNode words(Path folder, String name) {
        var html = folder.resolve(name + ".html");
        var words = Json.object().put("text", read(folder.resolve(name + ".txt")));
        return Files.exists(html) ? words.put("html", read(html)) : words;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw CommandFailed.with(Ending.NOT_FOUND, "There is no template to be read at " + file + ".");
        }
    }

    private static void write(Path file, String page) {
        try {
            Files.writeString(file, page, StandardCharsets.UTF_8);
        } catch (IOException notPossible) {
            throw CommandFailed.with(Ending.FAULT, "The page cannot be written to " + file + ": " + notPossible.getMessage());
        }
    }
}
