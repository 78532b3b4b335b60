package dev.charter.cli.trust;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Surroundings;
import dev.charter.format.DocumentRejected;
import dev.charter.format.TrustAnchor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Finds the trust anchor that a command verifies with. A product has its vendor's anchor built in; this program is no product, so it looks in the places where one lies.
public final class Anchors {
    /// Names a trust anchor's file for every command.
    public static final String VARIABLE = "CHARTER_TRUST_ANCHOR";
    /// A trust anchor's usual file name.
    public static final String FILE = "trust-anchor.json";

    private Anchors() {}

    /// The anchor that the option or the environment names.
    public static Optional<KnownAnchor> named(Optional<Path> option, Surroundings surroundings) {
        return option.or(() -> surroundings.variable(VARIABLE).map(Path::of)).map(Anchors::in);
    }

    /// The anchor in that folder, if there is one.
    public static Optional<KnownAnchor> inFolder(Path folder) {
        return Optional.of(folder.resolve(FILE)).filter(Files::exists).map(Anchors::in);
    }

    private static KnownAnchor in(Path file) {
        try {
            return new KnownAnchor(TrustAnchor.read(Files.readAllBytes(file)), file.toString());
        } catch (IOException unreadable) {
            throw CommandFailed.with(Ending.NOT_FOUND, "There is no trust anchor to be read at " + file + ".",
                    "Name the vendor's file with --anchor FILE, or in " + VARIABLE + ".");
        } catch (DocumentRejected malformed) {
            throw CommandFailed.with(Ending.NOT_VERIFIED, file + " holds no trust anchor: " + malformed.getMessage(), "Ask the vendor for its trust-anchor.json.");
        }
    }
}
