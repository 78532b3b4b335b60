package dev.charter.cli.product;

import dev.charter.cli.console.CommandGroup;
import dev.charter.cli.console.Console;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `charter product`.
public final class ProductCommands {
    private ProductCommands() {}

    public static CommandSpec of(Console console, List<String> arguments) {
        var commands = new CommandGroup.Commands()
                .with("list", () -> new ListProducts(console))
                .with("change", () -> new ChangeProduct(console));
        return CommandGroup.of(console, "product", "The products of a vendor, and what the desk looks at before it is answered.", commands.byName(), arguments);
    }
}
