package dev.charter.cli.license;

import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.authority.AuthorityCommand;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Shows a license, and the hosts that hold it or held it.",
        footer = {"", "Example:", "  charter license show lic-7q3kzt5rmwx2", "",
                "Exit codes: 0 done, 4 the authority was not reached, 7 no such license, 8 not permitted. All: charter help exit-codes"})
final class ShowLicense extends AuthorityCommand {
    @Parameters(paramLabel = "LICENSE", description = "The license's ID.")
    private String license = "";

    @Option(names = "--key", description = "Show its license key as well, which is as good as the license.")
    private boolean key;

    ShowLicense(Console console) {
        super(console);
    }

    @Override
    protected Ending run() {
        var api = api();
        var path = "licenses/" + AdminApi.encoded(license);
        var found = api.get(path);
        if (key) {
            found.put("key", api.get(path + "/key").path("key").asString(""));
        }
        new LicenseReport(console).answer("License " + LicenseReport.id(found), found);
        return Ending.DONE;
    }
}
