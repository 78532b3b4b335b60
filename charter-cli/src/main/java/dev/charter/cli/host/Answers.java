package dev.charter.cli.host;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.host.HostOptions.OpenHost;
import dev.charter.client.Activation;
import dev.charter.format.RefusalCode;
import dev.charter.format.UsageLicense;
import java.util.ArrayList;

/// What came of asking the authority: a usage license, or a command that ends otherwise.
final class Answers {
    private final Console console;

    Answers(Console console) {
        this.console = console;
    }

    UsageLicense licensed(Activation outcome, OpenHost open, String again) {
        return switch (outcome) {
            case Activation.Activated(var license) -> license;
            case Activation.Refused(var code, var message) -> throw CommandFailed.named(Ending.REFUSED, code.name(), message, next(code));
            case Activation.Unreachable(var reason, var retryAfter) -> {
                var next = new ArrayList<String>();
                next.add(console.command(again) + retryAfter.map(wait -> ", in " + wait.toSeconds() + " seconds").orElse("") + "; the same request is sent again, and costs no second activation.");
                next.add("This host trusts the vendor " + open.anchor().anchor().vendor() + " by " + open.anchor().source() + ". Is it another vendor by now? Name its anchor: --anchor FILE");
                throw CommandFailed.with(Ending.UNREACHABLE, reason, next.toArray(String[]::new));
            }
            case Activation.Acknowledged(var license) -> throw CommandFailed.with(Ending.NOT_LICENSED, "The vendor has confirmed that the license " + license + " was given back; this host is not licensed.",
                    console.command("host activate KEY"));
            case Activation.NotPossible(var message) -> throw CommandFailed.with(Ending.REFUSED, message, console.command("host status"));
        };
    }

    private String[] next(RefusalCode code) {
        return switch (code) {
            case ALREADY_LICENSED -> new String[] {console.command("host deactivate")};
            case REQUEST_SUPERSEDED, RELEASED, HOST_MISMATCH -> new String[] {console.command("host activate KEY")};
            default -> new String[0];
        };
    }
}
