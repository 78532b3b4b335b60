package dev.charter.cli.license;

import dev.charter.cli.console.CommandGroup;
import dev.charter.cli.console.Console;
import picocli.CommandLine.Model.CommandSpec;

/// `charter license`.
public final class LicenseCommands {
    private LicenseCommands() {}

    public static CommandSpec of(Console console) {
        return CommandGroup.of(console, "license", "The licenses that a vendor sold: sell, look up, change, suspend, revoke.",
                new IssueLicense(console), new ShowLicense(console), new ListLicenses(console), new ChangeLicense(console),
                new StopLicense.Suspend(console), new ReinstateLicense(console), new StopLicense.Revoke(console));
    }
}
