package dev.charter.cli.license;

import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.authority.AuthorityCommand;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What suspending and revoking have in common: a reason, which the customer reads.
abstract sealed class StopLicense extends AuthorityCommand {
    private final String verb;
    private final String done;

    @Parameters(paramLabel = "LICENSE", description = "The license's ID.")
    private String license = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why, as the customer reads it.")
    private String reason = "";

    private StopLicense(Console console, String verb, String done) {
        super(console);
        this.verb = verb;
        this.done = done;
    }

    @Override
    protected Ending run() {
        new LicenseReport(console).answer(done, api().post("licenses/" + AdminApi.encoded(license) + "/" + verb, Json.object().put("reason", reason)));
        return Ending.DONE;
    }

    @Command(name = "suspend", description = "Suspends a license: it is refused until it is reinstated. Its hosts stop at their next contact.",
            footer = {"", "Example:", "  charter license suspend lic-7q3kzt5rmwx2 --reason \"Invoice 4711 is not paid\"", "",
                    "Exit codes: 0 done, 3 refused, 4 the authority was not reached, 7 no such license, 8 not permitted. All: charter help exit-codes"})
    static final class Suspend extends StopLicense {
        Suspend(Console console) {
            super(console, "suspend", "The license is suspended; its hosts stop at their next contact");
        }
    }

    @Command(name = "revoke", description = "Revokes a license for good. Its hosts stop at their next contact.",
            footer = {"", "Example:", "  charter license revoke lic-7q3kzt5rmwx2 --reason \"Refunded\"", "",
                    "Exit codes: 0 done, 3 refused, 4 the authority was not reached, 7 no such license, 8 not permitted. All: charter help exit-codes"})
    static final class Revoke extends StopLicense {
        Revoke(Console console) {
            super(console, "revoke", "The license is revoked; its hosts stop at their next contact");
        }
    }
}
