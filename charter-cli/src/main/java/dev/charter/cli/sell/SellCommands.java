package dev.charter.cli.sell;

import dev.charter.cli.console.CommandGroup;
import dev.charter.cli.console.Console;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `charter catalog` and `charter order`.
public final class SellCommands {
    private SellCommands() {}

    public static CommandSpec catalog(Console console, List<String> arguments) {
        var commands = new CommandGroup.Commands()
                .with("list", () -> new ListItems(console))
                .with("offer", () -> new OfferItem(console))
                .with("withdraw", () -> new WithdrawItem(console));
        return CommandGroup.of(console, "catalog", "What can be bought on License pages, and for how much.", commands.byName(), arguments);
    }

    public static CommandSpec order(Console console, List<String> arguments) {
        var commands = new CommandGroup.Commands()
                .with("list", () -> new ListOrders(console))
                .with("show", () -> new ShowOrder(console))
                .with("place", () -> new PlaceOrder(console))
                .with("approve", () -> new DecideOrder.Approve(console))
                .with("close", () -> new DecideOrder.Close(console))
                .with("seen", () -> new DecideOrder.Seen(console))
                .with("refund", () -> new RefundOrder(console))
                .with("mail", () -> new DecideOrder.Mail(console))
                .with("events", () -> new ListEvents(console))
                .with("again", () -> new ListEvents.Again(console));
        return CommandGroup.of(console, "order", "What was ordered on License pages or at the desk, and what became of it.", commands.byName(), arguments);
    }
}
