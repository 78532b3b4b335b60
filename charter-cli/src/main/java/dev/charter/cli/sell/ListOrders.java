package dev.charter.cli.sell;

import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.authority.AuthorityCommand;
import dev.charter.cli.authority.PageOptions;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "Lists orders, the newest first.",
        footer = {"", "Examples:", "  charter order list", "  charter order list --attention", "  charter order list --license lic-7q3kzt5rmwx2", "",
                "Exit codes: 0 done (also when there are none), 4 the authority was not reached, 8 not permitted. All: charter help exit-codes"})
final class ListOrders extends AuthorityCommand {
    @Option(names = "--state", paramLabel = "STATE", description = "open, look, paid, fulfilled or closed.")
    private Optional<String> state = Optional.empty();

    @Option(names = "--attention", description = "Only those that somebody should look at.")
    private boolean attention;

    @Option(names = "--license", paramLabel = "LICENSE", description = "Only those that bought this license or add to it.")
    private Optional<String> license = Optional.empty();

    @Mixin
    private PageOptions pages = new PageOptions();

    ListOrders(Console console) {
        super(console);
    }

    @Override
    protected Ending run() {
        var page = api().get("orders?" + pages.query() + "&attention=" + attention + state.map(wanted -> "&state=" + AdminApi.encoded(wanted)).orElse("")
                + license.map(id -> "&license=" + AdminApi.encoded(id)).orElse(""));
        console.answer(page, () -> {
            if (page.path("orders").isEmpty()) {
                console.line("There are no such orders.");
            } else {
                console.headline(SellReport.orderHeading());
                page.path("orders").forEach(order -> console.line(SellReport.order(order)));
            }
        });
        PageOptions.more(console, page, "order list" + (attention ? " --attention" : "") + state.map(wanted -> " --state " + wanted).orElse("") + license.map(id -> " --license " + id).orElse(""));
        return Ending.DONE;
    }
}
