package dev.charter.mqtt;

import dev.charter.mqtt.access.Door;
import dev.charter.mqtt.access.MqttUsers;
import dev.charter.mqtt.broker.Broker;
import dev.charter.mqtt.broker.BrokerPlan;
import dev.charter.mqtt.broker.EmbeddedBroker;
import dev.charter.mqtt.broker.Limits;
import dev.charter.mqtt.broker.Listener;
import dev.charter.mqtt.broker.ListenerPlan;
import dev.charter.mqtt.clients.Clients;
import dev.charter.mqtt.licensing.LicenseGate;
import dev.charter.mqtt.listeners.Certificates;
import dev.charter.mqtt.listeners.ConfiguredListener;
import dev.charter.mqtt.listeners.Listeners;
import dev.charter.mqtt.listeners.ListensOn;
import dev.charter.mqtt.overview.Traffic;
import dev.charter.server.settings.CannotStart;
import dev.charter.server.settings.DataFolder;
import dev.charter.mqtt.settings.Settings;
import dev.charter.mqtt.sparkplug.SparkplugAware;
import dev.charter.mqtt.topics.RetainedMessages;
import dev.charter.mqtt.topics.Topics;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalInt;
import org.springframework.context.annotation.Bean;

/// The broker, set up by the settings, with the license before its door.
///
/// Not annotated as a configuration: a test of the console alone leaves it out.
class BrokerParts {
    /// The feature of a license that makes the server aware of Sparkplug.
    private static final String SPARKPLUG = "sparkplug";

    @Bean(destroyMethod = "")
    Broker broker(DataFolder folder, Settings settings, Listeners listeners, Certificates certificates, MqttUsers users, LicenseGate gate, SparkplugAware sparkplug, InstantSource clock, SecureRandom random) {
        var plans = listeners.toOpen().stream().map(one -> plan(one, certificates)).toList();
        if (plans.isEmpty()) {
            throw CannotStart.wrongSettings("No MQTT listener is left to be opened: all are off, or lack their certificate. Give CHARTER_MQTT_MQTT_PORT, for example.");
        }
        var broker = new EmbeddedBroker(new BrokerPlan(folder.folder("broker"), plans, limits(settings.limits())), new Door(users, gate::refusal), sparkplug, clock, random);
        users.onChange(name -> broker.cutUsers(name::equals, "What this user may do has changed."));
        sparkplug.keepsCertificatesBy(broker::publishRetained);
        gate.atTrialsEnd(() -> broker.cutAll(gate.standing().sentence()));
        return broker;
    }

    private static ListenerPlan plan(ConfiguredListener one, Certificates certificates) {
        return new ListenerPlan(one.name(), ListenerPlan.Kind.valueOf(one.kind().name()), InetAddress.ofLiteral(one.address()), one.port(), one.certificate().flatMap(certificates::named)
                .filter(_ -> one.kind().needsCertificate()).map(certificate -> new ListenerPlan.Identity(certificate.chain(), certificate.key())));
    }

    private static Limits limits(Settings.Limits limits) {
        return new Limits(limits.connections(), limits.packetBytes(), limits.queuedMessages(), Duration.ofSeconds(limits.keepAliveSeconds()), Duration.ofSeconds(limits.sessionExpirySeconds()),
                Duration.ofSeconds(limits.messageExpirySeconds()), limits.subscriptionsPerClient(), limits.connectRate(), limits.publishRatePerClient());
    }

    @Bean
    SparkplugAware sparkplugAware(LicenseGate gate, InstantSource clock) {
        return new SparkplugAware(() -> gate.allows(SPARKPLUG), clock);
    }

    @Bean
    RunBroker runBroker(Broker broker, SparkplugAware sparkplug) {
        return new RunBroker(broker, sparkplug);
    }

    @Bean
    Clients clients(Broker broker) {
        return broker.clients();
    }

    @Bean
    Topics topics(Broker broker) {
        return broker.topics();
    }

    @Bean
    RetainedMessages retainedMessages(Broker broker) {
        return broker.retained();
    }

    @Bean
    Traffic traffic(Broker broker) {
        return broker.traffic();
    }

    @Bean
    ListensOn listensOn(Broker broker) {
        return name -> broker.listeners().stream().filter(listener -> listener.name().equals(name)).mapToInt(Listener::port).boxed().map(OptionalInt::of).findFirst().orElse(OptionalInt.empty());
    }
}
