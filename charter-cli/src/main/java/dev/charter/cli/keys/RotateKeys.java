package dev.charter.cli.keys;

import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.signing.RotateIssuingKey;
import dev.charter.signing.RotateRoot;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "rotate", description = {"Puts a new issuing key in use, or with --root a new root.",
        "What the old one signed stays valid. Products follow by themselves, with the next usage license, however it reaches them."},
        footer = {"", "Example:", "  charter keys rotate --dir vendor-keys", "  charter keys rotate --dir vendor-keys --root", "",
                "Exit codes: 0 done, 6 the folders do not fit together, 8 wrong passphrase. All: charter help exit-codes"})
final class RotateKeys implements Callable<Integer> {
    private final Console console;

    @Mixin
    private VendorFolder folder = new VendorFolder();

    @Mixin
    private Limits limits = new Limits();

    @Option(names = "--root", description = "Make a new root that the present one names as its successor.")
    private boolean root;

    RotateKeys(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var limited = limits.read();
        var keys = folder.change(console, false, ceremony -> root ? new RotateRoot(ceremony).run() : new RotateIssuingKey(ceremony).run(limited));
        new KeysReport(console).answer(root ? "A new root is in use" : "A new issuing key is in use", keys);
        console.next("Give " + folder.issuing() + " to the authority again, and restart it.");
        return Ending.DONE.exitCode();
    }
}
