package dev.charter.format;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonValue;
import dev.charter.format.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Marks of a machine, each hashed for one vendor only: the same machine gives the same ones after a re-installation, and two vendors cannot compare theirs.
public record Fingerprint(SortedMap<String, Bytes> factors) {
    /// A request that fits one QR code has at most 5; nothing reads more than this.
    public static final int MOST_FACTORS = 16;
    /// The length of a factor made by this release, in bytes.
    public static final int FACTOR_LENGTH = 8;
    private static final int LONGEST_FACTOR = 64;

    public Fingerprint {
        Require.that(factors.size() <= MOST_FACTORS, "a fingerprint has at most %s factors, not %s", MOST_FACTORS, factors.size());
        factors.forEach((name, value) -> {
            Name.require(name, "the factor");
            Require.that(value.length() >= FACTOR_LENGTH && value.length() <= LONGEST_FACTOR,
                    "the factor %s has %s bytes; %s to %s are allowed", name, value.length(), FACTOR_LENGTH, LONGEST_FACTOR);
        });
        factors = Collections.unmodifiableSortedMap(new TreeMap<>(factors));
    }

    public static Fingerprint of(Map<String, Bytes> factors) {
        return new Fingerprint(new TreeMap<>(factors));
    }

    /// One factor: the first 8 bytes of HMAC-SHA256 (RFC 2104) under the vendor's name, over the factor's name, a NUL, and the value as read from the machine.
    public static Bytes factor(String vendor, String name, String value) {
        var mac = Hmac.sha256(vendor.getBytes(StandardCharsets.UTF_8), (name + "\0" + value).getBytes(StandardCharsets.UTF_8));
        return Bytes.of(Arrays.copyOf(mac, FACTOR_LENGTH));
    }

    /// How many factors have the same name and value in both.
    public int matching(Fingerprint other) {
        return (int) factors.entrySet().stream().filter(other.factors.entrySet()::contains).count();
    }

    JsonObject toJson() {
        var json = new JsonWriter();
        factors.forEach((name, value) -> json.put(name, value.toBase64Url()));
        return json.object();
    }

    static Fingerprint fromJson(JsonObject json) {
        var factors = new TreeMap<String, Bytes>();
        for (Map.Entry<String, JsonValue> member : json.members().entrySet()) {
            factors.put(member.getKey(), Bytes.of(json.bytes(member.getKey())));
        }
        return new Fingerprint(factors);
    }
}
