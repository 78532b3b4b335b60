package dev.charter.mqtt.clients;

import java.time.Instant;

/// Something that happened to a client.
///
/// @param kind such as `connected`, `disconnected`, `refused`, `subscribed`
/// @param text for people
public record ClientEvent(Instant at, String kind, String text) {}
