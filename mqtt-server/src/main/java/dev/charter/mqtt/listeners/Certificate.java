package dev.charter.mqtt.listeners;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// A certificate with its private key, as they are kept. The key never leaves the server.
///
/// @param names that it is valid for, as its issuer wrote them
/// @param fingerprint SHA-256 in hexadecimal, with colons
/// @param chain PEM, this certificate first
/// @param key PEM, PKCS#8
/// @param fromSettings whether the settings name it, so that it cannot be changed here
public record Certificate(String name, String subject, String issuer, List<String> names, Instant from, Instant until, String fingerprint, Path chain, Path key, boolean fromSettings) {
    /// The name under which the settings' certificate is known.
    public static final String OF_SETTINGS = "settings";

    public Certificate {
        names = List.copyOf(names);
    }
}
