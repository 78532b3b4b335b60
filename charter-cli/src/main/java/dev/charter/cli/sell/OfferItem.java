package dev.charter.cli.sell;

import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.authority.AuthorityCommand;
import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "offer", description = "Offers an item on License pages, or changes it. Orders that were begun keep their prices.",
        footer = {"", "Examples:", "  charter catalog offer mqtt-server --product mqtt-server --title \"MQTT Server\" --charged once --feature mqtt --price 1200.00EUR",
                "  charter catalog offer support --product mqtt-server --title Support --charged support --price 200.00EUR --price 220.00USD", "",
                "Exit codes: 0 done, 2 not understood, 3 refused, 4 the authority was not reached, 8 not permitted. All: charter help exit-codes"})
final class OfferItem extends AuthorityCommand {
    @Parameters(paramLabel = "ITEM", description = "The item's ID.")
    private String item = "";

    @Option(names = "--product", paramLabel = "PRODUCT", required = true, description = "What it is for.")
    private String product = "";

    @Option(names = "--title", paramLabel = "TEXT", required = true, description = "As buyers read it.")
    private String title = "";

    @Option(names = "--description", paramLabel = "TEXT", description = "What it is, as buyers read it.")
    private Optional<String> description = Optional.empty();

    @Option(names = "--charged", paramLabel = "HOW", required = true, description = "once: for features, for as long as the license lasts; support: for each year; metered: by what is counted.")
    private String charged = "";

    @Option(names = "--feature", paramLabel = "NAME", description = "A feature that it grants. May be given several times.")
    private List<String> features = List.of();

    @Option(names = "--meter", paramLabel = "NAME", description = "A meter that it lets count. May be given several times.")
    private List<String> meters = List.of();

    @Option(names = "--price", paramLabel = "PRICE", required = true, description = "What it costs, such as 1200.00EUR. May be given once for each currency.")
    private List<String> prices = List.of();

    @Option(names = "--stripe-price", paramLabel = "CURRENCY=PRICE", description = "The price's name at Stripe, such as EUR=price_1Abc; a metered item needs it there. May be given several times.")
    private List<String> references = List.of();

    @Option(names = "--units", paramLabel = "N", description = "Of a metered item: its price is for so many counted units.")
    private Optional<Long> units = Optional.empty();

    @Option(names = "--position", paramLabel = "N", description = "Where it stands in the list, the lowest first.")
    private Optional<Integer> position = Optional.empty();

    OfferItem(Console console) {
        super(console);
    }

    @Override
    protected Ending run() {
        var wanted = Json.object().put("product", product).put("title", title).put("kind", charged);
        description.ifPresent(text -> wanted.put("description", text));
        units.ifPresent(number -> wanted.put("units", number));
        position.ifPresent(number -> wanted.put("position", number));
        features.forEach(wanted.withArray("features")::add);
        meters.forEach(wanted.withArray("meters")::add);
        var priced = wanted.putArray("prices");
        prices.stream().map(Amount::read).forEach(price -> {
            var one = priced.addObject().put("currency", price.currency()).put("amount", price.amount());
            reference(price.currency()).ifPresent(name -> one.put("reference", name));
        });
        var after = api().put("items/" + AdminApi.encoded(item), wanted);
        console.answer(after, () -> {
            console.headline(SellReport.itemHeading());
            console.line(SellReport.item(after));
        });
        return Ending.DONE;
    }

    private Optional<String> reference(String currency) {
        for (var given : references) {
            int equals = given.indexOf('=');
            if (equals < 0) {
                throw CommandFailed.with(Ending.USAGE, "\"" + given + "\" names no price at Stripe. It is written as CURRENCY=PRICE, such as EUR=price_1Abc.");
            }
            if (given.substring(0, equals).equalsIgnoreCase(currency)) {
                return Optional.of(given.substring(equals + 1));
            }
        }
        return Optional.empty();
    }
}
