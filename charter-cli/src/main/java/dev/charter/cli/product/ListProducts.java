package dev.charter.cli.product;

import dev.charter.cli.authority.AuthorityCommand;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import picocli.CommandLine.Command;

@Command(name = "list", description = "Lists the products, and how letters and losses of each are answered.",
        footer = {"", "Example:", "  charter product list", "", "Exit codes: 0 done, 4 the authority was not reached, 8 not permitted. All: charter help exit-codes"})
final class ListProducts extends AuthorityCommand {
    ListProducts(Console console) {
        super(console);
    }

    @Override
    protected Ending run() {
        var products = api().get("products");
        console.answer(products, () -> {
            console.headline(ProductReport.heading());
            products.path("products").forEach(product -> console.line(ProductReport.row(product)));
        });
        return Ending.DONE;
    }
}
