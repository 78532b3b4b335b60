package dev.charter.mqtt.broker;

import dev.charter.mqtt.clients.ClientEvent;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What happened to each client lately: the latest events of the clients that something happened to latest.
final class EventBook {
    static final int MOST_CLIENTS = 10_000;
    static final int MOST_EVENTS = 50;
    private static final int LONGEST_TEXT = 300;

    private final InstantSource clock;
    private final Map<String, ArrayDeque<ClientEvent>> byClient = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ArrayDeque<ClientEvent>> eldest) {
            return size() > MOST_CLIENTS;
        }
    };

    EventBook(InstantSource clock) {
        this.clock = clock;
    }

    void note(String clientId, String kind, String text) {
        var event = new ClientEvent(clock.instant(), kind, text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text);
        synchronized (byClient) {
            var events = byClient.computeIfAbsent(clientId, id -> new ArrayDeque<>());
            events.addFirst(event);
            if (events.size() > MOST_EVENTS) {
                events.removeLast();
            }
        }
    }

    /// Newest first.
    List<ClientEvent> of(String clientId) {
        synchronized (byClient) {
            var events = byClient.get(clientId);
            return events == null ? List.of() : new ArrayList<>(events);
        }
    }
}
