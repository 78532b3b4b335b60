package dev.charter.mqtt.listeners;

import java.util.Optional;

/// A listener as it is to be opened.
///
/// @param name unique; for people
/// @param address an IP address
/// @param port 0 for any free one
/// @param certificate the name of one that is kept here, for the kinds that need one
public record ConfiguredListener(String name, ListenerKind kind, String address, int port, boolean enabled, Optional<String> certificate) {}
