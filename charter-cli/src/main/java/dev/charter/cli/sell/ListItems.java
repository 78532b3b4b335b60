package dev.charter.cli.sell;

import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.authority.AuthorityCommand;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "list", description = "Lists what can be bought, withdrawn items too.",
        footer = {"", "Example:", "  charter catalog list", "", "Exit codes: 0 done, 4 the authority was not reached, 8 not permitted. All: charter help exit-codes"})
final class ListItems extends AuthorityCommand {
    @Option(names = "--product", paramLabel = "PRODUCT", description = "Only items of this product.")
    private Optional<String> product = Optional.empty();

    ListItems(Console console) {
        super(console);
    }

    @Override
    protected Ending run() {
        var items = api().get("items" + product.map(id -> "?product=" + AdminApi.encoded(id)).orElse(""));
        console.answer(items, () -> {
            if (items.path("items").isEmpty()) {
                console.line("Nothing can be bought yet.");
            } else {
                console.headline(SellReport.itemHeading());
                items.path("items").forEach(item -> console.line(SellReport.item(item)));
            }
        });
        return Ending.DONE;
    }
}
