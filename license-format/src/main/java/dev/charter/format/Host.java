package dev.charter.format;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import java.util.Optional;

/// One installation: its public keys, its fingerprint, and the name by which people know it.
public record Host(SignerKeys keys, Optional<String> name, Fingerprint fingerprint) {
    private static final int LONGEST_NAME = 200;

    public Host {
        name.ifPresent(n -> Require.text(n, "a host's name", LONGEST_NAME));
    }

    JsonObject toJson() {
        return writer().object();
    }

    JsonWriter writer() {
        return new JsonWriter().put("keys", keys.toJson()).putText("name", name).put("factors", fingerprint.toJson());
    }

    static Host fromJson(JsonObject json) {
        return new Host(SignerKeys.fromJson(json.object("keys")), json.optionalText("name"), Fingerprint.fromJson(json.object("factors")));
    }
}
