package dev.charter.spring;

import dev.charter.format.LicenseKey;
import dev.charter.format.TrustAnchor;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything that a product says about its license, validated once at its start ([ReadSettings]).
///
/// @param product its name in licenses
/// @param productTitle its name for people
/// @param home where the host's key and license live
/// @param key the license key to activate with at the start
/// @param proxy `host:port`, or `system` for what the JVM is set to
/// @param trial what can be tried without a license; none: nothing
/// @param titles what people call a feature or a meter
/// @param units what a meter counts
/// @param version what is known of the version that runs
record LicenseSettings(String product, String productTitle, TrustAnchor trustAnchor, Optional<URI> authority, Path home, Optional<LicenseKey> key, Optional<String> hostName,
                       Optional<Proxy> proxy, Optional<Duration> connectTimeout, Optional<Duration> answerTimeout, Optional<Duration> refreshInterval, Optional<Trial> trial, Seats seats,
                       Map<String, String> titles, Map<String, String> units, Version version, Vendor vendor, Page page, Wording words) {
    LicenseSettings {
        titles = Map.copyOf(titles);
        units = Map.copyOf(units);
    }

    /// What people call a feature or a meter: its title, else its name.
    String title(String name) {
        return titles.getOrDefault(name, name);
    }

    /// How the product goes about seats.
    ///
    /// @param leased whether licenses are leased here, so that the license key asks for a seat at once; otherwise the authority's answer tells
    /// @param servers the floating servers that a seat is taken from at the start, in the order in which they are tried; none: a person chooses
    /// @param features what is asked for there; none: all that the pool holds
    /// @param slot the name that the product's seat belongs to
    record Seats(boolean leased, List<URI> servers, List<String> features, Optional<String> slot) {
        Seats {
            servers = List.copyOf(servers);
            features = List.copyOf(features);
        }
    }

    /// The way out to the authority. Without an address it is the JVM's own choice.
    record Proxy(Optional<Address> address, Optional<Credentials> credentials) {
        record Address(String host, int port) {}

        record Credentials(String user, String password) {
            @Override
            public String toString() {
                return user + ":***";
            }
        }
    }

    /// @param startsByItself whether one is started with the product, where there is no license
    record Trial(Duration duration, List<String> features, boolean startsByItself) {
        Trial {
            features = List.copyOf(features);
        }
    }

    /// The version of the product that runs.
    ///
    /// @param released when it was released
    /// @param securityUpdate whether it is an update that everybody should have, with support or without
    record Version(Optional<Instant> released, boolean securityUpdate) {}

    /// Whom people turn to.
    ///
    /// @param portalUrl the page that answers usage requests at once
    record Vendor(String name, Optional<String> supportEmail, Optional<String> supportUrl, Optional<URI> portalUrl) {}

    /// @param hosts the names by which browsers reach the product, beside addresses, `localhost` and the machine's own name
    record Page(boolean enabled, String path, List<String> hosts) {
        static final String USUAL_PATH = "/api/license";

        Page {
            hosts = List.copyOf(hosts);
        }
    }

    /// What being without a license means in this product, as the beginning of a sentence.
    ///
    /// @param unlicensed as things are: "MQTT clients are refused"
    /// @param over as they will be: "MQTT clients will be refused"
    record Wording(String unlicensed, String over) {}
}
