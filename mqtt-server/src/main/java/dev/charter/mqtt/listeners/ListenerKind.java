package dev.charter.mqtt.listeners;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How MQTT comes in.
public enum ListenerKind {
    TCP, TLS, WS, WSS;

    /// As written in the API, such as `tcp`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ListenerKind> named(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findAny();
    }

    public boolean needsCertificate() {
        return this == TLS || this == WSS;
    }
}
