package dev.charter.mqtt.broker;

import dev.charter.mqtt.topics.Topic;
import dev.charter.mqtt.topics.Topics;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The topics that were published to since the start, at most so many, with so many characters altogether: those that come later are not remembered.
final class SeenTopics implements Topics {
    static final int MOST = 20_000;
    private static final long MOST_CHARACTERS = 4_000_000;
    private static final int MOST_MATCHES = 1_000;

    private static final class Seen {
        private final LongAdder messages = new LongAdder();
        private volatile long lastMillis;
    }

    private final InstantSource clock;
    private final Supplier<Set<String>> retained;
    private final LongAdder characters = new LongAdder();
    private final ConcurrentMap<String, Seen> seen = new ConcurrentHashMap<>();

    /// @param retained the topics that keep a message
    SeenTopics(InstantSource clock, Supplier<Set<String>> retained) {
        this.clock = clock;
        this.retained = retained;
    }

    void note(String topic) {
        var known = seen.get(topic);
        if (known == null) {
            if (seen.size() >= MOST || characters.sum() >= MOST_CHARACTERS) {
                return;
            }
            known = seen.computeIfAbsent(topic, absent -> {
                characters.add(absent.length());
                return new Seen();
            });
        }
        known.messages.increment();
        known.lastMillis = clock.millis();
    }

    @Override
    public List<Topic> below(String parent) {
        var prefix = parent.isEmpty() ? "" : parent + "/";
        var kept = retained.get();
        var grandchildren = new TreeMap<String, Set<String>>();
        Stream.concat(seen.keySet().stream(), kept.stream()).filter(topic -> topic.startsWith(prefix)).forEach(topic -> {
            var end = topic.indexOf('/', prefix.length());
            var below = grandchildren.computeIfAbsent(end < 0 ? topic : topic.substring(0, end), absent -> new TreeSet<>());
            if (end >= 0) {
                var next = topic.indexOf('/', end + 1);
                below.add(next < 0 ? topic.substring(end + 1) : topic.substring(end + 1, next));
            }
        });
        return grandchildren.entrySet().stream().map(entry -> topic(entry.getKey(), entry.getKey().substring(prefix.length()), entry.getValue().size(), kept)).toList();
    }

    @Override
    public List<Topic> matching(String text) {
        var kept = retained.get();
        return Stream.concat(seen.keySet().stream(), kept.stream()).filter(topic -> topic.contains(text)).distinct().sorted().limit(MOST_MATCHES)
                .map(topic -> topic(topic, topic.substring(topic.lastIndexOf('/') + 1), 0, kept)).toList();
    }

    private Topic topic(String topic, String name, int children, Set<String> kept) {
        var known = seen.get(topic);
        return new Topic(name, topic, children, known == null ? 0 : known.messages.sum(), known == null ? Optional.empty() : Optional.of(Instant.ofEpochMilli(known.lastMillis)),
                kept.contains(topic));
    }
}
