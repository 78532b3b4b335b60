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
    /// Of all clients together, those that knock under ever new names among them.
    static final int MOST = 100_000;
    /// Of one client.
    static final int MOST_EVENTS = 50;
    private static final int LONGEST_TEXT = 300;

    private final InstantSource clock;
    private final Map<String, ArrayDeque<ClientEvent>> byClient = new LinkedHashMap<>(16, 0.75f, true);
    private int count;

    EventBook(InstantSource clock) {
        this.clock = clock;
    }

    void note(String clientId, String kind, String text) {
        var event = new ClientEvent(clock.instant(), kind, text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text);
        synchronized (byClient) {
            var events = byClient.computeIfAbsent(clientId, id -> new ArrayDeque<>());
            events.addFirst(event);
            count++;
            if (events.size() > MOST_EVENTS) {
                events.removeLast();
                count--;
            }
            if (count > MOST) {
                var eldest = byClient.entrySet().iterator();
                count -= eldest.next().getValue().size();
                eldest.remove();
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
