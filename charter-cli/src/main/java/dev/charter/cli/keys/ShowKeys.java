package dev.charter.cli.keys;

import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "show", description = "Shows a vendor's public keys: the roots, the issuing keys, what they may sign, and which are revoked. It needs no passphrase.",
        footer = {"", "Example:", "  charter keys show --dir vendor-keys", "",
                "Exit codes: 0 done, 6 the folder is damaged, 7 there are no keys. All: charter help exit-codes"})
final class ShowKeys implements Callable<Integer> {
    private final Console console;

    @Mixin
    private VendorFolder folder = new VendorFolder();

    ShowKeys(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var keys = folder.read();
        new KeysReport(console).answer("The keys of " + keys.anchor().vendor(), keys);
        return Ending.DONE.exitCode();
    }
}
