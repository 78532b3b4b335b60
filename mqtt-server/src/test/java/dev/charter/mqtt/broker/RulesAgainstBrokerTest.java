package dev.charter.mqtt.broker;

import static dev.charter.mqtt.broker.BrokerUnderTest.inbox;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import dev.charter.mqtt.access.Rule;
import dev.charter.mqtt.access.Rule.Action;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random users with random rules and random topics: what reaches whom is what a plain reading of the rules says, and nothing else.
class RulesAgainstBrokerTest {
    private static final int ROUNDS = 12;
    private static final int MESSAGES = 25;

    @TempDir
    Path folder;

    @Test
    void what_is_delivered_is_what_the_rules_of_both_sides_allow() throws InterruptedException {
        var seed = new SecureRandom().nextLong();
        var random = new Random(seed);
        try (var broker = BrokerUnderTest.in(folder).user("all")) {
            for (int round = 0; round < ROUNDS; round++) {
                var about = "seed " + seed + ", round " + round;
                var sending = rules(random, round);
                var receiving = rules(random, round);
                broker.user("s" + round, sending.toArray(Rule[]::new));
                broker.user("r" + round, Stream.concat(receiving.stream(), Stream.of(Rule.allow(Action.SUBSCRIBE, "end/%u"))).toArray(Rule[]::new));
                var receiver = broker.connected5("receiver" + round, "r" + round);
                var received = inbox(receiver);
                var filters = List.of("t/#", filter(random), filter(random));
                // One filter that is refused does not refuse the others.
                var accepted = filters.stream().filter(filter -> catchThrowable(() -> receiver.subscribeWith().topicFilter(filter).qos(qos(random)).send()) == null).distinct().toList();
                receiver.subscribeWith().topicFilter("end/#").send();
                var sender = broker.connected5("sender" + round, "s" + round);
                var expected = new ArrayList<String>();
                for (int i = 0; i < MESSAGES; i++) {
                    var topic = topic(random);
                    var message = Mqtt5Publish.builder().topic(topic).qos(qos(random)).retain(random.nextInt(5) == 0).payload((round + "/" + i).getBytes()).build();
                    var told = catchThrowable(() -> sender.publish(message));
                    var allowed = allows(sending, Action.PUBLISH, topic, round, "s", "sender");
                    assertThat(told == null || message.getQos() == MqttQos.AT_MOST_ONCE).as("%s: %s", about, topic).isEqualTo(allowed || message.getQos() == MqttQos.AT_MOST_ONCE);
                    if (allowed && accepted.stream().anyMatch(filter -> matches(filter, topic)) && allows(receiving, Action.SUBSCRIBE, topic, round, "r", "receiver")) {
                        expected.add(round + "/" + i);
                    }
                }
                broker.connected5("end" + round, "all").publish(BrokerUnderTest.message("end/r" + round, "end"));

                var got = new ArrayList<String>();
                // Messages of different quality of service may overtake one another.
                for (var ended = false; !ended || !got.containsAll(expected);) {
                    var text = received.nextText();
                    ended |= text.equals("end");
                    if (text.startsWith(round + "/")) {
                        got.add(text);
                    }
                }
                assertThat(got.stream().distinct()).as("%s: sent by %s, received by %s on %s", about, sending, receiving, accepted).containsExactlyInAnyOrderElementsOf(expected);
                receiver.disconnect();
                sender.disconnect();
            }
        }
    }

    private static MqttQos qos(Random random) {
        return MqttQos.values()[random.nextInt(3)];
    }

    private static List<Rule> rules(Random random, int round) {
        return Stream.generate(() -> {
            var filter = random.nextInt(4) == 0 ? "t/" + (random.nextBoolean() ? "%u" : "%c") + "/#" : filter(random);
            return new Rule(Action.values()[random.nextInt(3)], random.nextInt(4) > 0, filter);
        }).limit(1 + random.nextInt(6)).toList();
    }

    private static boolean allows(List<Rule> rules, Action action, String topic, int round, String user, String client) {
        var matching = rules.stream().filter(rule -> rule.action() == Action.BOTH || rule.action() == action)
                .filter(rule -> matches(rule.filter().replace("%u", user + round).replace("%c", client + round), topic)).toList();
        return !matching.isEmpty() && matching.stream().allMatch(Rule::allow);
    }

    private static String filter(Random random) {
        var filter = new StringBuilder("t");
        var levels = 1 + random.nextInt(3);
        for (int i = 0; i < levels; i++) {
            filter.append('/').append(switch (random.nextInt(5)) {
                case 0 -> "+";
                case 1 -> i == levels - 1 ? "#" : "+";
                default -> level(random);
            });
        }
        return filter.toString();
    }

    private static String topic(Random random) {
        var topic = new StringBuilder("t");
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            topic.append('/').append(random.nextInt(5) == 0 ? List.of("s0", "r1", "sender2", "receiver3").get(random.nextInt(4)) : level(random));
        }
        return topic.toString();
    }

    private static String level(Random random) {
        return String.valueOf((char) ('a' + random.nextInt(3)));
    }

    private static boolean matches(String filter, String topic) {
        var wanted = filter.split("/", -1);
        var given = topic.split("/", -1);
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].equals("#")) {
                return true;
            }
            if (i >= given.length || !wanted[i].equals("+") && !wanted[i].equals(given[i])) {
                return false;
            }
        }
        return wanted.length == given.length;
    }
}
