package dev.charter.mqtt.access;

import dev.charter.mqtt.access.MqttUsers.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// MQTT users as JSON: an array of `{"name", "enabled", "passwordHash", "rules": [{"action", "allow", "filter"}]}`. Unknown names are refused.
final class UsersText {
    private static final JsonMapper JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.INDENT_OUTPUT).build();

    private UsersText() {}

    static String write(List<MqttUser> users) {
        var array = JSON.createArrayNode();
        for (var user : users) {
            var object = array.addObject().put("name", user.name()).put("enabled", user.enabled()).put("passwordHash", user.passwordHash());
            var rules = object.putArray("rules");
            for (var rule : user.rules()) {
                rules.addObject().put("action", rule.action().name().toLowerCase(Locale.ROOT)).put("allow", rule.allow()).put("filter", rule.filter());
            }
        }
        return JSON.writeValueAsString(array) + "\n";
    }

    static List<MqttUser> read(String text) {
        var users = new ArrayList<MqttUser>();
        for (var user : array(text)) {
            requireOnly(user, Set.of("name", "enabled", "passwordHash", "rules"));
            users.add(new MqttUser(string(user, "name"), user.path("enabled").asBoolean(true), string(user, "passwordHash"), rules(user)));
        }
        return users;
    }

    static List<Wanted> readWanted(String text) {
        var users = new ArrayList<Wanted>();
        for (var user : array(text)) {
            requireOnly(user, Set.of("name", "enabled", "password", "rules"));
            var password = user.has("password") ? Optional.of(string(user, "password")) : Optional.<String>empty();
            users.add(new Wanted(string(user, "name"), user.path("enabled").asBoolean(true), password, rules(user)));
        }
        return users;
    }

    private static JsonNode array(String text) {
        try {
            var tree = JSON.readTree(text);
            if (!tree.isArray()) {
                throw new IllegalArgumentException("it is not an array of users");
            }
            return tree;
        } catch (JacksonException malformed) {
            // Its own message would quote the text, a password perhaps.
            throw new IllegalArgumentException("it is not JSON, at line " + malformed.getLocation().getLineNr());
        }
    }

    private static List<Rule> rules(JsonNode user) {
        var rules = new ArrayList<Rule>();
        for (var rule : user.path("rules")) {
            requireOnly(rule, Set.of("action", "allow", "filter"));
            rules.add(new Rule(action(string(rule, "action")), rule.path("allow").asBoolean(true), string(rule, "filter")));
        }
        return rules;
    }

    private static Rule.Action action(String text) {
        return switch (text) {
            case "publish" -> Rule.Action.PUBLISH;
            case "subscribe" -> Rule.Action.SUBSCRIBE;
            case "both" -> Rule.Action.BOTH;
            default -> throw new IllegalArgumentException("the action \"" + text + "\" is none of publish, subscribe, both");
        };
    }

    private static String string(JsonNode object, String name) {
        var value = object.path(name);
        if (!value.isString()) {
            throw new IllegalArgumentException("\"" + name + "\" is missing or is not a text");
        }
        return value.asString();
    }

    private static void requireOnly(JsonNode object, Set<String> names) {
        if (!object.isObject()) {
            throw new IllegalArgumentException("something other than an object is among them");
        }
        for (var name : object.propertyNames()) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException("\"" + name + "\" is none of " + new TreeSet<>(names));
            }
        }
    }
}
