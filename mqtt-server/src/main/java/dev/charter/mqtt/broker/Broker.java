package dev.charter.mqtt.broker;

import dev.charter.mqtt.clients.Clients;
import dev.charter.mqtt.overview.Traffic;
import dev.charter.mqtt.topics.RetainedMessages;
import dev.charter.mqtt.topics.Topics;
import java.util.List;
import java.util.function.Predicate;

/// The MQTT broker. Whoever stands behind it is nobody's business.
public interface Broker extends AutoCloseable {
    /// Opens the listeners. Sessions and retained messages are as they were when it stopped.
    ///
    /// @throws BrokerNotStarted when a listener cannot be opened, or what is kept cannot be read
    void start();

    /// Tells the clients that the server goes, cuts them, and writes what is to be kept. Does nothing when it is stopped.
    void stop();

    boolean running();

    /// With the ports that they have; empty while it is stopped.
    List<Listener> listeners();

    Clients clients();

    RetainedMessages retained();

    Topics topics();

    Traffic traffic();

    /// Publishes a retained message of the server's own, in the order of the calls. A client may not publish below `$`; the server may.
    void publishRetained(String topic, byte[] payload);

    /// Cuts those connected clients whose user name is one of these. Their last wills are not published: who lost the right to speak has no last word.
    void cutUsers(Predicate<String> usernames, String reason);

    /// Cuts all clients, with that reason string.
    void cutAll(String reason);

    @Override
    default void close() {
        stop();
    }
}
