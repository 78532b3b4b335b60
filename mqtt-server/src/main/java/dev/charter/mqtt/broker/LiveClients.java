package dev.charter.mqtt.broker;

import com.hivemq.extension.sdk.api.packets.disconnect.DisconnectReasonCode;
import com.hivemq.extension.sdk.api.services.session.ClientService;
import com.hivemq.extension.sdk.api.services.session.SessionInformation;
import com.hivemq.persistence.clientqueue.ClientQueuePersistence;
import com.hivemq.persistence.clientsession.ClientSessionSubscriptionPersistence;
import dev.charter.mqtt.clients.Client;
import dev.charter.mqtt.clients.ClientEvent;
import dev.charter.mqtt.clients.Clients;
import dev.charter.mqtt.clients.Subscription;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The clients: what was seen of their connections, beside the sessions that the broker keeps. After a restart nothing is known of a client that is away but its session.
final class LiveClients implements Clients {
    /// What was seen of a client's latest connection.
    ///
    /// @param connection tells it from others of the same client
    record Seen(Object connection, Optional<String> username, Optional<InetAddress> address, Optional<String> listener, String protocol, int keepAlive, boolean cleanStart,
            Instant connectedAt, Optional<Instant> disconnectedAt) {
        Seen gone(Instant at) {
            return new Seen(connection, username, address, listener, protocol, keepAlive, cleanStart, connectedAt, Optional.of(at));
        }

        boolean isUp() {
            return disconnectedAt.isEmpty();
        }
    }

    private final InstantSource clock;
    private final EventBook events;
    private final Supplier<Engine> engine;
    private final ConcurrentMap<String, Seen> seen = new ConcurrentHashMap<>();

    LiveClients(InstantSource clock, EventBook events, Supplier<Engine> engine) {
        this.clock = clock;
        this.events = events;
        this.engine = engine;
    }

    void connected(String clientId, Seen connection) {
        seen.put(clientId, connection);
    }

    /// @return what was seen of that very connection, if it is still the client's latest
    Optional<Seen> disconnected(String clientId, Object connection) {
        var gone = new Seen[1];
        seen.computeIfPresent(clientId, (id, latest) -> {
            if (latest.connection() != connection || !latest.isUp()) {
                return latest;
            }
            gone[0] = latest;
            return latest.gone(clock.instant());
        });
        return Optional.ofNullable(gone[0]);
    }

    /// The user name of a client that is connected now.
    Optional<Seen> up(String clientId) {
        return Optional.ofNullable(seen.get(clientId)).filter(Seen::isUp);
    }

    List<String> upWhere(Predicate<Seen> condition) {
        return seen.entrySet().stream().filter(entry -> entry.getValue().isUp() && condition.test(entry.getValue())).map(java.util.Map.Entry::getKey).toList();
    }

    @Override
    public Collection<Client> all() {
        var sessions = sessions();
        var queued = sessions.stream().map(this::queued).toList();
        var clients = new ArrayList<Client>(sessions.size());
        for (int i = 0; i < sessions.size(); i++) {
            clients.add(client(sessions.get(i), Waiting.on(queued.get(i))));
        }
        forgetAllBut(sessions);
        clients.sort(Comparator.comparing(Client::clientId));
        return clients;
    }

    private List<SessionInformation> sessions() {
        var found = new ArrayList<SessionInformation>();
        Waiting.on(engine.get().part(ClientService.class).iterateAllClients((context, session) -> found.add(session), Runnable::run));
        return found;
    }

    /// What is known of clients without a session is of no use any more.
    private void forgetAllBut(List<SessionInformation> sessions) {
        var ids = new java.util.HashSet<String>();
        sessions.forEach(session -> ids.add(session.getClientIdentifier()));
        seen.entrySet().removeIf(entry -> !entry.getValue().isUp() && !ids.contains(entry.getKey()));
    }

    @Override
    public Optional<Client> byId(String clientId) {
        return Waiting.on(engine.get().part(ClientService.class).getSession(clientId)).map(session -> client(session, Waiting.on(queued(session))));
    }

    private Future<Integer> queued(SessionInformation session) {
        return engine.get().part(ClientQueuePersistence.class).size(session.getClientIdentifier(), false);
    }

    private Client client(SessionInformation session, int queued) {
        var id = session.getClientIdentifier();
        var subscriptions = engine.get().part(ClientSessionSubscriptionPersistence.class).getSubscriptions(id).size();
        var latest = Optional.ofNullable(seen.get(id));
        return new Client(id, session.isConnected(), latest.flatMap(Seen::username), latest.flatMap(Seen::address).map(InetAddress::getHostAddress), latest.flatMap(Seen::listener),
                latest.map(Seen::protocol), latest.map(Seen::keepAlive).orElse(0), latest.map(Seen::cleanStart).orElse(false), session.getSessionExpiryInterval(),
                latest.map(Seen::connectedAt), latest.flatMap(Seen::disconnectedAt), subscriptions, queued);
    }

    @Override
    public List<Subscription> subscriptionsOf(String clientId) {
        return engine.get().part(ClientSessionSubscriptionPersistence.class).getSubscriptions(clientId).stream()
                .map(topic -> new Subscription(topic.getTopic(), topic.getQoS().getQosNumber(), topic.isNoLocal(), topic.isRetainAsPublished()))
                .sorted(Comparator.comparing(Subscription::filter)).toList();
    }

    @Override
    public List<ClientEvent> eventsOf(String clientId) {
        return events.of(clientId);
    }

    @Override
    public boolean disconnect(String clientId) {
        var cut = Waiting.on(engine.get().part(ClientService.class).disconnectClient(clientId, false, DisconnectReasonCode.ADMINISTRATIVE_ACTION, "Disconnected by an administrator."));
        if (cut) {
            events.note(clientId, "cut", "An administrator disconnected it.");
        }
        return cut;
    }

    @Override
    public boolean delete(String clientId) {
        var service = engine.get().part(ClientService.class);
        if (Waiting.on(service.getSession(clientId)).isEmpty()) {
            return false;
        }
        Waiting.on(service.invalidateSession(clientId));
        events.note(clientId, "deleted", "An administrator deleted its session.");
        return true;
    }

    @Override
    public int deleteDisconnected() {
        var service = engine.get().part(ClientService.class);
        var away = sessions().stream().filter(session -> !session.isConnected()).map(SessionInformation::getClientIdentifier).toList();
        away.stream().map(service::invalidateSession).toList().forEach(Waiting::on);
        return away.size();
    }
}
