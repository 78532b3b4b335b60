package dev.charter.cli.desk;

import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.authority.AuthorityOptions;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "mails", description = "Lists the mails that are not out yet, those that failed among them; or tries one again now.",
        footer = {"", "Examples:", "  charter desk mails", "  charter desk mails --again mai-7q3kzt5rmwx2", "",
                "Exit codes: 0 done (also when there are none), 3 the mail is out already or cannot be sent, 4 the authority was not reached, 7 no such mail, 8 not permitted. All: charter help exit-codes"})
final class ListMails implements Callable<Integer> {
    private final Console console;

    @Mixin
    private AuthorityOptions authority = new AuthorityOptions();

    @Option(names = "--again", paramLabel = "ID", description = "Tries this one again now.")
    private Optional<String> again = Optional.empty();

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
            if (again.isPresent()) {
                var mail = api.post("mails/" + AdminApi.encoded(again.get()) + "/attempts", Json.object());
                console.answer(mail, () -> {
                    console.headline("The mail to " + DeskReport.text(mail, "to") + " is tried again now");
                    console.next(console.command("desk mails"));
                });
                return Ending.DONE.exitCode();
            }
            var page = api.get("mails?limit=" + limit + "&state=" + (all ? "all" : "unsent") + after.map(place -> "&after=" + AdminApi.encoded(place)).orElse(""));
            var mails = page.path("mails");
            console.answer(page, () -> {
                if (mails.isEmpty()) {
                    console.line(all ? "There are no mails." : "All mails are out.");
                } else {
                    console.headline("%-18s %-8s %-32s %-40s %s".formatted("MAIL", "STATE", "TO", "SUBJECT", "PROBLEM"));
                    mails.forEach(mail -> console.line("%-18s %-8s %-32s %-40s %s".formatted(DeskReport.text(mail, "id"), DeskReport.text(mail, "state"), DeskReport.shortened(DeskReport.text(mail, "to"), 32),
                            DeskReport.shortened(DeskReport.text(mail, "subject"), 40), DeskReport.text(mail, "problem")).stripTrailing()));
                }
            });
            page.path("next").asStringOpt().ifPresent(place -> console.next(console.command("desk mails" + (all ? " --all" : "") + " --after " + place)));
            return Ending.DONE.exitCode();
        }
    }
}
