package dev.charter.mqtt.clients;

/// What a client subscribed to.
///
/// @param filter with wildcards, as the client gave it
/// @param qos 0, 1 or 2
public record Subscription(String filter, int qos, boolean noLocal, boolean retainAsPublished) {}
