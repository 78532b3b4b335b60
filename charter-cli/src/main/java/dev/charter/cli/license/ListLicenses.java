package dev.charter.cli.license;

import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.authority.AuthorityCommand;
import dev.charter.cli.authority.PageOptions;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "Lists licenses, the newest first, or finds them by license ID, customer, e-mail address or reference.",
        footer = {"", "Example:", "  charter license list --query acme", "", "Exit codes: 0 done (also when none is found), 4 the authority was not reached, 8 not permitted. All: charter help exit-codes"})
final class ListLicenses extends AuthorityCommand {
    @Option(names = "--query", paramLabel = "TEXT", description = "What to look for.")
    private Optional<String> query = Optional.empty();

    @Option(names = "--match", paramLabel = "HOW", description = "exact, prefix or substring. Otherwise: substring.")
    private String match = "substring";

    @Mixin
    private PageOptions pages = new PageOptions();

    ListLicenses(Console console) {
        super(console);
    }

    @Override
    protected Ending run() {
        var path = new StringBuilder("licenses?" + pages.query() + "&match=" + AdminApi.encoded(match));
        query.ifPresent(text -> path.append("&query=").append(AdminApi.encoded(text)));
        var page = api().get(path.toString());
        var licenses = page.path("licenses");
        console.answer(page, () -> {
            if (licenses.isEmpty()) {
                console.line(query.map(text -> "No license is found by \"" + text + "\".").orElse("No license was sold yet."));
            } else {
                console.headline(LicenseReport.heading());
                licenses.forEach(license -> console.line(new LicenseReport(console).row(license)));
            }
        });
        PageOptions.more(console, page, "license list" + query.map(text -> " --query \"" + text + "\"").orElse(""));
        return Ending.DONE;
    }
}
