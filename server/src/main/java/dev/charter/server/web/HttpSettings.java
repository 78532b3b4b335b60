package dev.charter.server.web;

import dev.charter.server.settings.Network;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/// Where and how a server takes requests.
///
/// @param port 0 for any
/// @param mostConnections at once
/// @param trustedProxies whose word about the remote address is believed
/// @param compressed media types whose answers are sent compressed
/// @param largerBodies of paths whose bodies may be larger or slower than [BodyLimit#USUAL]
public record HttpSettings(InetAddress address, int port, int mostConnections, List<Network> trustedProxies, List<String> compressed, Map<String, BodyLimit> largerBodies) {
    public HttpSettings {
        trustedProxies = List.copyOf(trustedProxies);
        compressed = List.copyOf(compressed);
        largerBodies = Map.copyOf(largerBodies);
    }

    BodyLimit bodyLimit(String path) {
        return largerBodies.getOrDefault(path, BodyLimit.USUAL);
    }
}
