package dev.charter.mqtt.clients;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The broker's clients.
public interface Clients {
    Collection<Client> all();

    Optional<Client> byId(String clientId);

    List<Subscription> subscriptionsOf(String clientId);

    /// The latest, newest first.
    List<ClientEvent> eventsOf(String clientId);

    /// Cuts the connection; the session stays.
    ///
    /// @return false when it is not connected
    boolean disconnect(String clientId);

    /// Cuts the connection if there is one, and deletes the session with its subscriptions and what waits.
    ///
    /// @return false when there is none
    boolean delete(String clientId);

    /// Deletes the sessions of all that are away.
    ///
    /// @return how many
    int deleteDisconnected();
}
