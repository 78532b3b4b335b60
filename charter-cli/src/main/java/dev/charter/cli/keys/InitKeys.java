package dev.charter.cli.keys;

import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.signing.InitVendor;
import dev.charter.signing.Strength;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "init", description = {"Makes a vendor's root and its first issuing key, each sealed under its passphrase.",
        "Cut off, it is finished by running it again. Keys that are there are never overwritten."},
        footer = {"", "Example:", "  charter keys init --dir vendor-keys --vendor acme", "",
                "Exit codes: 0 done, 3 there are keys already, 8 wrong passphrase. All: charter help exit-codes"})
final class InitKeys implements Callable<Integer> {
    private final Console console;

    @Mixin
    private VendorFolder folder = new VendorFolder();

    @Mixin
    private Limits limits = new Limits();

    @Option(names = "--vendor", paramLabel = "NAME", required = true, description = "The vendor's name in its trust anchor: small letters, digits, dashes. It stays for ever.")
    private String vendor = "";

    @Option(names = "--classical", description = "Sign with Ed25519 alone. Otherwise with ML-DSA-65 as well, which outlives quantum computers; choose now, it stays for ever.")
    private boolean classical;

    InitKeys(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var limited = limits.read(); // before anybody types a passphrase
        var keys = folder.change(console, true, ceremony -> new InitVendor(ceremony).run(vendor, classical ? Strength.CLASSICAL : Strength.HYBRID, limited));
        new KeysReport(console).answer("The keys of " + vendor + " are made", keys);
        console.next("Take " + folder.root() + " offline, with a copy elsewhere. Nothing needs it until the next rotation.",
                "Give " + folder.issuing() + " to the authority: CHARTER_AUTHORITY_KEYS.",
                "Build " + folder.issuing().resolve("trust-anchor.json") + " into your products.");
        return Ending.DONE.exitCode();
    }
}
