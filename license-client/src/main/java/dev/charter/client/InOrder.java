package dev.charter.client;

import dev.charter.format.DocumentKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Several servers of one issuer: where one does not answer, the next one is asked.
final class InOrder implements Transport, AutoCloseable {
    private final List<HttpTransport> servers;

    InOrder(List<HttpTransport> servers) {
        this.servers = List.copyOf(servers);
    }

    /// Where none answers: what stood in the way of each, and the shortest time that one of them asked to wait.
    @Override
    public Reply post(DocumentKind kind, byte[] document) {
        return first(server -> server.post(kind, document));
    }

    @Override
    public boolean sells() {
        return true;
    }

    @Override
    public Reply ask(String path, Optional<byte[]> json) {
        return first(server -> server.ask(path, json));
    }

    private Reply first(Function<HttpTransport, Reply> asking) {
        var reasons = new ArrayList<String>();
        Optional<Duration> wait = Optional.empty();
        for (var server : servers) {
            var reply = asking.apply(server);
            if (!(reply instanceof Reply.Unreachable none) || Thread.currentThread().isInterrupted()) {
                return reply;
            }
            reasons.add(none.reason());
            wait = Stream.concat(wait.stream(), none.retryAfter().stream()).min(Comparator.naturalOrder());
        }
        return new Reply.Unreachable(String.join(" ", reasons), wait);
    }

    @Override
    public void close() {
        servers.forEach(HttpTransport::close);
    }
}
