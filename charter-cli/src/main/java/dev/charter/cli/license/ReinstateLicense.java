package dev.charter.cli.license;

import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.authority.AuthorityCommand;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "reinstate", description = "Reinstates a suspended license.",
        footer = {"", "Example:", "  charter license reinstate lic-7q3kzt5rmwx2", "",
                "Exit codes: 0 done, 3 refused, 4 the authority was not reached, 7 no such license, 8 not permitted. All: charter help exit-codes"})
final class ReinstateLicense extends AuthorityCommand {
    @Parameters(paramLabel = "LICENSE", description = "The license's ID.")
    private String license = "";

    ReinstateLicense(Console console) {
        super(console);
    }

    @Override
    protected Ending run() {
        new LicenseReport(console).answer("The license is reinstated", api().post("licenses/" + AdminApi.encoded(license) + "/reinstate", Json.object()));
        console.next(console.command("host reactivate") + "   brings it back at once, on each host");
        return Ending.DONE;
    }
}
