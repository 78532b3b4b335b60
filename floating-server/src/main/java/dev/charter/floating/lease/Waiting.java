package dev.charter.floating.lease;

import dev.charter.floating.pool.Claim;
import dev.charter.store.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A host that waits for a seat.
///
/// @param host ID of the host's key
/// @param number who has the lowest is next
/// @param features that it waits for
/// @param since when it first asked
/// @param askBy when it loses its place unless it has asked again
public record Waiting(String host, Optional<String> hostName, long number, Optional<String> slot, List<String> features, Instant since, Instant askBy) {
    static final String ALL = "host, host_name, number, slot, features, since, ask_by";

    static Waiting read(Row row) {
        var features = row.text("features");
        return new Waiting(row.text("host"), row.optionalText("host_name"), row.number("number"), row.optionalText("slot"), features.isEmpty() ? List.of() : List.of(features.split(" ")), row.instant("since"),
                row.instant("ask_by"));
    }

    Claim claim() {
        return new Claim(hostName, slot, features);
    }
}
