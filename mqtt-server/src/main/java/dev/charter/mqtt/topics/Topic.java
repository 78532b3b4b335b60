package dev.charter.mqtt.topics;

import java.time.Instant;
import java.util.Optional;

/// One level of the topic tree.
///
/// @param name of this level alone
/// @param topic from the root on
/// @param children how many levels there are right below
/// @param messages how many were published to this very topic since the server's start
/// @param lastSeen when the latest of them was published
public record Topic(String name, String topic, int children, long messages, Optional<Instant> lastSeen, boolean retained) {}
