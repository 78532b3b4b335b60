package dev.charter.cli.license;

import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.authority.AuthorityOptions;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "Lists licenses, the newest first, or finds them by license ID, customer, e-mail address or reference.",
        footer = {"", "Example:", "  charter license list --query acme", "", "Exit codes: 0 done (also when none is found), 4 the authority was not reached, 8 not permitted. All: charter help exit-codes"})
final class ListLicenses implements Callable<Integer> {
    private final Console console;

    @Mixin
    private AuthorityOptions authority = new AuthorityOptions();

    @Option(names = "--query", paramLabel = "TEXT", description = "What to look for.")
    private Optional<String> query = Optional.empty();

    @Option(names = "--match", paramLabel = "HOW", description = "exact, prefix or substring. Otherwise: substring.")
    private String match = "substring";

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, up to 200. Otherwise: 50.")
    private int limit = 50;

    @Option(names = "--after", paramLabel = "PLACE", description = "Goes on where a page ended.")
    private Optional<String> after = Optional.empty();

    ListLicenses(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var path = new StringBuilder("licenses?limit=" + limit + "&match=" + AdminApi.encoded(match));
        query.ifPresent(text -> path.append("&query=").append(AdminApi.encoded(text)));
        after.ifPresent(place -> path.append("&after=").append(AdminApi.encoded(place)));
        try (var api = authority.connect(console)) {
            var page = api.get(path.toString());
            var licenses = page.path("licenses");
            console.answer(page, () -> {
                if (licenses.isEmpty()) {
                    console.line(query.map(text -> "No license is found by \"" + text + "\".").orElse("No license was sold yet."));
                } else {
                    console.headline(LicenseReport.heading());
                    licenses.forEach(license -> console.line(new LicenseReport(console).row(license)));
                }
            });
            page.path("next").asStringOpt().ifPresent(place -> console.next(console.command("license list" + query.map(text -> " --query \"" + text + "\"").orElse("") + " --after " + place)));
            return Ending.DONE.exitCode();
        }
    }
}
