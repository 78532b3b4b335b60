package dev.charter.mqtt.settings;

import dev.charter.server.log.LogForm;
import dev.charter.server.settings.GivenSettings;
import dev.charter.server.settings.Secret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// How this server was set up, checked once at its start. It does not change while the server runs.
///
/// @param data the data folder
/// @param shown all settings with where they come from, for people; secrets as `***`
public record Settings(Path data, Console console, Mqtt mqtt, Limits limits, Optional<Path> mqttUsersFile, License license, Optional<FirstAdministrator> firstAdministrator,
        Optional<Path> setupTokenFile, Optional<String> hostName, LogForm log, List<GivenSettings.Shown> shown) {

    public Settings {
        shown = List.copyOf(shown);
    }

    /// @param hosts names by which browsers reach the console, in lower case
    public record Console(InetAddress address, int port, List<String> hosts) {
        public Console {
            hosts = List.copyOf(hosts);
        }
    }

    /// Ports are 0 for any free one, and absent where the listener is off.
    ///
    /// @param given the listeners whose port was given, and not left to be what is usual: `tcp`, `tls`, `ws`, `wss`
    public record Mqtt(InetAddress address, OptionalInt tcpPort, OptionalInt tlsPort, OptionalInt wsPort, OptionalInt wssPort, Optional<Tls> tls, Set<String> given) {
        public Mqtt {
            given = Set.copyOf(given);
        }
    }

    /// @param certificate PEM, the server's certificate first
    /// @param key PEM, PKCS#8
    public record Tls(Path certificate, Path key) {}

    /// @param keepAliveSeconds the longest
    /// @param sessionExpirySeconds the longest
    /// @param messageExpirySeconds the longest
    /// @param connectRate in one second
    /// @param publishRatePerClient in one second
    public record Limits(int connections, int packetBytes, int queuedMessages, int keepAliveSeconds, long sessionExpirySeconds, long messageExpirySeconds,
            int subscriptionsPerClient, int connectRate, int publishRatePerClient) {}

    /// @param portal the page that answers usage requests
    /// @param supportEmail where usage requests are mailed to
    /// @param key activated at the start, unless the license is there already
    /// @param leased whether the key is used to ask for a seat at once
    /// @param servers the floating servers that a seat is taken from, in this order
    /// @param features what is asked for there; none: all
    /// @param slot the name that the seat belongs to
    /// @param trial whether a trial is started where there is no license
    public record License(Optional<URI> authority, Optional<URI> portal, Optional<String> supportEmail, Optional<Path> trustAnchor, Optional<Secret> key, boolean leased, List<URI> servers, List<String> features, Optional<String> slot, boolean trial, Optional<InetSocketAddress> proxy) {}

    /// Made at the start where there is no user of that name.
    public record FirstAdministrator(String name, Secret password) {}
}
