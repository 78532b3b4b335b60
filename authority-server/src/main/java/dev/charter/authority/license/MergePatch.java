package dev.charter.authority.license;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonValue;
import java.util.LinkedHashMap;

/// JSON merge patch (RFC 7396, section 2).
final class MergePatch {
    private MergePatch() {}

    static JsonObject apply(JsonObject target, JsonObject patch) {
        var merged = new LinkedHashMap<>(target.members());
        patch.members().forEach((name, value) -> {
            if (value instanceof JsonValue.Null) {
                merged.remove(name);
            } else if (value instanceof JsonObject deeper) {
                merged.put(name, apply(merged.get(name) instanceof JsonObject there ? there : new JsonObject(new LinkedHashMap<>()), deeper));
            } else {
                merged.put(name, value);
            }
        });
        return new JsonObject(merged);
    }
}
