package dev.charter.cli.sell;

import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.authority.AuthorityCommand;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// What a person does with an order.
abstract class DecideOrder extends AuthorityCommand {
    private final String act;

    @Parameters(paramLabel = "ORDER", description = "The order's ID.")
    private String order = "";

    private DecideOrder(Console console, String act) {
        super(console);
        this.act = act;
    }

    ObjectNode body() {
        return Json.object();
    }

    @Override
    protected Ending run() {
        var after = api().post("orders/" + AdminApi.encoded(order) + "/" + act, body());
        console.answer(after, () -> ShowOrder.print(console, after));
        return Ending.DONE;
    }

    @Command(name = "approve", description = "Fulfils a paid order that waits for a look.",
            footer = {"", "Example:", "  charter order approve ord-7q3kzt5rmwx2", "",
                    "Exit codes: 0 done, 3 it does not wait, 4 the authority was not reached, 7 no such order, 8 not permitted. All: charter help exit-codes"})
    static final class Approve extends DecideOrder {
        Approve(Console console) {
            super(console, "approve");
        }
    }

    @Command(name = "close", description = "Closes a paid order that waits for a look. charter order refund gives its money back.",
            footer = {"", "Example:", "  charter order close ord-7q3kzt5rmwx2 --reason \"Paid too little; refunded\"", "",
                    "Exit codes: 0 done, 3 it does not wait, 4 the authority was not reached, 7 no such order, 8 not permitted. All: charter help exit-codes"})
    static final class Close extends DecideOrder {
        @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why, for the order's history.")
        private String reason = "";

        Close(Console console) {
            super(console, "close");
        }

        @Override
        ObjectNode body() {
            return Json.object().put("reason", reason);
        }
    }

    @Command(name = "seen", description = "Notes that somebody has looked at what an order asked attention for.",
            footer = {"", "Example:", "  charter order seen ord-7q3kzt5rmwx2", "",
                    "Exit codes: 0 done, 4 the authority was not reached, 7 no such order, 8 not permitted. All: charter help exit-codes"})
    static final class Seen extends DecideOrder {
        Seen(Console console) {
            super(console, "seen");
        }
    }

    @Command(name = "mail", description = "Mails the buyer the order's letter again, with the license key where a license was bought.",
            footer = {"", "Example:", "  charter order mail ord-7q3kzt5rmwx2", "",
                    "Exit codes: 0 done, 3 there is no license yet, 4 the authority was not reached, 7 no such order, 8 not permitted. All: charter help exit-codes"})
    static final class Mail extends DecideOrder {
        Mail(Console console) {
            super(console, "mails");
        }
    }
}
