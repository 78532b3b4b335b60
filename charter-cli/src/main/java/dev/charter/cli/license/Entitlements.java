package dev.charter.cli.license;

import dev.charter.cli.console.Json;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// The entitlements of a license as the API writes them, one of each name.
final class Entitlements {
    private final Map<String, JsonNode> byName = new LinkedHashMap<>();

    Entitlements(JsonNode list) {
        put(list);
    }

    /// Adds these; one of the same name takes the place of what was there.
    void put(JsonNode list) {
        list.forEach(entitlement -> byName.put(name(entitlement), entitlement));
    }

    /// Takes away; answers those that are not there.
    Collection<String> drop(Collection<String> names) {
        return names.stream().filter(name -> byName.remove(name) == null).toList();
    }

    ArrayNode toJson() {
        return Json.list().addAll(byName.values());
    }

    static String feature(String name) {
        return "feature " + name;
    }

    static String meter(String name) {
        return "meter " + name;
    }

    static final String SUPPORT = "support";

    private static String name(JsonNode entitlement) {
        return entitlement.has("feature") ? feature(entitlement.path("feature").asString("")) : entitlement.has("meter") ? meter(entitlement.path("meter").asString("")) : SUPPORT;
    }
}
