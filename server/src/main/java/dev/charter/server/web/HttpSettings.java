package dev.charter.server.web;

import dev.charter.server.settings.Network;
import dev.charter.server.tls.Identity;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where and how a server takes requests.
///
/// @param port 0 for any
/// @param mostConnections at once
/// @param trustedProxies whose word about the remote address is believed
/// @param compressed media types whose answers are sent compressed
/// @param largerBodies of paths whose bodies may be larger or slower than [BodyLimit#USUAL]
/// @param tls what it shows to whoever connects; without it, it speaks HTTP in the clear
public record HttpSettings(InetAddress address, int port, int mostConnections, List<Network> trustedProxies, List<String> compressed, Map<String, BodyLimit> largerBodies,
        Optional<Identity> tls) {
    public HttpSettings {
        trustedProxies = List.copyOf(trustedProxies);
        compressed = List.copyOf(compressed);
        largerBodies = Map.copyOf(largerBodies);
    }

    /// A server that speaks HTTP in the clear.
    public HttpSettings(InetAddress address, int port, int mostConnections, List<Network> trustedProxies, List<String> compressed, Map<String, BodyLimit> largerBodies) {
        this(address, port, mostConnections, trustedProxies, compressed, largerBodies, Optional.empty());
    }

    BodyLimit bodyLimit(String path) {
        return largerBodies.getOrDefault(path, BodyLimit.USUAL);
    }
}
