package dev.charter.mqtt.access;

import java.nio.charset.StandardCharsets;

/// One line of what a user may do. Of all rules that match a topic one that denies wins, whatever their order; where none matches, nothing is allowed.
///
/// @param filter a topic filter with `+` and `#` (MQTT 5, section 4.7), in which `%c` stands for the client ID and `%u` for the user name
public record Rule(Action action, boolean allow, String filter) {
    private static final int LONGEST = 1_000;

    /// What a client does to a topic.
    public enum Action {
        PUBLISH, SUBSCRIBE, BOTH;

        boolean covers(Action one) {
            return this == BOTH || this == one;
        }
    }

    /// @throws IllegalArgumentException with a sentence for people, when the filter is not one
    public Rule {
        var mistake = mistake(filter);
        if (!mistake.isEmpty()) {
            throw new IllegalArgumentException("\"" + filter + "\" is not a topic filter: " + mistake + ".");
        }
    }

    public static Rule allow(Action action, String filter) {
        return new Rule(action, true, filter);
    }

    public static Rule deny(Action action, String filter) {
        return new Rule(action, false, filter);
    }

    private static String mistake(String filter) {
        if (filter.isEmpty() || filter.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            return "it has 1 to " + LONGEST + " bytes";
        }
        if (filter.indexOf('\0') >= 0) {
            return "it has a NUL in it";
        }
        if (filter.startsWith("$share/")) {
            return "a rule is about topics, however they are shared";
        }
        var levels = filter.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            if (levels[i].contains("#") && (!levels[i].equals("#") || i < levels.length - 1)) {
                return "# stands alone and at the end";
            }
            if (levels[i].contains("+") && !levels[i].equals("+")) {
                return "+ stands alone between slashes";
            }
        }
        return "";
    }

    /// The filter for one client. Neither name holds what means something in a filter: such clients are not let in.
    String filterFor(String clientId, String username) {
        var filled = new StringBuilder(filter.length() + clientId.length());
        for (int i = 0; i < filter.length(); i++) {
            var next = filter.charAt(i) == '%' && i + 1 < filter.length() ? filter.charAt(i + 1) : ' ';
            if (next == 'c' || next == 'u') {
                filled.append(next == 'c' ? clientId : username);
                i++;
            } else {
                filled.append(filter.charAt(i));
            }
        }
        return filled.toString();
    }
}
