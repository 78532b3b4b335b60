package dev.charter.cli.sell;

import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.authority.AuthorityCommand;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "withdraw", description = "Offers an item no more. Orders that were begun are not changed by that.",
        footer = {"", "Example:", "  charter catalog withdraw support", "",
                "Exit codes: 0 done, 4 the authority was not reached, 7 no such item, 8 not permitted. All: charter help exit-codes"})
final class WithdrawItem extends AuthorityCommand {
    @Parameters(paramLabel = "ITEM", description = "The item's ID.")
    private String item = "";

    @Option(names = "--undo", description = "Offers it again, as it was.")
    private boolean undo;

    WithdrawItem(Console console) {
        super(console);
    }

    @Override
    protected Ending run() {
        var api = api();
        var path = "items/" + AdminApi.encoded(item);
        var wanted = api.get(path);
        wanted.remove("id");
        wanted.remove("createdAt");
        wanted.put("offered", undo);
        var after = api.put(path, wanted);
        console.answer(after, () -> {
            console.headline(SellReport.itemHeading());
            console.line(SellReport.item(after));
        });
        return Ending.DONE;
    }
}
