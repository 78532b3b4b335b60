package dev.charter.client;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonValue;
import dev.charter.format.json.MalformedJson;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a floating server says about its pools, unsigned: good for knowing what to ask for, and for nothing else.
sealed interface PoolList {
    /// @param pools of this product only
    record Told(List<Entry> pools) implements PoolList {}

    record Nothing(String reason, Optional<Duration> retryAfter) implements PoolList {}

    /// @param limited of features that fewer seats have: how many are free
    record Entry(String license, long free, Set<String> features, Map<String, Long> limited) {
        private boolean seemsToHave(List<String> wanted) {
            return free > 0 && features.containsAll(wanted) && wanted.stream().allMatch(feature -> limited.getOrDefault(feature, 1L) > 0);
        }
    }

    /// A server that has more is asked for the first of them only.
    int MOST_POOLS = 8;

    static PoolList of(URI server, Transport.Reply reply, String product) {
        if (reply instanceof Transport.Reply.Unreachable none) {
            return new Nothing(none.reason(), none.retryAfter());
        }
        try {
            var body = new String(((Transport.Reply.Answered) reply).document(), StandardCharsets.UTF_8);
            var told = JsonReader.object("{\"pools\":" + body + "}").objects("pools");
            return new Told(told.stream().filter(pool -> pool.text("product").equals(product)).limit(MOST_POOLS).map(PoolList::entry).toList());
        } catch (MalformedJson noise) {
            return new Nothing("What answered at " + server + " is no floating server. Check the address.", Optional.empty());
        }
    }

    private static Entry entry(JsonObject json) {
        var limited = new HashMap<String, Long>();
        var features = new java.util.HashSet<String>();
        if (json.members().get("features") instanceof JsonValue.Items items) {
            for (var item : items.values()) {
                if (item instanceof JsonValue.Text text) {
                    features.add(text.value());
                } else if (item instanceof JsonObject feature) {
                    features.add(feature.text("name"));
                    feature.optionalNumber("free").ifPresent(free -> limited.put(feature.text("name"), free));
                }
            }
        }
        return new Entry(json.text("license"), json.number("free"), Set.copyOf(features), Map.copyOf(limited));
    }

    /// Those first that seem to have what is wanted; else as the server tells them.
    static List<Entry> inOrder(List<Entry> pools, List<String> wanted) {
        return pools.stream().sorted(Comparator.comparing(pool -> !pool.seemsToHave(wanted))).toList();
    }
}
