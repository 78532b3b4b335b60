package dev.charter.cli.license;

import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.authority.AuthorityOptions;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Shows a license, and the hosts that hold it or held it.",
        footer = {"", "Example:", "  charter license show lic-7q3kzt5rmwx2", "",
                "Exit codes: 0 done, 4 the authority was not reached, 7 no such license, 8 not permitted. All: charter help exit-codes"})
final class ShowLicense implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "LICENSE", description = "The license's ID.")
    private String license = "";

    @Mixin
    private AuthorityOptions authority = new AuthorityOptions();

    @Option(names = "--key", description = "Show its license key as well, which is as good as the license.")
    private boolean key;

    ShowLicense(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (var api = authority.connect(console)) {
            var path = "licenses/" + AdminApi.encoded(license);
            var found = api.get(path);
            if (key) {
                found.put("key", api.get(path + "/key").path("key").asString(""));
            }
            new LicenseReport(console).answer("License " + LicenseReport.id(found), found);
            return Ending.DONE.exitCode();
        }
    }
}
