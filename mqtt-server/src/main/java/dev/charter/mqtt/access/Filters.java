package dev.charter.mqtt.access;

import java.util.List;

/// How two topic filters lie to each other (MQTT 5, section 4.7).
final class Filters {
    private Filters() {}

    /// Whether some topic matches both.
    static boolean meet(List<String> one, List<String> other) {
        if (ownAgainstWildcard(one, other) || ownAgainstWildcard(other, one)) {
            return false;
        }
        for (int i = 0;; i++) {
            if (isRest(one, i) || isRest(other, i)) {
                return true;
            }
            if (i == one.size() || i == other.size()) {
                return i == one.size() && i == other.size();
            }
            if (!one.get(i).equals(other.get(i)) && !one.get(i).equals("+") && !other.get(i).equals("+")) {
                return false;
            }
        }
    }

    /// Whether each topic that the inner one matches is matched by the outer one.
    static boolean holds(List<String> outer, List<String> inner) {
        if (ownAgainstWildcard(inner, outer)) {
            return false;
        }
        for (int i = 0;; i++) {
            if (isRest(outer, i)) {
                return true;
            }
            if (isRest(inner, i)) {
                return false;
            }
            if (i == outer.size() || i == inner.size()) {
                return i == outer.size() && i == inner.size();
            }
            if (!outer.get(i).equals("+") && !outer.get(i).equals(inner.get(i))) {
                return false;
            }
        }
    }

    private static boolean isRest(List<String> filter, int level) {
        return level < filter.size() && filter.get(level).equals("#");
    }

    private static boolean ownAgainstWildcard(List<String> own, List<String> wildcard) {
        return own.getFirst().startsWith("$") && (wildcard.getFirst().equals("#") || wildcard.getFirst().equals("+"));
    }
}
