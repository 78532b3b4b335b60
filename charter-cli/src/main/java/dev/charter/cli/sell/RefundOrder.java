package dev.charter.cli.sell;

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

@Command(name = "refund", description = "Gives a buyer's money back at the payment provider. When all of it went back, what the order paid for is taken back as well; after a part, you decide whether the license changes.",
        footer = {"", "Examples:", "  charter order refund ord-7q3kzt5rmwx2", "  charter order refund ord-7q3kzt5rmwx2 --amount 200.00EUR --reason \"Goodwill\" --key goodwill-1", "",
                "Exit codes: 0 done or begun, 3 there is nothing to give back, 4 the authority was not reached, 7 no such order, 8 not permitted. All: charter help exit-codes"})
final class RefundOrder extends AuthorityCommand {
    @Parameters(paramLabel = "ORDER", description = "The order's ID.")
    private String order = "";

    @Option(names = "--amount", paramLabel = "PRICE", description = "How much, such as 200.00EUR. Otherwise: all that is left.")
    private Optional<String> amount = Optional.empty();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the order's history.")
    private Optional<String> reason = Optional.empty();

    @Option(names = "--key", paramLabel = "TEXT", description = "Keeps the same from being given back twice, when you repeat the command.")
    private Optional<String> key = Optional.empty();

    RefundOrder(Console console) {
        super(console);
    }

    @Override
    protected Ending run() {
        var wanted = Json.object();
        reason.ifPresent(text -> wanted.put("reason", text));
        key.ifPresent(text -> wanted.put("key", text));
        var asked = amount.map(Amount::read);
        asked.ifPresent(price -> wanted.put("amount", price.amount()));
        var api = api();
        var path = "orders/" + AdminApi.encoded(order);
        if (asked.isPresent()) {
            var currency = SellReport.text(api.get(path), "currency");
            if (!currency.equals(asked.get().currency())) {
                throw CommandFailed.with(Ending.USAGE, "The order was paid in " + currency + ", not in " + asked.get().currency() + ".");
            }
        }
        var after = api.post(path + "/refunds", wanted);
        console.answer(after, () -> ShowOrder.print(console, after));
        return Ending.DONE;
    }
}
