package dev.charter.mqtt.clients;

import dev.charter.server.web.PathText;
import dev.charter.server.web.Rejected;
import dev.charter.server.web.Slice;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// The clients over HTTP. In an address, a client ID is base64url of its UTF-8.
@RestController
@RequestMapping("/api/clients")
final class ClientResource {
    private static final Map<String, Comparator<Client>> ORDERS = Map.of(
            "clientId", Comparator.comparing(Client::clientId, String.CASE_INSENSITIVE_ORDER),
            "username", Comparator.comparing(client -> client.username().orElse(""), String.CASE_INSENSITIVE_ORDER),
            "ip", Comparator.comparing(client -> client.ip().orElse("")),
            "listener", Comparator.comparing(client -> client.listener().orElse("")),
            "connected", Comparator.comparing(Client::connected),
            "connectedAt", Comparator.comparing(client -> client.connectedAt().orElse(Instant.EPOCH)),
            "disconnectedAt", Comparator.comparing(client -> client.disconnectedAt().orElse(Instant.EPOCH)),
            "subscriptions", Comparator.comparing(Client::subscriptions),
            "queued", Comparator.comparing(Client::queued));

    /// @param next to be given as `after` for those that follow
    record ClientPage(List<Client> items, Optional<String> next, int total) {}

    record ClientDetails(Client client, List<Subscription> subscriptions, List<ClientEvent> events) {}

    record DeletedClients(int deleted) {}

    private final Clients clients;

    ClientResource(Clients clients) {
        this.clients = clients;
    }

    /// @param sort one of clientId, username, ip, listener, connected, connectedAt, disconnectedAt, subscriptions, queued
    @GetMapping
    ClientPage page(@RequestParam Optional<String> search, @RequestParam Optional<Boolean> connected, @RequestParam Optional<String> sort, @RequestParam Optional<String> order,
            @RequestParam Optional<Integer> limit, @RequestParam Optional<String> after) {
        var text = search.orElse("").toLowerCase(Locale.ROOT);
        var found = clients.all().stream()
                .filter(client -> connected.isEmpty() || client.connected() == connected.get())
                .filter(client -> text.isEmpty() || matches(client, text))
                .sorted(comparator(sort.orElse("clientId"), order.orElse("asc"))).toList();
        var slice = Slice.of(found, limit, after);
        return new ClientPage(slice.items(), slice.next(), slice.total());
    }

    private static boolean matches(Client client, String text) {
        return client.clientId().toLowerCase(Locale.ROOT).contains(text) || client.username().filter(name -> name.toLowerCase(Locale.ROOT).contains(text)).isPresent()
                || client.ip().filter(ip -> ip.contains(text)).isPresent();
    }

    private static Comparator<Client> comparator(String sort, String order) {
        var chosen = ORDERS.get(sort);
        if (chosen == null) {
            throw Rejected.malformed("Clients are not sorted by \"" + sort + "\", but by one of " + String.join(", ", new TreeSet<>(ORDERS.keySet())) + ".");
        }
        var directed = switch (order) {
            case "asc" -> chosen;
            case "desc" -> chosen.reversed();
            default -> throw Rejected.malformed("The order is asc or desc, not \"" + order + "\".");
        };
        return directed.thenComparing(Client::clientId);
    }

    @GetMapping("/{id}")
    ClientDetails show(@PathVariable String id) {
        var clientId = PathText.read(id);
        var client = clients.byId(clientId).orElseThrow(() -> unknown(clientId));
        return new ClientDetails(client, clients.subscriptionsOf(clientId), clients.eventsOf(clientId));
    }

    @PostMapping("/{id}/disconnect")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void disconnect(@PathVariable String id) {
        var clientId = PathText.read(id);
        if (!clients.disconnect(clientId)) {
            throw clients.byId(clientId).isPresent() ? Rejected.conflict("The client " + clientId + " is not connected.") : unknown(clientId);
        }
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id) {
        var clientId = PathText.read(id);
        if (!clients.delete(clientId)) {
            throw unknown(clientId);
        }
    }

    @PostMapping("/delete-disconnected")
    DeletedClients deleteDisconnected() {
        return new DeletedClients(clients.deleteDisconnected());
    }

    private static Rejected unknown(String clientId) {
        return Rejected.unknown("There is no client " + clientId + ".");
    }
}
