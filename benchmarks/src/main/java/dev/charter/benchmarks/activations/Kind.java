package dev.charter.benchmarks.activations;

/// What hosts ask for.
enum Kind {
    /// A host that was never seen takes an activation.
    ACTIVATION("new activations"),
    /// A host asks in the background for what may have changed.
    HEARTBEAT("heartbeats"),
    /// A person at a host that has its activation asks again.
    REACTIVATION("reactivations");

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
