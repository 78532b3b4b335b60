package dev.charter.cli.keys;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Surroundings;
import dev.charter.signing.Passphrase;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Where passphrases come from: a file, the environment, or a person; never the command line, which every user of the machine can read.
final class Passphrases {
    @Option(names = "--passphrase-file", paramLabel = "FILE", description = "Holds the passphrase of the issuing keys in its first line. Otherwise: $$CHARTER_KEYS_PASSPHRASE, else it is asked for.")
    private Optional<Path> issuingFile = Optional.empty();

    @Option(names = "--root-passphrase-file", paramLabel = "FILE", description = "The same for the root. Otherwise: $$CHARTER_ROOT_PASSPHRASE, else the one of the issuing keys.")
    private Optional<Path> rootFile = Optional.empty();

    /// The passphrase of the issuing keys. The caller closes it.
    ///
    /// @param newKeys whether a person types it for the first time, and so twice
    Passphrase issuing(Surroundings surroundings, boolean newKeys) {
        return given(issuingFile, "CHARTER_KEYS_PASSPHRASE", surroundings).orElseGet(() -> ask("issuing keys", newKeys, surroundings));
    }

    /// The passphrase of the root. Where a person types, it is asked for by itself: it belongs in other hands than the authority's.
    Passphrase root(Surroundings surroundings, boolean newKeys) {
        return given(rootFile, "CHARTER_ROOT_PASSPHRASE", surroundings)
                .or(() -> given(issuingFile, "CHARTER_KEYS_PASSPHRASE", surroundings))
                .orElseGet(() -> ask("root", newKeys, surroundings));
    }

    private static Optional<Passphrase> given(Optional<Path> file, String variable, Surroundings surroundings) {
        if (file.isPresent()) {
            try {
                return Optional.of(Passphrase.read(file.get()));
            } catch (UncheckedIOException unreadable) {
                throw CommandFailed.with(Ending.NOT_FOUND, "There is no passphrase to be read at " + file.get() + ".");
            }
        }
        return surroundings.variable(variable).map(value -> Passphrase.of(value.toCharArray()));
    }

    private static Passphrase ask(String whose, boolean twice, Surroundings surroundings) {
        var question = surroundings.askWithoutEcho().orElseThrow(() -> CommandFailed.with(Ending.USAGE, "The passphrase of the " + whose + " is needed, and nobody is there to type it.",
                "Put it in a file that only you can read, and name it with --passphrase-file FILE."));
        var typed = question.apply("Passphrase of the " + whose + ": ");
        try {
            if (twice) {
                var again = question.apply("The same again: ");
                var same = Arrays.equals(typed, again);
                Arrays.fill(again, '\0');
                if (!same) {
                    throw CommandFailed.with(Ending.USAGE, "The two passphrases differ. No keys were made.");
                }
            }
            return Passphrase.of(typed);
        } finally {
            Arrays.fill(typed, '\0');
        }
    }
}
