package dev.charter.mqtt;

import dev.charter.mqtt.clients.Client;
import dev.charter.mqtt.clients.ClientEvent;
import dev.charter.mqtt.clients.Clients;
import dev.charter.mqtt.clients.Subscription;
import dev.charter.mqtt.listeners.ListensOn;
import dev.charter.mqtt.overview.Traffic;
import dev.charter.mqtt.sparkplug.SparkplugDevice;
import dev.charter.mqtt.sparkplug.SparkplugGroup;
import dev.charter.mqtt.sparkplug.SparkplugMetric;
import dev.charter.mqtt.sparkplug.SparkplugNode;
import dev.charter.mqtt.sparkplug.SparkplugNodes;
import dev.charter.mqtt.topics.RetainedMessage;
import dev.charter.mqtt.topics.RetainedMessages;
import dev.charter.mqtt.topics.Topic;
import dev.charter.mqtt.topics.Topics;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.springframework.context.annotation.Bean;

/// A broker's clients, topics and counters without the broker, for tests of what the console makes of them.
///
/// Not annotated as a configuration, so that no other test finds it.
public class BrokerInMemory {
    private final Map<String, Client> clients = new TreeMap<>();
    private final Map<String, RetainedMessage> retained = new TreeMap<>();

    public BrokerInMemory() {
        for (int i = 0; i < 120; i++) {
            var id = "pump-%03d".formatted(i);
            clients.put(id, new Client(id, i % 3 != 0, Optional.of("plant"), Optional.of("10.0.0." + i), Optional.of("mqtt"), Optional.of("MQTT 5"), 60, false, 3600,
                    Optional.of(Instant.parse("2026-11-22T06:00:00Z").plusSeconds(i)), Optional.empty(), i % 4, i));
        }
        clients.put("=cmd|' /C calc'!A0", new Client("=cmd|' /C calc'!A0", false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0, true, 0, Optional.empty(),
                Optional.of(Instant.parse("2026-11-22T05:00:00Z")), 0, 0));
        retained.put("plant/a/state", new RetainedMessage("plant/a/state", new byte[] {'o', 'n'}, 1, OptionalLong.empty(), Optional.empty()));
    }

    @Bean
    Clients clients() {
        return new Clients() {
            @Override
            public Collection<Client> all() {
                return List.copyOf(clients.values());
            }

            @Override
            public Optional<Client> byId(String clientId) {
                return Optional.ofNullable(clients.get(clientId));
            }

            @Override
            public List<Subscription> subscriptionsOf(String clientId) {
                return List.of(new Subscription("plant/#", 1, false, false));
            }

            @Override
            public List<ClientEvent> eventsOf(String clientId) {
                return List.of(new ClientEvent(Instant.parse("2026-11-22T06:00:00Z"), "connected", "Connected from 10.0.0.1"));
            }

            @Override
            public boolean disconnect(String clientId) {
                return byId(clientId).filter(Client::connected).isPresent();
            }

            @Override
            public boolean delete(String clientId) {
                return clients.remove(clientId) != null;
            }

            @Override
            public int deleteDisconnected() {
                int before = clients.size();
                clients.values().removeIf(client -> !client.connected());
                return before - clients.size();
            }
        };
    }

    @Bean
    Topics topics() {
        return new Topics() {
            @Override
            public List<Topic> below(String parent) {
                return List.of(new Topic("plant", "plant", 1, 0, Optional.empty(), false));
            }

            @Override
            public List<Topic> matching(String text) {
                return List.of(new Topic("state", "plant/a/state", 0, 7, Optional.empty(), true));
            }
        };
    }

    @Bean
    RetainedMessages retainedMessages() {
        return new RetainedMessages() {
            @Override
            public List<RetainedMessage> all() {
                return List.copyOf(retained.values());
            }

            @Override
            public Optional<RetainedMessage> of(String topic) {
                return Optional.ofNullable(retained.get(topic));
            }

            @Override
            public boolean delete(String topic) {
                return retained.remove(topic) != null;
            }

            @Override
            public void put(RetainedMessage message) {
                retained.put(message.topic(), message);
            }
        };
    }

    @Bean
    Traffic traffic() {
        return new Traffic() {
            @Override
            public long publishesIn() {
                return 10;
            }

            @Override
            public long publishesOut() {
                return 20;
            }

            @Override
            public long bytesIn() {
                return 100;
            }

            @Override
            public long bytesOut() {
                return 200;
            }

            @Override
            public long dropped() {
                return 1;
            }

            @Override
            public int connected() {
                return 80;
            }

            @Override
            public long retained() {
                return 1;
            }

            @Override
            public long subscriptions() {
                return 3;
            }

            @Override
            public long queued() {
                return 0;
            }
        };
    }

    @Bean
    SparkplugNodes sparkplugNodes() {
        return new SparkplugNodes() {
            @Override
            public List<SparkplugGroup> groups() {
                return List.of(new SparkplugGroup("plant", List.of(new SparkplugNode("line-1", true, Optional.of(Instant.parse("2026-11-22T06:00:00Z")), Optional.empty(), Optional.of("pump-001"),
                        List.of(new SparkplugDevice("press", true, Optional.of(Instant.parse("2026-11-22T06:00:01Z")), Optional.empty()))))));
            }

            @Override
            public Optional<List<SparkplugMetric>> metrics(String group, String node, Optional<String> device) {
                return Optional.of(List.of(new SparkplugMetric("temperature", "Double", Optional.of("21.5"), Optional.empty()))).filter(_ -> group.equals("plant") && node.equals("line-1"));
            }
        };
    }

    @Bean
    ListensOn listensOn() {
        return listener -> listener.equals("tcp") ? OptionalInt.of(11883) : OptionalInt.empty();
    }
}
