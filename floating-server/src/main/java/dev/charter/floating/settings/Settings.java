package dev.charter.floating.settings;

import dev.charter.format.LicenseKey;
import dev.charter.format.TrustAnchor;
import dev.charter.server.access.AccessSettings;
import dev.charter.server.log.LogForm;
import dev.charter.server.settings.Network;
import dev.charter.store.StoreUrl;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How this server is set up: read once at start, whole and valid.
///
/// @param data the data folder
/// @param address where to listen
/// @param port where to listen; 0 for any
/// @param tls with which certificate it speaks TLS
/// @param anchor whose licenses are leased here
/// @param products the products whose licenses are leased here
/// @param licenseKeys by product, as far as they are given
/// @param hostName by which people know this server
/// @param authority the vendor's server; without it licenses come by letter
/// @param trustedProxies whose word about the remote address is believed
public record Settings(Path data, InetAddress address, int port, Tls tls, StoreUrl database, TrustAnchor anchor, List<String> products, Map<String, LicenseKey> licenseKeys, Optional<String> hostName,
        Optional<URI> authority, List<Network> trustedProxies, Console console, LogForm log) {
    /// @param hosts names by which browsers reach the console, in lower case
    /// @param firstAdministrator made at the start where there is no user of that name
    /// @param setupTokenFile where the setup token is written; without it, it is printed
    /// @param nearlyFull an alarm is given when so many of a hundred seats of a pool are taken
    public record Console(List<String> hosts, Optional<AccessSettings.Administrator> firstAdministrator, Optional<Path> setupTokenFile, int nearlyFull) {
        public Console {
            hosts = List.copyOf(hosts);
        }
    }

    public Settings {
        products = List.copyOf(products);
        licenseKeys = Map.copyOf(licenseKeys);
        trustedProxies = List.copyOf(trustedProxies);
    }
}
