package dev.charter.mqtt.clients;

import java.time.Instant;
import java.util.Optional;

/// An MQTT client with a session here, whether it is connected or away.
///
/// @param protocol such as `MQTT 5`
/// @param keepAlive seconds; 0 for none
/// @param sessionExpirySeconds how long the session is kept once it is away
/// @param subscriptions how many
/// @param queued messages that wait for it
public record Client(String clientId, boolean connected, Optional<String> username, Optional<String> ip, Optional<String> listener, Optional<String> protocol, int keepAlive, boolean cleanStart,
        long sessionExpirySeconds, Optional<Instant> connectedAt, Optional<Instant> disconnectedAt, int subscriptions, long queued) {}
