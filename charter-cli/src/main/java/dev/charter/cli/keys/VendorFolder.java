package dev.charter.cli.keys;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.signing.Ceremony;
import dev.charter.signing.KeysRefused;
import dev.charter.signing.VendorKeys;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The folder of a vendor's keys, with the two in it: `root/`, which stays offline, and `issuing/`, which goes to the authority.
final class VendorFolder {
    @Option(names = "--dir", paramLabel = "DIR", required = true, description = "The folder of the vendor's keys: root/ and issuing/ are in it.")
    private Path folder = Path.of(".");

    @Mixin
    private Passphrases passphrases = new Passphrases();

    Path root() {
        return folder.resolve("root");
    }

    Path issuing() {
        return folder.resolve("issuing");
    }

    /// What the folder says, without a passphrase: of the root folder where it is there, else of the issuing folder.
    VendorKeys read() {
        return explained(() -> VendorKeys.in(Files.exists(root()) ? root() : issuing()));
    }

    /// Holds a ceremony over both folders.
    VendorKeys change(Console console, boolean newKeys, Function<Ceremony, VendorKeys> step) {
        var surroundings = console.surroundings();
        try (var rootPassphrase = passphrases.root(surroundings, newKeys); var issuingPassphrase = passphrases.issuing(surroundings, newKeys)) {
            return explained(() -> step.apply(new Ceremony(root(), rootPassphrase, issuing(), issuingPassphrase, surroundings.clock(), new SecureRandom())));
        }
    }

    private static <T> T explained(Supplier<T> step) {
        try {
            return step.get();
        } catch (KeysRefused refused) {
            var ending = switch (refused.reason()) {
                case NOT_THERE -> Ending.NOT_FOUND;
                case WRONG_PASSPHRASE -> Ending.NOT_PERMITTED;
                case DAMAGED -> Ending.NOT_VERIFIED;
                case THERE_ALREADY, NOT_CERTIFIED, IN_USE, TOO_MANY -> Ending.REFUSED;
            };
            throw CommandFailed.named(ending, refused.reason().name(), String.valueOf(refused.getMessage()));
        } catch (UncheckedIOException unusable) {
            throw CommandFailed.with(Ending.NOT_PERMITTED, String.valueOf(unusable.getMessage()) + ": " + unusable.getCause(), "Look at the folder's owner and permissions.");
        } catch (IllegalArgumentException mistaken) {
            throw CommandFailed.with(Ending.USAGE, String.valueOf(mistaken.getMessage()));
        }
    }
}
