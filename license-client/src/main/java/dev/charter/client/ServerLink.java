package dev.charter.client;

/// The way to one floating server. Nothing that comes back by it need be trusted: documents are verified, and the rest is a hint.
interface ServerLink extends Transport, AutoCloseable {
    /// The pools that the server says it has, in JSON that nobody has signed.
    Reply pools();

    /// The usage license of a pool, by which its leases are verified.
    Reply pool(String license);

    @Override
    void close();
}
