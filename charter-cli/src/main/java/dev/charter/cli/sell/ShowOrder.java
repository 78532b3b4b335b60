package dev.charter.cli.sell;

import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.authority.AuthorityCommand;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "show", description = "Shows an order with its history.",
        footer = {"", "Example:", "  charter order show ord-7q3kzt5rmwx2", "",
                "Exit codes: 0 done, 4 the authority was not reached, 7 no such order, 8 not permitted. All: charter help exit-codes"})
final class ShowOrder extends AuthorityCommand {
    @Parameters(paramLabel = "ORDER", description = "The order's ID.")
    private String order = "";

    ShowOrder(Console console) {
        super(console);
    }

    @Override
    protected Ending run() {
        var found = api().get("orders/" + AdminApi.encoded(order));
        console.answer(found, () -> print(console, found));
        return Ending.DONE;
    }

    /// What became of the money later.
    private static void money(Console console, JsonNode order) {
        if (order.path("refunded").asLong(0) > 0) {
            console.line("Refunded", new Amount(order.path("refunded").asLong(), SellReport.text(order, "currency")).text());
        }
        if (!order.path("dispute").asString("none").equals("none")) {
            console.line("Dispute", SellReport.text(order, "dispute"));
        }
        if (!order.path("withheld").asString("nothing").equals("nothing")) {
            console.line("Taken back", order.path("withheld").asString("").equals("license") ? "the license is suspended" : "what the order paid for");
        }
        if (order.hasNonNull("ends")) {
            console.line("By the month", "ends at " + SellReport.text(order, "ends"));
        }
    }

    static void print(Console console, JsonNode order) {
        console.headline("The order " + SellReport.text(order, "id") + " is " + SellReport.text(order, "state"));
        console.line("Buyer", SellReport.text(order.path("buyer"), "name") + " <" + SellReport.text(order.path("buyer"), "email") + ">");
        if (order.hasNonNull("reference")) {
            console.line("Reference", SellReport.text(order, "reference"));
        }
        if (order.hasNonNull("host")) {
            console.line("Host", SellReport.text(order, "hostName") + " " + SellReport.text(order, "host"));
        }
        console.line("License", SellReport.text(order, "license") + (order.path("upgrade").asBoolean() ? " (upgrade)" : ""));
        order.path("items").forEach(item -> console.line("Item", item.path("count").asInt() + " x " + SellReport.text(item, "title")));
        if (!SellReport.total(order).isEmpty()) {
            console.line("Total", SellReport.total(order));
        }
        console.line("Paid at", SellReport.text(order, "provider") + " " + SellReport.text(order, "payment"));
        money(console, order);
        if (order.hasNonNull("attention")) {
            console.line("Attention", SellReport.text(order, "attention"));
        }
        order.path("history").forEach(step -> console.line(SellReport.text(step, "at"), SellReport.text(step, "step") + " " + SellReport.text(step, "detail")));
    }
}
