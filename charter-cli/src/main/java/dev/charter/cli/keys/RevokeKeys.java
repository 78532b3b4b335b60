package dev.charter.cli.keys;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.format.KeyId;
import dev.charter.signing.RevokeKey;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "revoke", description = {"States that signatures by a key are no longer accepted: for a key that got into other hands.",
        "Everything that it signed must be asked for again. It cannot be taken back. A key in use is rotated first."},
        footer = {"", "Example:", "  charter keys revoke 3q2-7wAAAAAAAAAAAAAAAA --dir vendor-keys", "",
                "Exit codes: 0 done, 3 the key is in use, 7 no such key, 8 wrong passphrase. All: charter help exit-codes"})
final class RevokeKeys implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "KEY-ID", description = "The key's ID, as charter keys show lists it.")
    private String key = "";

    @Mixin
    private VendorFolder folder = new VendorFolder();

    RevokeKeys(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var id = keyId();
        var keys = folder.change(console, false, ceremony -> new RevokeKey(ceremony).run(id));
        new KeysReport(console).answer("The key " + id + " is revoked", keys);
        console.next("Give " + folder.issuing() + " to the authority again, and restart it: hosts learn of it with their next usage license.");
        return Ending.DONE.exitCode();
    }

    private KeyId keyId() {
        try {
            return new KeyId(key);
        } catch (IllegalArgumentException malformed) {
            throw CommandFailed.with(Ending.USAGE, "\"" + key + "\" is no key ID: " + malformed.getMessage() + ".", console.command("keys show --dir DIR"));
        }
    }
}
