package dev.charter.cli.sell;

import dev.charter.cli.authority.AuthorityCommand;
import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import dev.charter.cli.license.Customers;
import dev.charter.cli.license.TermsOptions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "place", description = {"Orders for a customer who pays on a purchase order or an invoice: makes the license, or adds to the one that is named, and mails the customer. The same command again makes no second license."},
        footer = {"", "Examples:", "  charter order place --reference PO-4711 --product mqtt-server --customer \"ACME Water\" --email it@acme-water.example --item mqtt-server --item mqtt-server-support:3",
                "  charter order place --reference PO-4712 --product mqtt-server --customer \"ACME Water\" --type floating --seats 20 --feature mqtt --price 24000.00EUR",
                "  charter order place --reference INV-88 --license lic-7q3kzt5rmwx2 --item mqtt-server-support", "",
                "Exit codes: 0 done, 2 not understood, 3 refused, 4 the authority was not reached, 7 no such license or customer, 8 not permitted. All: charter help exit-codes"})
final class PlaceOrder extends AuthorityCommand {
    private static final Pattern ITEM = Pattern.compile("([a-z0-9-]+)(?::([0-9]{1,9}))?");

    @Option(names = "--key", paramLabel = "TEXT", description = "Keeps the same from being ordered twice. Otherwise: the reference does so, for each buyer and product, and for each license.")
    private Optional<String> key = Optional.empty();

    @Option(names = "--product", paramLabel = "PRODUCT", description = "The product's ID, for a new license.")
    private Optional<String> product = Optional.empty();

    @Option(names = "--license", paramLabel = "LICENSE", description = "The license that is added to. Without it, a new one is made.")
    private Optional<String> license = Optional.empty();

    @Option(names = "--customer", paramLabel = "CUSTOMER", description = "Who buys, by ID or name.")
    private Optional<String> customer = Optional.empty();

    @Option(names = "--email", paramLabel = "ADDRESS", description = "Where the letter goes; with it, a customer that is not there yet is made.")
    private Optional<String> email = Optional.empty();

    @Option(names = "--type", paramLabel = "TYPE", description = "online, leased, offline or floating. Otherwise: online.")
    private Optional<String> type = Optional.empty();

    @Option(names = "--from", paramLabel = "DATE", description = "The day on which the license begins. Otherwise: now.")
    private Optional<String> from = Optional.empty();

    @Option(names = "--item", paramLabel = "ITEM[:N]", description = "An item of the catalog, withdrawn ones too; of support, so many years. Can be given several times.")
    private List<String> items = List.of();

    @Option(names = "--price", paramLabel = "PRICE", description = "What is paid in all, such as 1200.00EUR, for the letter and the history.")
    private Optional<String> price = Optional.empty();

    @Mixin
    private TermsOptions terms = new TermsOptions();

    PlaceOrder(Console console) {
        super(console);
    }

    @Override
    protected Ending run() {
        var wanted = wanted();
        var api = api();
        customer.ifPresent(named -> {
            if (license.isEmpty() && email.isPresent() && !named.startsWith("cus-")) {
                wanted.put("name", named);
            } else {
                wanted.put("customer", new Customers(api).idOf(named, email));
            }
        });
        // The address of a customer who is there is known.
        email.filter(_ -> !wanted.has("customer") || license.isPresent()).ifPresent(address -> wanted.put("email", address));
        var order = api.post("orders", wanted);
        console.answer(order, () -> ShowOrder.print(console, order));
        console.next(console.command("license show " + SellReport.text(order, "license")) + "   what was sold", console.command("order mail " + SellReport.text(order, "id")) + "   mails the letter again");
        return Ending.DONE;
    }

    private ObjectNode wanted() {
        if (terms.values(true).valueStream().anyMatch(JsonNode::isNull) && license.isPresent()) {
            throw CommandFailed.with(Ending.USAGE, "An order adds to a license, and takes no limit away.", console.command("license change " + license.get()) + "   does that");
        }
        var agreed = terms.values(false);
        var wanted = Json.object();
        agreed.path("reference").asStringOpt().ifPresent(reference -> wanted.put("reference", reference));
        agreed.remove("reference");
        from.ifPresent(day -> agreed.put("from", TermsOptions.instant(day)));
        var granted = terms.entitlements();
        if (!granted.isEmpty()) {
            agreed.set("entitlements", granted);
        }
        if (!agreed.isEmpty()) {
            wanted.set("terms", agreed);
        }
        key.ifPresent(text -> wanted.put("key", text));
        product.ifPresent(id -> wanted.put("product", id));
        license.ifPresent(id -> wanted.put("license", id));
        type.ifPresent(named -> wanted.put("type", named));
        items.forEach(written -> item(wanted, written));
        price.map(Amount::read).ifPresent(amount -> wanted.put("currency", amount.currency()).put("total", amount.amount()));
        if (license.isEmpty() && customer.isEmpty()) {
            throw CommandFailed.with(Ending.USAGE, "Who buys? Name the customer, or the license that is added to.", "--customer NAME --email ADDRESS", "--license LICENSE");
        }
        return wanted;
    }

    private static void item(ObjectNode wanted, String written) {
        var parts = ITEM.matcher(written);
        if (!parts.matches()) {
            throw CommandFailed.with(Ending.USAGE, "\"" + written + "\" is no item. It is an item's ID, and for support the number of years behind a colon, such as mqtt-server-support:3.");
        }
        wanted.withArray("items").addObject().put("item", parts.group(1)).put("count", parts.group(2) == null ? 1 : Integer.parseInt(parts.group(2)));
    }
}
