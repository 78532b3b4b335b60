package dev.charter.format;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// What a floating server tells of itself when it asks for its pool; the issuer takes keys and pin over into the pool, and so vouches for them.
///
/// @param seats how many seats are wanted; none: all that the license has
/// @param keys the keys that sign its leases beside the host's own
/// @param tls of its own TLS certificate, where it has one that products should pin
/// @param leasesUntil when fewer seats are wanted than before: by then the last lease beyond them has ended
public record FloatingServer(OptionalInt seats, LeaseKeys keys, Optional<TlsPin> tls, Optional<Instant> leasesUntil) {
    public FloatingServer {
        seats.ifPresent(wanted -> Require.that(wanted >= 1, "a floating server wants at least one seat"));
        leasesUntil = WholeSeconds.of(leasesUntil);
    }

    JsonObject toJson() {
        var json = new JsonWriter();
        seats.ifPresent(wanted -> json.put("seats", wanted));
        keys.writeTo(json);
        TlsPin.write(json, tls);
        return json.putInstant("leasesUntil", leasesUntil).object();
    }

    static FloatingServer fromJson(JsonObject json) {
        return new FloatingServer(json.has("seats") ? OptionalInt.of(json.count("seats")) : OptionalInt.empty(), LeaseKeys.readFrom(json), TlsPin.read(json),
                json.optionalInstant("leasesUntil"));
    }
}
