package dev.charter.cli.sell;

import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.authority.AuthorityOptions;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "events", description = "Lists what the payment provider told of and could not be looked at, the newest first.",
        footer = {"", "Examples:", "  charter order events", "  charter order events --state waiting", "",
                "Exit codes: 0 done (also when there are none), 4 the authority was not reached, 8 not permitted. All: charter help exit-codes"})
final class ListEvents implements Callable<Integer> {
    private final Console console;

    @Option(names = "--state", paramLabel = "STATE", description = "failed (given up), waiting or done. Otherwise: failed.")
    private String state = "failed";

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, up to 200. Otherwise: 50.")
    private int limit = 50;

    @Option(names = "--after", paramLabel = "PLACE", description = "Goes on where a page ended.")
    private Optional<String> after = Optional.empty();

    @Mixin
    private AuthorityOptions authority = new AuthorityOptions();

    ListEvents(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (var api = authority.connect(console)) {
            var page = api.get("payment-events?state=" + AdminApi.encoded(state) + "&limit=" + limit + after.map(place -> "&after=" + AdminApi.encoded(place)).orElse(""));
            console.answer(page, () -> {
                if (page.path("events").isEmpty()) {
                    console.line("There are no such events.");
                } else {
                    console.headline(SellReport.eventHeading());
                    page.path("events").forEach(event -> console.line(SellReport.event(event)));
                }
            });
            page.path("events").path(0).path("id").asStringOpt().filter(_ -> state.equals("failed")).ifPresent(id -> console.next(console.command("order again " + id) + "   looks at it again"));
            page.path("next").asStringOpt().ifPresent(place -> console.next(console.command("order events --state " + state + " --after " + place)));
            return Ending.DONE.exitCode();
        }
    }

    @Command(name = "again", description = "Has an event looked at again that was given up. That is done each hour, too.",
            footer = {"", "Example:", "  charter order again evt_1Abc", "",
                    "Exit codes: 0 done, 4 the authority was not reached, 7 no such event, 8 not permitted. All: charter help exit-codes"})
    static final class Again implements Callable<Integer> {
        private final Console console;

        @Parameters(paramLabel = "EVENT", description = "The event's ID.")
        private String event = "";

        @Mixin
        private AuthorityOptions authority = new AuthorityOptions();

        Again(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            try (var api = authority.connect(console)) {
                var after = api.post("payment-events/" + AdminApi.encoded(event) + "/again", Json.object());
                console.answer(after, () -> {
                    console.headline(SellReport.eventHeading());
                    console.line(SellReport.event(after));
                });
                return Ending.DONE.exitCode();
            }
        }
    }
}
