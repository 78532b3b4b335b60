package dev.charter.client;

import dev.charter.format.Bytes;
import dev.charter.format.Fingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes a fingerprint of what the machine shows.
final class MachineMarks {
    private static final String PLACE = "place";
    /// As many as fit one QR code with the rest of a request.
    private static final List<String> NAMES = List.of("machine", "board", "disk", "network", PLACE);

    private MachineMarks() {}

    static Fingerprint fingerprint(String vendor, Machine machine, Path home) {
        var marks = new HashMap<>(machine.marks());
        marks.putIfAbsent(PLACE, canonical(home));
        Map<String, Bytes> factors = new HashMap<>();
        for (var name : NAMES) {
            var value = marks.getOrDefault(name, "").strip();
            if (name.equals(PLACE) ? !value.isEmpty() : !SharedValues.contains(value)) {
                factors.put(name, Fingerprint.factor(vendor, name, value));
            }
        }
        return Fingerprint.of(factors);
    }

    private static String canonical(Path home) {
        try {
            return home.toRealPath().toString();
        } catch (IOException gone) {
            throw new UncheckedIOException("The folder " + home + " cannot be found any more", gone);
        }
    }
}
