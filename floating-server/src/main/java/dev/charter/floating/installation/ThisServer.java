package dev.charter.floating.installation;

import dev.charter.floating.settings.Settings;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// This server as people know it.
public final class ThisServer {
    private final String hostName;
    private final Instant startedAt;
    private volatile Optional<URI> url = Optional.empty();

    /// @param startedAt by the issuer's time
    public static ThisServer of(Settings settings, Instant startedAt) {
        return new ThisServer(settings.hostName().or(Installation::machineName).orElse("unknown"), startedAt);
    }

    private ThisServer(String hostName, Instant startedAt) {
        this.hostName = hostName;
        this.startedAt = startedAt;
    }

    public String hostName() {
        return hostName;
    }

    public String version() {
        return ServerInfo.version();
    }

    public Instant startedAt() {
        return startedAt;
    }

    /// Where it listens, once it does.
    public Optional<URI> url() {
        return url;
    }

    public void listensAt(URI address) {
        url = Optional.of(address);
    }
}
