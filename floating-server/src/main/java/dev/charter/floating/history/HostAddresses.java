package dev.charter.floating.history;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// From where hosts last got a lease, in memory only: after a start each is known again with its next renewal. Of more hosts than are remembered, those that came least lately are forgotten.
public final class HostAddresses {
    private static final int MOST = 20_000;

    private final Map<String, String> byHost = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST;
        }
    };

    /// @param host ID of the host's key
    public synchronized void came(String host, String address) {
        byHost.put(host, address);
    }

    public synchronized Optional<String> of(String host) {
        return Optional.ofNullable(byHost.get(host));
    }
}
