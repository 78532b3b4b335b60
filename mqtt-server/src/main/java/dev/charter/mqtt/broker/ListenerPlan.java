package dev.charter.mqtt.broker;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;

/// Where the broker is to listen.
///
/// @param name unique among the listeners; part of the log and of each client's description
/// @param port 0 for any free one
/// @param identity required for [Kind#TLS] and [Kind#WSS], absent otherwise
public record ListenerPlan(String name, Kind kind, InetAddress address, int port, Optional<Identity> identity) {

    /// How bytes travel. WebSockets are served at the path `/mqtt` (MQTT 5, section 6).
    public enum Kind {
        TCP("tcp"), TLS("tls"), WS("ws"), WSS("wss");

        private final String scheme;

        Kind(String scheme) {
            this.scheme = scheme;
        }

        public String scheme() {
            return scheme;
        }

        boolean encrypts() {
            return this == TLS || this == WSS;
        }
    }

    /// Who the server is, in PEM.
    ///
    /// @param certificate the server's own first, then those that signed it
    /// @param key PKCS#8, not encrypted
    public record Identity(Path certificate, Path key) {}

    public ListenerPlan {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A listener needs a name.");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("The listener " + name + " cannot have the port " + port + ": 0 to 65535.");
        }
        if (kind.encrypts() != identity.isPresent()) {
            throw new IllegalArgumentException(kind.encrypts() ? "The listener " + name + " needs a certificate and its key." : "The listener " + name + " has no use for a certificate.");
        }
    }
}
