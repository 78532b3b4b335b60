package dev.charter.cli.product;

import dev.charter.cli.authority.AuthorityOptions;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "Lists the products, and how letters and losses of each are answered.",
        footer = {"", "Example:", "  charter product list", "", "Exit codes: 0 done, 4 the authority was not reached, 8 not permitted. All: charter help exit-codes"})
final class ListProducts implements Callable<Integer> {
    private final Console console;

    @Mixin
    private AuthorityOptions authority = new AuthorityOptions();

    ListProducts(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (var api = authority.connect(console)) {
            var products = api.get("products");
            console.answer(products, () -> {
                console.headline(ProductReport.heading());
                products.path("products").forEach(product -> console.line(ProductReport.row(product)));
            });
            return Ending.DONE.exitCode();
        }
    }
}
