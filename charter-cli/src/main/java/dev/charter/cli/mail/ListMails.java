package dev.charter.cli.mail;

import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.authority.AuthorityCommand;
import dev.charter.cli.authority.PageOptions;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(name = "list", description = "Lists the mails that are not out yet, those that failed among them. A ! stands before those that failed and that nobody has looked at.",
        footer = {"", "Example:", "  charter mail list --all", "",
                "Exit codes: 0 done (also when there are none), 4 the authority was not reached, 8 not permitted. All: charter help exit-codes"})
final class ListMails extends AuthorityCommand {
    private static final String ROW = "%1s %-18s %-8s %-32s %-40s %s";

    @Option(names = "--all", description = "Those that were sent as well.")
    private boolean all;

    @Mixin
    private PageOptions pages = new PageOptions();

    ListMails(Console console) {
        super(console);
    }

    @Override
    protected Ending run() {
        var page = api().get("mails?" + pages.query() + "&state=" + (all ? "all" : "unsent"));
        var mails = page.path("mails");
        console.answer(page, () -> {
            if (mails.isEmpty()) {
                console.line(all ? "There are no mails." : "All mails are out.");
            } else {
                console.headline(ROW.formatted("", "MAIL", "STATE", "TO", "SUBJECT", "PROBLEM"));
                mails.forEach(mail -> console.line(row(mail)));
            }
        });
        PageOptions.more(console, page, "mail list" + (all ? " --all" : ""));
        return Ending.DONE;
    }

    private static String row(JsonNode mail) {
        boolean alarm = text(mail, "state").equals("failed") && !mail.has("seenAt");
        return ROW.formatted(alarm ? "!" : "", text(mail, "id"), text(mail, "state"), shortened(text(mail, "to"), 32), shortened(text(mail, "subject"), 40), text(mail, "problem")).stripTrailing();
    }

    static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "\u2026";
    }
}
