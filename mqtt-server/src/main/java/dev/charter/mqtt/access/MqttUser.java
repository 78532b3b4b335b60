package dev.charter.mqtt.access;

import java.util.List;
import java.util.regex.Pattern;

/// Whom MQTT clients log in as. It prints without the password's hash.
///
/// @param name 1 to 200 characters, without what means something in a topic filter
/// @param enabled whether clients may log in
/// @param passwordHash Argon2id in its usual text form
/// @param rules at most 200
public record MqttUser(String name, boolean enabled, String passwordHash, List<Rule> rules) {
    public static final int MOST_RULES = 200;
    private static final Pattern NAME = Pattern.compile("[^+#/\\p{Cntrl}]{1,200}");

    /// @throws IllegalArgumentException with a sentence for people
    public MqttUser {
        rules = List.copyOf(rules);
        if (!mayBeName(name)) {
            throw new IllegalArgumentException("A user name has 1 to 200 characters, without + # / and control characters.");
        }
        if (rules.size() > MOST_RULES) {
            throw new IllegalArgumentException("A user has at most " + MOST_RULES + " rules.");
        }
    }

    /// Whether it can stand in a topic filter and mean nothing but itself.
    static boolean mayBeName(String name) {
        return NAME.matcher(name).matches() && !name.isBlank();
    }

    @Override
    public String toString() {
        return "MqttUser[" + name + (enabled ? "" : ", disabled") + ", " + rules.size() + " rules]";
    }
}
