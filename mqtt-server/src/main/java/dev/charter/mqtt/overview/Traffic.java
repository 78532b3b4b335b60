package dev.charter.mqtt.overview;

/// What went through the broker since its start, and what is there now.
public interface Traffic {
    /// Messages that clients published.
    long publishesIn();

    /// Messages that were sent to clients.
    long publishesOut();

    long bytesIn();

    long bytesOut();

    /// Messages that were not kept or sent, because a limit was reached.
    long dropped();

    int connected();

    long retained();

    long subscriptions();

    /// Messages that wait for clients.
    long queued();
}
