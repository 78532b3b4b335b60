package dev.charter.format;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Meter readings, signed by the host. A floating server signs one at the end of a file, over all that stands above it.
///
/// @param product the product that counted
/// @param license the license's ID
/// @param hostKeys the host's public keys
/// @param sequence grows by one with each report, so that a missing one is seen
/// @param from begin of the period, by the host's clock
/// @param until its end, exclusive
/// @param readings what was counted
/// @param records what the report stands below
public record UsageReport(String product, String license, SignerKeys hostKeys, long sequence, Instant from, Instant until, List<Reading> readings, Optional<Records> records)
        implements Payload {
    private static final Set<String> KNOWN = Set.of("format", "crit", "product", "license", "keys", "sequence", "from", "until", "readings", "records");

    /// One meter: what was counted in the period, and altogether since the activation.
    public record Reading(String meter, long counted, long total) {
        public Reading {
            Name.require(meter, "the meter");
            Require.number(total, 0, "a meter's total");
            Require.that(counted >= 0 && total >= counted, "a meter's total (%s) includes what the period counted (%s)", total, counted);
        }
    }

    /// Lines of a file, each of which ends with a line feed, that are reported as they are.
    ///
    /// @param of what they are, such as `usage`
    /// @param count how many
    /// @param digest of all of them, line feeds included
    public record Records(String of, long count, Digest digest) {
        public Records {
            Name.require(of, "what the records are");
            Require.number(count, 0, "a number of records");
        }

        private JsonObject toJson() {
            return new JsonWriter().put("of", of).put("count", count).put("digest", digest.value().toArray()).object();
        }

        private static Records fromJson(JsonObject json) {
            return new Records(json.text("of"), json.number("count"), new Digest(Bytes.of(json.bytes("digest"))));
        }
    }

    /// Of a host that counted, and nothing else.
    public UsageReport(String product, String license, SignerKeys hostKeys, long sequence, Instant from, Instant until, List<Reading> readings) {
        this(product, license, hostKeys, sequence, from, until, readings, Optional.empty());
    }

    public UsageReport {
        Name.require(product, "the product");
        Require.text(license, "the license's ID");
        Require.number(sequence, 1, "a sequence");
        from = WholeSeconds.of(from);
        until = WholeSeconds.of(until);
        Require.that(!until.isBefore(from), "the period ends before it begins");
        readings = List.copyOf(readings);
    }

    @Override
    public DocumentKind kind() {
        return DocumentKind.USAGE_REPORT;
    }

    @Override
    public JsonObject toJson() {
        var json = new JsonWriter().put("format", FORMAT).put("product", product).put("license", license).put("keys", hostKeys.toJson())
                .put("sequence", sequence).put("from", from).put("until", until)
                .putObjects("readings", readings.stream().map(r -> new JsonWriter().put("meter", r.meter()).put("counted", r.counted()).put("total", r.total()).object()).toList());
        records.ifPresent(stand -> json.put("records", stand.toJson()));
        return json.object();
    }

    public static UsageReport read(byte[] payload) {
        return Payload.read(payload, KNOWN, json -> new UsageReport(json.text("product"), json.text("license"), SignerKeys.fromJson(json.object("keys")),
                json.number("sequence"), json.instant("from"), json.instant("until"),
                json.objects("readings").stream().map(r -> new Reading(r.text("meter"), r.number("counted"), r.number("total"))).toList(),
                json.optionalObject("records").map(Records::fromJson)));
    }
}
