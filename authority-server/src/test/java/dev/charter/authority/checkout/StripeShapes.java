package dev.charter.authority.checkout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What Stripe's objects look like, as far as they are used here: see `stripe/objects.json`.
final class StripeShapes {
    private final JsonNode objects;

    StripeShapes() {
        try (var file = StripeShapes.class.getResourceAsStream("/stripe/objects.json")) {
            objects = JsonMapper.shared().readTree(file.readAllBytes()).get("objects");
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /// In what an object is not as Stripe's would be; by what it says that it is.
    List<String> mistakes(JsonNode object) {
        var found = new ArrayList<String>();
        check(object.path("object").asString(""), object, object.path("object").asString("?"), found);
        if (object.path("object").asString("").equals("event")) {
            var inside = object.path("data").path("object");
            check(inside.path("object").asString(""), inside, "event.data.object", found);
        }
        return found;
    }

    private void check(String kind, JsonNode object, String where, List<String> found) {
        var shape = objects.path(kind);
        if (shape.isMissingNode()) {
            found.add(where + " is a \"" + kind + "\", of which nothing is known");
            return;
        }
        shape.get("required").forEach(name -> {
            if (!object.has(name.asString())) {
                found.add(where + " lacks " + name.asString());
            }
        });
        object.propertyStream().forEach(field -> {
            var type = shape.get("fields").path(field.getKey());
            if (type.isMissingNode()) {
                found.add(where + " has " + field.getKey() + ", of which nothing is known");
            } else {
                check(type, field.getValue(), where + "." + field.getKey(), found);
            }
        });
        if (kind.equals("list")) {
            object.path("data").forEach(one -> check(one.path("object").asString(""), one, where + ".data", found));
        }
    }

    private void check(JsonNode type, JsonNode value, String where, List<String> found) {
        if (type.isArray()) {
            if (type.valueStream().noneMatch(value::equals)) {
                found.add(where + " is " + value + ", and one of " + type);
            }
            return;
        }
        var text = type.asString();
        boolean nullable = text.endsWith("?");
        var name = nullable ? text.substring(0, text.length() - 1) : text;
        if (value.isNull()) {
            if (!nullable) {
                found.add(where + " is null");
            }
            return;
        }
        switch (name.charAt(0)) {
            case '#' -> check(name.substring(1), value, where, found);
            case '@' -> {
                if (value.isObject()) {
                    check(name.substring(1), value, where, found);
                } else if (!value.isString()) {
                    found.add(where + " is " + value + ", and an ID or an object");
                }
            }
            case '*' -> check("list", value, where, found);
            default -> {
                boolean holds = switch (name) {
                    case "integer" -> value.isIntegralNumber();
                    case "string" -> value.isString();
                    case "boolean" -> value.isBoolean();
                    case "object" -> value.isObject();
                    case "array" -> value.isArray();
                    default -> throw new IllegalStateException("there is no type " + name);
                };
                if (!holds) {
                    found.add(where + " is " + value + ", and no " + name);
                }
            }
        }
    }
}
