package dev.charter.mqtt.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.mqtt.access.MqttUsers.Wanted;
import dev.charter.mqtt.access.Rule.Action;
import dev.charter.mqtt.broker.Rights;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserRightsTest {
    @TempDir
    Path folder;
    MqttUsers users;

    @BeforeEach
    void open() {
        users = MqttUsers.open(folder, new SecureRandom());
    }

    @AfterEach
    void close() {
        users.close();
    }

    @Test
    void nothing_is_allowed_unless_a_rule_says_so() {
        assertThat(rights().mayPublish("a")).isFalse();
        assertThat(rights().mayReceive("a")).isFalse();
        assertThat(rights().maySubscribe("a")).isFalse();
    }

    @Test
    void a_rule_that_denies_wins_wherever_it_stands() {
        for (var rights : List.of(rights(Rule.allow(Action.BOTH, "#"), Rule.deny(Action.BOTH, "secret/#")), rights(Rule.deny(Action.BOTH, "secret/#"), Rule.allow(Action.BOTH, "#")))) {
            assertThat(rights.mayPublish("open")).isTrue();
            assertThat(rights.mayPublish("secret")).isFalse();
            assertThat(rights.mayReceive("secret/a/b")).isFalse();
            assertThat(rights.maySubscribe("#")).isTrue();
            assertThat(rights.maySubscribe("secret/#")).isFalse();
        }
    }

    @Test
    void publishing_and_subscribing_are_told_apart() {
        var rights = rights(Rule.allow(Action.PUBLISH, "out"), Rule.allow(Action.SUBSCRIBE, "in"));

        assertThat(rights.mayPublish("out")).isTrue();
        assertThat(rights.mayPublish("in")).isFalse();
        assertThat(rights.maySubscribe("out")).isFalse();
        assertThat(rights.mayReceive("in")).isTrue();
    }

    @Test
    void placeholders_stand_for_the_client_and_the_user() {
        var rights = rights(Rule.allow(Action.PUBLISH, "plant/%u/%c/#"), Rule.allow(Action.PUBLISH, "100%/%x/%%u"));

        assertThat(rights.mayPublish("plant/user/client/pump")).isTrue();
        assertThat(rights.mayPublish("plant/other/client/pump")).isFalse();
        assertThat(rights.mayPublish("plant/user/other/pump")).isFalse();
        assertThat(rights.mayPublish("100%/%x/%user")).isTrue();
    }

    @Test
    void a_name_cannot_widen_a_filter() {
        for (var name : List.of("+", "#", "a/b", "a+", "#b", "", " ", "a\0b", "a\nb")) {
            assertThat(MqttUser.mayBeName(name)).as(name).isFalse();
        }
        assertThat(MqttUser.mayBeName("Pumpe 7 – Süd")).isTrue();
    }

    @Test
    void wildcards_at_the_beginning_do_not_match_the_servers_own_topics() {
        var rights = rights(Rule.allow(Action.BOTH, "#"), Rule.allow(Action.BOTH, "+/x"), Rule.allow(Action.SUBSCRIBE, "$sparkplug/#"));

        assertThat(rights.mayReceive("$SYS/x")).isFalse();
        assertThat(rights.mayReceive("$sparkplug/a")).isTrue();
        assertThat(rights.maySubscribe("$SYS/#")).isFalse();
        assertThat(rights.maySubscribe("$sparkplug/certificates/#")).isTrue();
        assertThat(rights.mayPublish("$sparkplug/a")).isFalse();
    }

    @Test
    void what_is_no_filter_is_refused_with_the_reason() {
        for (var filter : List.of("", "a/#/b", "a#", "a/b+", "$share/g/a", "a\0")) {
            assertThatThrownBy(() -> Rule.allow(Action.BOTH, filter)).as(filter).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("is not a topic filter");
        }
    }

    /// What the specification says of filters, written as plainly as can be.
    @Test
    void the_compiled_rules_say_what_a_plain_reading_of_them_says() {
        var seed = new SecureRandom().nextLong();
        var random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            var rules = Stream.generate(() -> new Rule(Action.BOTH, random.nextInt(3) > 0, filter(random))).limit(random.nextInt(20)).toList();
            var rights = rights(rules.toArray(Rule[]::new));
            for (int j = 0; j < 20; j++) {
                var topic = topic(random);
                var expected = rules.stream().anyMatch(rule -> rule.allow() && matches(rule.filter(), topic)) && rules.stream().noneMatch(rule -> !rule.allow() && matches(rule.filter(), topic));
                assertThat(rights.mayReceive(topic)).as("seed %d: %s of %s", seed, topic, rules).isEqualTo(expected);
            }
        }
    }

    /// A subscription is refused only where nothing of it could be received, and a shared one is accepted only where all of it may be.
    @Test
    void subscriptions_are_judged_so_that_no_message_that_is_allowed_is_lost() {
        var seed = new SecureRandom().nextLong();
        var random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            var rules = Stream.generate(() -> new Rule(Action.BOTH, random.nextInt(3) > 0, filter(random))).limit(random.nextInt(8)).toList();
            var rights = rights(rules.toArray(Rule[]::new));
            var filter = filter(random);
            for (int j = 0; j < 20; j++) {
                var topic = topic(random);
                if (matches(filter, topic)) {
                    var about = "seed %d: %s on %s of %s".formatted(seed, topic, filter, rules);
                    assertThat(!rights.mayReceive(topic) || rights.maySubscribe(filter)).as(about).isTrue();
                    assertThat(!rights.maySubscribe("$share/g/" + filter) || rights.mayReceive(topic)).as(about).isTrue();
                }
            }
        }
    }

    private Rights rights(Rule... rules) {
        return new UserRights(users, new MqttUser("user", true, "hash", List.of(rules)), "client");
    }

    static String filter(Random random) {
        var levels = new ArrayList<String>();
        var count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            levels.add(switch (random.nextInt(7)) {
                case 0 -> "+";
                case 1 -> i == count - 1 ? "#" : "+";
                case 2 -> "";
                case 3 -> i == 0 ? "$own" : "b";
                default -> String.valueOf((char) ('a' + random.nextInt(3)));
            });
        }
        var filter = String.join("/", levels);
        return filter.isEmpty() ? "a" : filter;
    }

    static String topic(Random random) {
        var levels = new ArrayList<String>();
        var count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            levels.add(switch (random.nextInt(8)) {
                case 0 -> "";
                case 1 -> i == 0 ? "$own" : "c";
                default -> String.valueOf((char) ('a' + random.nextInt(3)));
            });
        }
        var topic = String.join("/", levels);
        return topic.isEmpty() ? "a" : topic;
    }

    static boolean matches(String filter, String topic) {
        if (topic.startsWith("$") && (filter.startsWith("+") || filter.startsWith("#"))) {
            return false;
        }
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
