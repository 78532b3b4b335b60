package dev.charter.cli.mail;

import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.authority.AuthorityOptions;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(name = "list", description = "Lists the mails that are not out yet, those that failed among them. A ! stands before those that failed and that nobody has looked at.",
        footer = {"", "Example:", "  charter mail list --all", "",
                "Exit codes: 0 done (also when there are none), 4 the authority was not reached, 8 not permitted. All: charter help exit-codes"})
final class ListMails implements Callable<Integer> {
    private static final String ROW = "%1s %-18s %-8s %-32s %-40s %s";

    private final Console console;

    @Mixin
    private AuthorityOptions authority = new AuthorityOptions();

    @Option(names = "--all", description = "Those that were sent as well.")
    private boolean all;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, up to 200. Otherwise: 50.")
    private int limit = 50;

    @Option(names = "--after", paramLabel = "PLACE", description = "Goes on where a page ended.")
    private Optional<String> after = Optional.empty();

    ListMails(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (var api = authority.connect(console)) {
            var page = api.get("mails?limit=" + limit + "&state=" + (all ? "all" : "unsent") + after.map(place -> "&after=" + AdminApi.encoded(place)).orElse(""));
            var mails = page.path("mails");
            console.answer(page, () -> {
                if (mails.isEmpty()) {
                    console.line(all ? "There are no mails." : "All mails are out.");
                } else {
                    console.headline(ROW.formatted("", "MAIL", "STATE", "TO", "SUBJECT", "PROBLEM"));
                    mails.forEach(mail -> console.line(row(mail)));
                }
            });
            page.path("next").asStringOpt().ifPresent(place -> console.next(console.command("mail list" + (all ? " --all" : "") + " --after " + place)));
            return Ending.DONE.exitCode();
        }
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
