package dev.charter.mqtt.access;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The filters of many rules, level by level, so that a topic is walked once whatever their number. Nothing is allocated when it is asked.
final class FilterTree {
    private static final int NONE = 0;
    private static final int ALLOW = 1;
    private static final int DENY = 2;

    /// One level. Its children lie in a table that is at most half full, by the hash of their names.
    private static final class Node {
        private String[] names = new String[0];
        private Node[] children = new Node[0];
        private @Nullable Node any;
        /// Verdict of the filters that end here, and of those that go on with `#`.
        private int ending = NONE;
        private int rest = NONE;

        Node child(String name) {
            var found = find(name, 0, name.length());
            return found != null ? found : grow(name);
        }

        private Node grow(String name) {
            var before = new ArrayList<Node>();
            var beforeNames = new ArrayList<String>();
            for (int i = 0; i < names.length; i++) {
                if (children[i] != null) {
                    before.add(children[i]);
                    beforeNames.add(names[i]);
                }
            }
            var made = new Node();
            before.add(made);
            beforeNames.add(name);
            var size = Integer.highestOneBit(before.size() * 2 - 1) * 2;
            names = new String[size];
            children = new Node[size];
            for (int i = 0; i < before.size(); i++) {
                var slot = hash(beforeNames.get(i), 0, beforeNames.get(i).length()) & size - 1;
                while (children[slot] != null) {
                    slot = slot + 1 & size - 1;
                }
                names[slot] = beforeNames.get(i);
                children[slot] = before.get(i);
            }
            return made;
        }

        @Nullable Node find(String text, int from, int to) {
            if (children.length == 0) {
                return null;
            }
            var slot = hash(text, from, to) & children.length - 1;
            while (children[slot] != null) {
                var name = names[slot];
                if (name.length() == to - from && text.startsWith(name, from)) {
                    return children[slot];
                }
                slot = slot + 1 & children.length - 1;
            }
            return null;
        }
    }

    /// @param levels of the filter
    private record Line(List<String> levels, boolean allow) {}

    private final Node root = new Node();
    private final List<Line> lines = new ArrayList<>();

    void add(String filter, boolean allow) {
        var verdict = allow ? ALLOW : DENY;
        var levels = List.of(filter.split("/", -1));
        lines.add(new Line(levels, allow));
        var node = root;
        for (var level : levels) {
            switch (level) {
                case "#" -> {
                    node.rest |= verdict;
                    return;
                }
                case "+" -> {
                    if (node.any == null) {
                        node.any = new Node();
                    }
                    node = node.any;
                }
                default -> node = node.child(level);
            }
        }
        node.ending |= verdict;
    }

    /// Whether a filter that allows matches the topic, and none that denies.
    boolean allows(String topic) {
        // What begins with $ is met by no wildcard at the beginning (MQTT 5, section 4.7.2).
        var own = !topic.isEmpty() && topic.charAt(0) == '$';
        return verdict(root, topic, 0, own) == ALLOW;
    }

    private static int verdict(Node node, String topic, int from, boolean own) {
        var verdict = own ? NONE : node.rest;
        if (from > topic.length()) {
            // "plant/#" matches "plant" as well.
            return verdict | node.ending;
        }
        if (node.children.length == 0 && node.any == null) {
            return verdict;
        }
        var slash = topic.indexOf('/', from);
        var to = slash < 0 ? topic.length() : slash;
        var child = node.find(topic, from, to);
        if (child != null) {
            verdict |= verdict(child, topic, to + 1, false);
        }
        if (node.any != null && !own) {
            verdict |= verdict(node.any, topic, to + 1, false);
        }
        return verdict;
    }

    /// Of the length and three characters: what differs elsewhere only is told apart by comparing.
    private static int hash(String text, int from, int to) {
        var length = to - from;
        if (length == 0) {
            return 0;
        }
        var hash = 31 * (31 * (31 * length + text.charAt(from)) + text.charAt(from + length / 2)) + text.charAt(to - 1);
        return hash ^ hash >>> 16;
    }

    /// Whether something that the filter matches is allowed, so far as the rules tell: a rule that allows meets it, and none that denies holds all of it.
    boolean allowsSomeOf(String filter) {
        var levels = List.of(filter.split("/", -1));
        return lines.stream().anyMatch(line -> line.allow() && Filters.meet(line.levels(), levels)) && lines.stream().noneMatch(line -> !line.allow() && Filters.holds(line.levels(), levels));
    }

    /// Whether everything that the filter matches is allowed: one rule that allows holds all of it, and none that denies meets it.
    boolean allowsAllOf(String filter) {
        var levels = List.of(filter.split("/", -1));
        return lines.stream().anyMatch(line -> line.allow() && Filters.holds(line.levels(), levels)) && lines.stream().noneMatch(line -> !line.allow() && Filters.meet(line.levels(), levels));
    }
}
