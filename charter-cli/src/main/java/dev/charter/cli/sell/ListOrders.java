package dev.charter.cli.sell;

import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.authority.AuthorityOptions;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "Lists orders, the newest first.",
        footer = {"", "Examples:", "  charter order list", "  charter order list --attention", "  charter order list --license lic-7q3kzt5rmwx2", "",
                "Exit codes: 0 done (also when there are none), 4 the authority was not reached, 8 not permitted. All: charter help exit-codes"})
final class ListOrders implements Callable<Integer> {
    private final Console console;

    @Option(names = "--state", paramLabel = "STATE", description = "open, look, paid, fulfilled or closed.")
    private Optional<String> state = Optional.empty();

    @Option(names = "--attention", description = "Only those that somebody should look at.")
    private boolean attention;

    @Option(names = "--license", paramLabel = "LICENSE", description = "Only those that bought this license or add to it.")
    private Optional<String> license = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, up to 200. Otherwise: 50.")
    private int limit = 50;

    @Option(names = "--after", paramLabel = "PLACE", description = "Goes on where a page ended.")
    private Optional<String> after = Optional.empty();

    @Mixin
    private AuthorityOptions authority = new AuthorityOptions();

    ListOrders(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (var api = authority.connect(console)) {
            var page = api.get("orders?limit=" + limit + "&attention=" + attention + state.map(wanted -> "&state=" + AdminApi.encoded(wanted)).orElse("") + license.map(id -> "&license=" + AdminApi.encoded(id)).orElse("")
                    + after.map(place -> "&after=" + AdminApi.encoded(place)).orElse(""));
            console.answer(page, () -> {
                if (page.path("orders").isEmpty()) {
                    console.line("There are no such orders.");
                } else {
                    console.headline(SellReport.orderHeading());
                    page.path("orders").forEach(order -> console.line(SellReport.order(order)));
                }
            });
            page.path("next").asStringOpt().ifPresent(place -> console.next(console.command("order list" + (attention ? " --attention" : "") + state.map(wanted -> " --state " + wanted).orElse("") + license.map(id -> " --license " + id).orElse("") + " --after " + place)));
            return Ending.DONE.exitCode();
        }
    }
}
