package dev.charter.cli.license;

import dev.charter.cli.console.CommandGroup;
import dev.charter.cli.console.Console;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `charter license`.
public final class LicenseCommands {
    private LicenseCommands() {}

    public static CommandSpec of(Console console, List<String> arguments) {
        var commands = new CommandGroup.Commands()
                .with("issue", () -> new IssueLicense(console))
                .with("show", () -> new ShowLicense(console))
                .with("list", () -> new ListLicenses(console))
                .with("change", () -> new ChangeLicense(console))
                .with("suspend", () -> new StopLicense.Suspend(console))
                .with("reinstate", () -> new ReinstateLicense(console))
                .with("revoke", () -> new StopLicense.Revoke(console));
        return CommandGroup.of(console, "license", "The licenses that a vendor sold: sell, look up, change, suspend, revoke.", commands.byName(), arguments);
    }
}
