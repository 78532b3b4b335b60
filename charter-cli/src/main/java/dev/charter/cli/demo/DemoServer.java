package dev.charter.cli.demo;

import dev.charter.signing.Strength;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A server that the demo starts: how it is named, which JVM options it gets, and how it is set up for the start that fills its cache.
enum DemoServer {
    AUTHORITY("authority-server", "authority", "CHARTER_AUTHORITY_", "authority.address") {
        /// The heap has room for the derivation of the keys' passphrase, which takes 64 MiB for a moment, and gives back at the next collection what it does not need.
        /// A hybrid answer leaves half a megabyte behind: the young generation is large enough for some eighty of them between two collections.
        @Override
        List<String> options() {
            return withAll("-Xmx256m", "-Xms72m", "-Xmn44m", "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=20", "-XX:-ShrinkHeapInSteps");
        }

        @Override
        Training training(Path scratch, InstantSource clock) throws IOException {
            var passphrase = scratch.resolve("passphrase");
            DemoKeys.ensure(scratch.resolve("vendor"), passphrase, Strength.HYBRID, clock);
            return new Training(authoritySettings(scratch.resolve("authority"), 0, scratch.resolve("vendor").resolve("issuing"), passphrase, scratch.resolve("token")), Optional.empty());
        }
    },
    MQTT("mqtt-server", "MQTT server", "CHARTER_MQTT_", "mqtt-server.json") {
        /// What Netty and Guava, below the broker, do with memory is known, and not worth a warning at every start.
        @Override
        List<String> options() {
            return withAll("--sun-misc-unsafe-memory-access=allow", "-Xmx512m", "-Xms64m", "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=25", "-XX:-ShrinkHeapInSteps");
        }

        /// A whole start and stop, the broker's too.
        @Override
        Training training(Path scratch, InstantSource clock) throws IOException {
            var keys = DemoKeys.ensure(scratch.resolve("vendor"), scratch.resolve("passphrase"), Strength.HYBRID, clock);
            var anchor = scratch.resolve("trust-anchor.json");
            DemoFolder.write(anchor, new String(keys.anchor().toBytes(), StandardCharsets.UTF_8));
            var data = scratch.resolve("mqtt-server");
            return new Training(mqttSettings(data, 0, 0, 0, "http://127.0.0.1:1", anchor, scratch.resolve("token")), Optional.of(data.resolve(addresses())));
        }
    },
    FLOATING("floating-server", "floating license server", "CHARTER_FLOATING_", "floating-server.address") {
        /// A hundred thousand leases are rows of its database: the heap holds what is under way.
        @Override
        List<String> options() {
            return withAll("-Xmx256m", "-Xms56m", "-Xmn32m", "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=20", "-XX:-ShrinkHeapInSteps");
        }

        /// A whole start and stop, without a license.
        @Override
        Training training(Path scratch, InstantSource clock) throws IOException {
            var keys = DemoKeys.ensure(scratch.resolve("vendor"), scratch.resolve("passphrase"), Strength.HYBRID, clock);
            var anchor = scratch.resolve("trust-anchor.json");
            DemoFolder.write(anchor, new String(keys.anchor().toBytes(), StandardCharsets.UTF_8));
            var data = scratch.resolve("floating-server");
            return new Training(floatingSettings(data, 0, anchor, scratch.resolve("token"), Optional.empty()), Optional.of(data.resolve(addresses())));
        }
    };

    private final String module;
    private final String title;
    private final String prefix;
    private final String addresses;

    DemoServer(String module, String title, String prefix, String addresses) {
        this.module = module;
        this.title = title;
        this.prefix = prefix;
        this.addresses = addresses;
    }

    /// @param readyFile appears once it has started, and it is to be stopped then; absent where it ends by itself
    record Training(Map<String, String> settings, Optional<Path> readyFile) {}

    /// The same when the cache is made and when it is used.
    abstract List<String> options();

    abstract Training training(Path scratch, InstantSource clock) throws IOException;

    private static List<String> withAll(String... own) {
        return Stream.concat(Stream.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "--enable-native-access=ALL-UNNAMED"), Stream.of(own)).toList();
    }

    /// Its Maven module, and how its jar is named.
    String module() {
        return module;
    }

    /// Within a sentence, such as `the authority`.
    String named() {
        return "the " + title;
    }

    /// At the beginning of a sentence.
    String subject() {
        return "The " + title;
    }

    /// Of its settings.
    String prefix() {
        return prefix;
    }

    /// The file in its data folder in which it tells where it listens, from the moment it does.
    String addresses() {
        return addresses;
    }

    /// The option that names its jar, without the dashes.
    String option() {
        return switch (this) {
            case AUTHORITY -> "authority-jar";
            case MQTT -> "mqtt-jar";
            case FLOATING -> "floating-jar";
        };
    }

    static Map<String, String> authoritySettings(Path data, int port, Path issuing, Path passphrase, Path token) {
        return Map.of("CHARTER_AUTHORITY_DATA", data.toString(), "CHARTER_AUTHORITY_PORT", Integer.toString(port), "CHARTER_AUTHORITY_KEYS", issuing.toString(),
                "CHARTER_AUTHORITY_KEYS_PASSPHRASE_FILE", passphrase.toString(), "CHARTER_AUTHORITY_SETUP_TOKEN_FILE", token.toString(), "CHARTER_AUTHORITY_LOG", "plain");
    }

    static Map<String, String> mqttSettings(Path data, int console, int mqtt, int webSocket, String authority, Path anchor, Path token) {
        return Map.of("CHARTER_MQTT_DATA", data.toString(), "CHARTER_MQTT_CONSOLE_PORT", Integer.toString(console), "CHARTER_MQTT_MQTT_PORT", Integer.toString(mqtt),
                "CHARTER_MQTT_WS_PORT", Integer.toString(webSocket), "CHARTER_MQTT_LICENSE_AUTHORITY", authority, "CHARTER_MQTT_LICENSE_TRUST_ANCHOR", anchor.toString(),
                "CHARTER_MQTT_SETUP_TOKEN_FILE", token.toString(), "CHARTER_MQTT_LOG", "plain");
    }

    /// What a floating server's license is fetched by.
    ///
    /// @param authority where
    /// @param key of the floating license
    record ByKey(String authority, String key) {}

    static Map<String, String> floatingSettings(Path data, int port, Path anchor, Path token, Optional<ByKey> license) {
        var settings = new HashMap<>(Map.of("CHARTER_FLOATING_DATA", data.toString(), "CHARTER_FLOATING_PORT", Integer.toString(port), "CHARTER_FLOATING_TRUST_ANCHOR", anchor.toString(),
                "CHARTER_FLOATING_PRODUCTS", DemoVendor.PRODUCT, "CHARTER_FLOATING_SETUP_TOKEN_FILE", token.toString(), "CHARTER_FLOATING_LOG", "plain"));
        license.ifPresent(by -> {
            settings.put("CHARTER_FLOATING_AUTHORITY", by.authority());
            settings.put("CHARTER_FLOATING_LICENSE_KEYS", DemoVendor.PRODUCT + "=" + by.key());
        });
        return settings;
    }
}
