package dev.charter.mqtt.broker;

/// The broker could not be started. Its message is for people: what stood in the way, and where.
public final class BrokerNotStarted extends RuntimeException {
    private static final long serialVersionUID = 1;

    BrokerNotStarted(String message) {
        super(message);
    }

    BrokerNotStarted(String message, Throwable cause) {
        super(message, cause);
    }
}
