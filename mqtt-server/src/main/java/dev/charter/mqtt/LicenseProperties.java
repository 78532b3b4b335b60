package dev.charter.mqtt;

import dev.charter.format.DocumentRejected;
import dev.charter.format.LicenseKey;
import dev.charter.format.TrustAnchor;
import dev.charter.server.settings.CannotStart;
import dev.charter.server.settings.Secret;
import dev.charter.mqtt.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;

/// The server's settings, as the starter expects its own.
final class LicenseProperties {
    private static final String PREFIX = "charter.license.";
    /// Where a vendor who ships this server builds its trust anchor in.
    private static final String BUILT_IN = "charter/trust-anchor.json";
    /// What the build knows of this version.
    private static final String BUILD = "charter/build.properties";
    private static final int LENGTH_OF_DAY = "2026-11-28".length();

    private LicenseProperties() {}

    /// @throws CannotStart when there is no trust anchor
    static Map<String, Object> of(Settings settings) {
        var properties = new LinkedHashMap<String, Object>();
        properties.put(PREFIX + "product", "mqtt-server");
        properties.put(PREFIX + "product-title", "MQTT Server");
        properties.put(PREFIX + "trust-anchor", anchor(settings.license()));
        properties.put(PREFIX + "home", settings.data().resolve("license").toString());
        properties.put(PREFIX + "trial.features", "mqtt,sparkplug");
        properties.put(PREFIX + "trial.start", settings.license().trial());
        properties.put(PREFIX + "titles.mqtt", "MQTT Server");
        properties.put(PREFIX + "titles.sparkplug", "Sparkplug Aware");
        properties.put(PREFIX + "titles.snowflake", "IoT Bridge for Snowflake");
        properties.put(PREFIX + "titles.snowflake-messages", "IoT Bridge for Snowflake");
        properties.put(PREFIX + "units.snowflake-messages", "messages");
        properties.put(PREFIX + "words.unlicensed", "MQTT clients are refused");
        properties.put(PREFIX + "words.over", "MQTT clients will be refused");
        var build = build();
        properties.put(PREFIX + "released", Objects.requireNonNull(build.getProperty("released")).substring(0, LENGTH_OF_DAY));
        properties.put(PREFIX + "security-update", Objects.requireNonNull(build.getProperty("security-update")));
        settings.license().authority().ifPresent(url -> properties.put(PREFIX + "authority", url.toString()));
        settings.license().portal().ifPresent(url -> properties.put(PREFIX + "vendor.portal-url", url.toString()));
        settings.license().supportEmail().ifPresent(address -> properties.put(PREFIX + "vendor.support-email", address));
        settings.license().key().ifPresent(key -> properties.put(PREFIX + "key", whole(key)));
        properties.put(PREFIX + "leased", settings.license().leased());
        if (!settings.license().servers().isEmpty()) {
            properties.put(PREFIX + "servers", settings.license().servers().stream().map(URI::toString).collect(Collectors.joining(",")));
        }
        if (!settings.license().features().isEmpty()) {
            properties.put(PREFIX + "features", String.join(",", settings.license().features()));
        }
        settings.license().slot().ifPresent(name -> properties.put(PREFIX + "slot", name));
        settings.license().proxy().ifPresent(proxy -> properties.put(PREFIX + "proxy", proxy.getHostString() + ":" + proxy.getPort()));
        settings.hostName().ifPresent(name -> properties.put(PREFIX + "host-name", name));
        if (!settings.console().hosts().isEmpty()) {
            properties.put(PREFIX + "page.hosts", String.join(",", settings.console().hosts()));
        }
        return properties;
    }

    private static Properties build() {
        var build = new Properties();
        try (var stream = new ClassPathResource(BUILD).getInputStream()) {
            build.load(stream);
            return build;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// @throws CannotStart when it is mistyped
    private static String whole(Secret key) {
        return switch (LicenseKey.read(key.revealSecret())) {
            case LicenseKey.Reading.Whole _ -> key.revealSecret();
            case LicenseKey.Reading.Faulty faulty -> throw CannotStart.wrongSettings("CHARTER_MQTT_LICENSE_KEY, or CHARTER_MQTT_LICENSE_KEY_FILE: " + faulty.message());
        };
    }

    private static String anchor(Settings.License license) {
        var named = license.trustAnchor();
        if (named.isEmpty()) {
            if (new ClassPathResource(BUILT_IN).exists()) {
                return "classpath:" + BUILT_IN;
            }
            throw CannotStart.wrongSettings("CHARTER_MQTT_LICENSE_TRUST_ANCHOR is missing: this program has no vendor's trust anchor built in. Name the vendor's trust-anchor.json.");
        }
        try {
            TrustAnchor.read(Files.readAllBytes(named.get()));
        } catch (IOException | DocumentRejected unusable) {
            throw CannotStart.wrongSettings("CHARTER_MQTT_LICENSE_TRUST_ANCHOR is " + named.get() + ", which is no trust anchor: " + unusable.getMessage());
        }
        return named.get().toUri().toString();
    }
}
