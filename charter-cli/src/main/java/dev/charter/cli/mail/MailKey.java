package dev.charter.cli.mail;

import dev.charter.cli.authority.AuthorityCommand;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "key", description = "Mails a license's key to its customer, for the first time or once more. Takes the scopes mails:write and keys:reveal.",
        footer = {"", "Example:", "  charter mail key lic-7q3kzt5rmwx2", "",
                "Exit codes: 0 done, 3 the license may not be used, 4 the authority was not reached, 7 no such license, 8 not permitted. All: charter help exit-codes"})
final class MailKey extends AuthorityCommand {
    @Parameters(paramLabel = "LICENSE", description = "The license's ID.")
    private String license = "";

    MailKey(Console console) {
        super(console);
    }

    @Override
    protected Ending run() {
        var mail = api().post("mails", Json.object().put("license", license));
        boolean failed = ListMails.text(mail, "state").equals("failed");
        console.answer(mail, () -> {
            console.headline(failed ? "The mail to " + ListMails.text(mail, "to") + " failed" : "The key of " + license + " is on its way to " + ListMails.text(mail, "to"));
            if (failed) {
                console.line(ListMails.text(mail, "problem"));
            }
        });
        return failed ? Ending.REFUSED : Ending.DONE;
    }
}
