package dev.charter.cli.mail;

import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.authority.AuthorityCommand;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// What a person does with a mail that is not out.
abstract class DecideMail extends AuthorityCommand {
    private final String act;
    private final String done;

    @Parameters(paramLabel = "MAIL", description = "The mail's ID.")
    private String mail = "";

    private DecideMail(Console console, String act, String done) {
        super(console);
        this.act = act;
        this.done = done;
    }

    @Override
    protected Ending run() {
        var after = api().post("mails/" + AdminApi.encoded(mail) + "/" + act, Json.object());
        console.answer(after, () -> {
            console.headline("The mail to " + ListMails.text(after, "to") + " " + done);
            console.next(console.command("mail list"));
        });
        return Ending.DONE;
    }

    @Command(name = "again", description = "Tries a mail again now that waits or failed.",
            footer = {"", "Example:", "  charter mail again mai-7q3kzt5rmwx2", "",
                    "Exit codes: 0 done, 3 the mail is out already or cannot be sent, 4 the authority was not reached, 7 no such mail, 8 not permitted. All: charter help exit-codes"})
    static final class Again extends DecideMail {
        Again(Console console) {
            super(console, "attempts", "is tried again now");
        }
    }

    @Command(name = "seen", description = "Notes that somebody has looked at a mail that failed: it is no alarm any more.",
            footer = {"", "Example:", "  charter mail seen mai-7q3kzt5rmwx2", "",
                    "Exit codes: 0 done, 3 the mail did not fail, 4 the authority was not reached, 7 no such mail, 8 not permitted. All: charter help exit-codes"})
    static final class Seen extends DecideMail {
        Seen(Console console) {
            super(console, "seen", "is no alarm any more");
        }
    }
}
