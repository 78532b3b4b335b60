package dev.charter.cli.sell;

import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.authority.AuthorityCommand;
import dev.charter.cli.authority.PageOptions;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "events", description = "Lists what the payment provider told of and could not be looked at, the newest first.",
        footer = {"", "Examples:", "  charter order events", "  charter order events --state waiting", "",
                "Exit codes: 0 done (also when there are none), 4 the authority was not reached, 8 not permitted. All: charter help exit-codes"})
final class ListEvents extends AuthorityCommand {
    @Option(names = "--state", paramLabel = "STATE", description = "failed (given up), waiting or done. Otherwise: failed.")
    private String state = "failed";

    @Mixin
    private PageOptions pages = new PageOptions();

    ListEvents(Console console) {
        super(console);
    }

    @Override
    protected Ending run() {
        var page = api().get("payment-events?state=" + AdminApi.encoded(state) + "&" + pages.query());
        console.answer(page, () -> {
            if (page.path("events").isEmpty()) {
                console.line("There are no such events.");
            } else {
                console.headline(SellReport.eventHeading());
                page.path("events").forEach(event -> console.line(SellReport.event(event)));
            }
        });
        page.path("events").path(0).path("id").asStringOpt().filter(_ -> state.equals("failed")).ifPresent(id -> console.next(console.command("order again " + id) + "   looks at it again"));
        PageOptions.more(console, page, "order events --state " + state);
        return Ending.DONE;
    }

    @Command(name = "again", description = "Has an event looked at again that was given up. That is done each hour, too.",
            footer = {"", "Example:", "  charter order again evt_1Abc", "",
                    "Exit codes: 0 done, 4 the authority was not reached, 7 no such event, 8 not permitted. All: charter help exit-codes"})
    static final class Again extends AuthorityCommand {
        @Parameters(paramLabel = "EVENT", description = "The event's ID.")
        private String event = "";

        Again(Console console) {
            super(console);
        }

        @Override
        protected Ending run() {
            var after = api().post("payment-events/" + AdminApi.encoded(event) + "/again", Json.object());
            console.answer(after, () -> {
                console.headline(SellReport.eventHeading());
                console.line(SellReport.event(after));
            });
            return Ending.DONE;
        }
    }
}
