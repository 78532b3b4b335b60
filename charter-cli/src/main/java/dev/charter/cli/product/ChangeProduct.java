package dev.charter.cli.product;

import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.authority.AuthorityCommand;
import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "change", description = "Chooses whether letters, lost hosts and paid orders of a product are answered at once, or after a person's look.",
        footer = {"", "Example:", "  charter product change mqtt-server --letters look", "",
                "Exit codes: 0 done, 3 refused, 4 the authority was not reached, 7 no such product, 8 not permitted. All: charter help exit-codes"})
final class ChangeProduct extends AuthorityCommand {
    @Parameters(paramLabel = "PRODUCT", description = "The product's ID.")
    private String product = "";

    @Option(names = "--letters", paramLabel = "HOW", description = "answer: usage requests by letter are answered at once; look: after a look.")
    private Optional<String> letters = Optional.empty();

    @Option(names = "--losses", paramLabel = "HOW", description = "restore: a host that its customer reports destroyed is restored at once, within limits; look: after a look.")
    private Optional<String> losses = Optional.empty();

    @Option(names = "--orders", paramLabel = "HOW", description = "fulfil: an order is fulfilled when it was paid; look: after a look.")
    private Optional<String> orders = Optional.empty();

    ChangeProduct(Console console) {
        super(console);
    }

    @Override
    protected Ending run() {
        if (letters.isEmpty() && losses.isEmpty() && orders.isEmpty()) {
            throw CommandFailed.with(Ending.USAGE, "Nothing to change was given: --letters answer or look, --losses restore or look, --orders fulfil or look.");
        }
        var api = api();
        var path = "products/" + AdminApi.encoded(product);
        var before = api.get(path);
        var wanted = Json.object();
        wanted.set("name", before.path("name"));
        wanted.set("features", before.path("features"));
        wanted.set("meters", before.path("meters"));
        letters.ifPresent(how -> wanted.put("letters", how));
        losses.ifPresent(how -> wanted.put("losses", how));
        orders.ifPresent(how -> wanted.put("orders", how));
        var after = api.put(path, wanted);
        console.answer(after, () -> {
            console.headline(ProductReport.heading());
            console.line(ProductReport.row(after));
        });
        return Ending.DONE;
    }
}
