package dev.charter.client;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/// The ways to the floating servers, each made when it is first used.
final class ServerLinks implements AutoCloseable {
    private final Function<URI, ServerLink> way;
    private final Map<URI, ServerLink> links = new HashMap<>();

    ServerLinks(Function<URI, ServerLink> way) {
        this.way = way;
    }

    synchronized ServerLink to(URI server) {
        return links.computeIfAbsent(server, way);
    }

    @Override
    public synchronized void close() {
        links.values().forEach(ServerLink::close);
        links.clear();
    }
}
