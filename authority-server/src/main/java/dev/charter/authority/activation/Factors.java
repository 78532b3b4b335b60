package dev.charter.authority.activation;

import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.Fingerprint;
import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// What the authority makes of a host's fingerprint.
final class Factors {
    /// The factor for the installation's folder: two installations on one machine are two hosts.
    static final String PLACE = "place";

    private Factors() {}

    /// How many factors must still match: 60 % of those that there are.
    static int required(Fingerprint fingerprint) {
        return Math.ceilDiv(3 * fingerprint.factors().size(), 5);
    }

    /// Whether it is the same installation on the same machine under another key. The folder alone never tells: many machines use the same one.
    static boolean sameInstallation(Activation activation, Fingerprint fingerprint) {
        var place = place(fingerprint);
        int matching = activation.fingerprint().matching(fingerprint);
        return place.isPresent() && place.equals(place(activation.fingerprint())) && matching >= 2 && matching >= activation.factorsRequired();
    }

    /// For each factor but the place: that factor and the place, hashed together. Two fingerprints of the same installation have at least one in common.
    static List<Long> marks(Fingerprint fingerprint) {
        var marks = new TreeSet<Long>();
        place(fingerprint).ifPresent(place -> fingerprint.factors().forEach((name, value) -> {
            if (!name.equals(PLACE)) {
                var hashed = new ByteArrayOutputStream();
                hashed.writeBytes(place.toArray());
                hashed.writeBytes(name.getBytes(StandardCharsets.UTF_8));
                hashed.write(0);
                hashed.writeBytes(value.toArray());
                marks.add(ByteBuffer.wrap(Digest.of(hashed.toByteArray()).value().toArray()).getLong());
            }
        }));
        return List.copyOf(marks);
    }

    static JsonObject toJson(Fingerprint fingerprint) {
        var json = new JsonWriter();
        fingerprint.factors().forEach((name, value) -> json.put(name, value.toArray()));
        return json.object();
    }

    static String toText(Fingerprint fingerprint) {
        return new String(JsonWriter.bytes(toJson(fingerprint)), StandardCharsets.UTF_8);
    }

    static Fingerprint read(String text) {
        var json = JsonReader.object(text);
        var factors = new HashMap<String, Bytes>();
        json.names().forEach(name -> factors.put(name, Bytes.of(json.bytes(name))));
        return Fingerprint.of(factors);
    }

    private static Optional<Bytes> place(Fingerprint fingerprint) {
        return Optional.ofNullable(fingerprint.factors().get(PLACE));
    }
}
