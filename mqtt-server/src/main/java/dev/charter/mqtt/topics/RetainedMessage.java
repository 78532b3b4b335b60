package dev.charter.mqtt.topics;

import java.util.Optional;
import java.util.OptionalLong;

/// A message that a topic keeps for whoever subscribes later.
///
/// @param qos 0, 1 or 2
/// @param expirySeconds how long it was to be kept from when it was published on; empty for ever
public record RetainedMessage(String topic, byte[] payload, int qos, OptionalLong expirySeconds, Optional<String> contentType) {}
