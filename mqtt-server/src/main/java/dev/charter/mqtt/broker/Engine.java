package dev.charter.mqtt.broker;

import com.codahale.metrics.MetricRegistry;
import com.google.inject.Injector;
import com.hivemq.HiveMQServer;
import com.hivemq.configuration.SystemProperties;
import com.hivemq.configuration.info.SystemInformationImpl;
import com.hivemq.configuration.service.InternalConfigurations;
import com.hivemq.configuration.service.MqttConfigurationService.QueuedMessagesStrategy;
import com.hivemq.configuration.service.PersistenceConfigurationService.PersistenceMode;
import com.hivemq.configuration.service.entity.TcpListener;
import com.hivemq.configuration.service.entity.Tls;
import com.hivemq.configuration.service.entity.TlsTcpListener;
import com.hivemq.configuration.service.entity.TlsWebsocketListener;
import com.hivemq.configuration.service.entity.WebsocketListener;
import com.hivemq.configuration.service.impl.ConfigurationServiceImpl;
import com.hivemq.configuration.service.impl.MqttConfigurationServiceImpl;
import com.hivemq.configuration.service.impl.PersistenceConfigurationServiceImpl;
import com.hivemq.configuration.service.impl.RestrictionsConfigurationServiceImpl;
import com.hivemq.configuration.service.impl.SecurityConfigurationServiceImpl;
import com.hivemq.configuration.service.impl.listener.ListenerConfigurationServiceImpl;
import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.statistics.UsageStatisticsConfigImpl;
import dev.charter.server.settings.FilesOfOwner;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/// HiveMQ Community Edition, started and stopped. It is set up by its own classes rather than by its file of XML: that file is then nowhere to be altered,
/// and reading it would cost a second at each start.
final class Engine implements AutoCloseable {
    private static final String VERSION = "2025.5";
    /// The files that it opens grow with this; it cannot be changed once there are sessions.
    private static final int BUCKETS = 8;
    /// How long it takes in late work while it stops.
    private static final int GRACE_MILLIS = 200;
    private static final int TOPIC_ALIASES = 32;
    private static final int UNACKNOWLEDGED = 64;
    private static final int LONGEST_CLIENT_ID = 512;
    private static final int LONGEST_TOPIC = 4_096;
    private static final long CONNECT_WITHIN_MILLIS = 10_000;
    private static final int HANDSHAKE_WITHIN_MILLIS = 10_000;

    private final HiveMQServer server;
    private final Injector parts;
    private final MetricRegistry metrics;
    private final List<Listener> listeners;

    private Engine(HiveMQServer server, Injector parts, MetricRegistry metrics, List<Listener> listeners) {
        this.server = server;
        this.parts = parts;
        this.metrics = metrics;
        this.listeners = listeners;
    }

    /// @throws BrokerNotStarted when a listener cannot be opened, or what is kept cannot be read
    static Engine start(BrokerPlan plan, ExtensionMain extension, SecureRandom random) {
        defaults();
        plan.listeners().forEach(Engine::requireFree);
        var listeners = new ListenerConfigurationServiceImpl();
        var metrics = new MetricRegistry();
        var uncaught = Thread.getDefaultUncaughtExceptionHandler();
        try {
            for (var listener : plan.listeners()) {
                add(listeners, listener, plan.folder(), random);
            }
            StoreLibrary.load();
            var server = new HiveMQServer(home(plan.folder()), metrics, configuration(plan.limits(), listeners), false, true);
            try {
                server.bootstrap();
                server.startInstance(embedded(extension));
                return new Engine(server, Objects.requireNonNull(server.getInjector()), metrics, opened(plan, listeners));
            } catch (Throwable fault) {
                server.stop();
                throw fault;
            }
        } catch (BrokerNotStarted told) {
            throw told;
        } catch (Exception fault) {
            throw new BrokerNotStarted("The MQTT broker could not be started on the folder " + plan.folder() + ": " + fault, fault);
        } finally {
            // It sets one that ends the process; who embeds it decides about that.
            Thread.setDefaultUncaughtExceptionHandler(uncaught);
        }
    }

    /// These are one for the whole process.
    private static void defaults() {
        // Without this, a broker whose extension failed to start lets everybody in.
        InternalConfigurations.AUTH_DENY_UNAUTHENTICATED_CONNECTIONS.set(true);
        InternalConfigurations.PERSISTENCE_BUCKET_COUNT.set(BUCKETS);
        InternalConfigurations.PAYLOAD_PERSISTENCE_BUCKET_COUNT.set(BUCKETS);
        InternalConfigurations.PERSISTENCE_SHUTDOWN_GRACE_PERIOD_MSEC.set(GRACE_MILLIS);
        InternalConfigurations.JMX_REPORTER_ENABLED.set(false);
    }

    private static SystemInformationImpl home(Path folder) throws IOException {
        for (var inside : List.of("", "conf", "data", "extensions", "log")) {
            FilesOfOwner.makeFolder(folder.resolve(inside));
        }
        // Else it makes a folder in the temporary folder.
        System.setProperty(SystemProperties.HIVEMQ_HOME, folder.toString());
        System.setProperty(SystemProperties.LOG_FOLDER, folder.resolve("log").toString());
        var information = new SystemInformationImpl(false, true, folder.resolve("conf").toFile(), folder.resolve("data").toFile(), folder.resolve("extensions").toFile());
        information.init();
        // It would call itself a development snapshot, and then not bring over what an earlier version kept.
        information.setHivemqVersion(VERSION);
        return information;
    }

    private static ConfigurationServiceImpl configuration(Limits limits, ListenerConfigurationServiceImpl listeners) {
        var mqtt = new MqttConfigurationServiceImpl();
        mqtt.setMaxPacketSize(limits.packetBytes());
        mqtt.setMaxQueuedMessages(limits.queuedMessages());
        mqtt.setQueuedMessagesStrategy(QueuedMessagesStrategy.DISCARD);
        mqtt.setKeepAliveMax(Math.toIntExact(limits.keepAlive().toSeconds()));
        mqtt.setKeepAliveAllowZero(false);
        mqtt.setMaxSessionExpiryInterval(limits.sessionExpiry().toSeconds());
        mqtt.setMaxMessageExpiryInterval(limits.messageExpiry().toSeconds());
        mqtt.setServerReceiveMaximum(UNACKNOWLEDGED);
        mqtt.setTopicAliasMaxPerClient(TOPIC_ALIASES);
        var restrictions = new RestrictionsConfigurationServiceImpl();
        restrictions.setMaxConnections(limits.connections());
        restrictions.setMaxClientIdLength(LONGEST_CLIENT_ID);
        restrictions.setMaxTopicLength(LONGEST_TOPIC);
        restrictions.setNoConnectIdleTimeout(CONNECT_WITHIN_MILLIS);
        var security = new SecurityConfigurationServiceImpl();
        security.setAllowServerAssignedClientId(true);
        security.setValidateUTF8(true);
        var statistics = new UsageStatisticsConfigImpl();
        statistics.setEnabled(false);
        var persistence = new PersistenceConfigurationServiceImpl();
        persistence.setMode(PersistenceMode.FILE);
        return new ConfigurationServiceImpl(listeners, mqtt, restrictions, security, statistics, persistence);
    }

    /// It would start without a listener whose port is taken, and only log that.
    private static void requireFree(ListenerPlan listener) {
        if (listener.port() == 0) {
            return;
        }
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(listener.address(), listener.port()));
        } catch (IOException taken) {
            throw new BrokerNotStarted("The MQTT listener " + listener.name() + " cannot be opened at " + listener.address().getHostAddress() + " port " + listener.port() + ": " + taken.getMessage(), taken);
        }
    }

    private static void add(ListenerConfigurationServiceImpl listeners, ListenerPlan plan, Path folder, SecureRandom random) throws IOException {
        var address = plan.address().getHostAddress();
        switch (plan.kind()) {
            case TCP -> listeners.addListener(new TcpListener(plan.port(), address, plan.name()));
            case WS -> listeners.addListener(new WebsocketListener.Builder().port(plan.port()).bindAddress(address).path("/mqtt").name(plan.name())
                    .allowExtensions(false).subprotocols(List.of("mqtt")).build());
            case TLS -> listeners.addListener(new TlsTcpListener(plan.port(), address, tls(plan, folder, random), plan.name()));
            case WSS -> listeners.addListener(new TlsWebsocketListener.Builder().port(plan.port()).bindAddress(address).path("/mqtt").name(plan.name())
                    .allowExtensions(false).subprotocols(List.of("mqtt")).tls(tls(plan, folder, random)).build());
        }
    }

    private static Tls tls(ListenerPlan plan, Path folder, SecureRandom random) throws IOException {
        FilesOfOwner.makeFolder(folder.resolve("identities"));
        var store = KeyStoreFile.write(folder.resolve("identities").resolve(HexFormat.of().formatHex(plan.name().getBytes(StandardCharsets.UTF_8)) + ".p12"), plan.identity().orElseThrow(), random);
        return new Tls.Builder().withKeystorePath(store.file().toString()).withKeystorePassword(store.password()).withPrivateKeyPassword(store.password())
                .withKeystoreType("PKCS12").withHandshakeTimeout(HANDSHAKE_WITHIN_MILLIS).withClientAuthMode(Tls.ClientAuthMode.NONE)
                .withProtocols(List.of("TLSv1.3", "TLSv1.2")).withCipherSuites(List.of()).build();
    }

    private static EmbeddedExtension embedded(ExtensionMain extension) {
        return EmbeddedExtension.builder().withId("charter").withName("Charter").withVersion("1").withAuthor("Charter").withPriority(0).withStartPriority(1000)
                .withExtensionMain(extension).build();
    }

    private static List<Listener> opened(BrokerPlan plan, ListenerConfigurationServiceImpl listeners) {
        var opened = new ArrayList<Listener>();
        for (var planned : plan.listeners()) {
            var port = listeners.getListeners().stream().filter(each -> each.getName().equals(planned.name())).mapToInt(com.hivemq.configuration.service.entity.Listener::getPort).findFirst().orElse(0);
            if (port == 0) {
                throw new BrokerNotStarted("The MQTT listener " + planned.name() + " cannot be opened at " + planned.address().getHostAddress() + ".");
            }
            opened.add(new Listener(planned.name(), planned.kind(), planned.address(), port));
        }
        return List.copyOf(opened);
    }

    List<Listener> listeners() {
        return listeners;
    }

    MetricRegistry metrics() {
        return metrics;
    }

    /// A part of it.
    <T> T part(Class<T> type) {
        return parts.getInstance(type);
    }

    @Override
    public void close() {
        server.stop();
    }
}
