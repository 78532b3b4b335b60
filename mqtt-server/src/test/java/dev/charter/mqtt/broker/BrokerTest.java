package dev.charter.mqtt.broker;

import static dev.charter.mqtt.broker.BrokerUnderTest.LICENSED;
import static dev.charter.mqtt.broker.BrokerUnderTest.TRIAL;
import static dev.charter.mqtt.broker.BrokerUnderTest.UNLICENSED;
import static dev.charter.mqtt.broker.BrokerUnderTest.inbox;
import static dev.charter.mqtt.broker.BrokerUnderTest.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAckReturnCode;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubRecException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAckReasonCode;
import dev.charter.mqtt.access.MqttUsers.Wanted;
import dev.charter.mqtt.access.Rule;
import dev.charter.mqtt.access.Rule.Action;
import dev.charter.mqtt.clients.Client;
import dev.charter.mqtt.clients.ClientEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerTest {
    @TempDir
    static Path folder;
    static BrokerUnderTest broker;

    @BeforeAll
    static void start() {
        broker = BrokerUnderTest.in(folder);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void licensed() {
        broker.license(LICENSED);
    }

    /// Each test has names and topics of its own.
    final String own = UUID.randomUUID().toString();

    // --- who is let in ---

    @Test
    void an_unlicensed_server_refuses_an_mqtt_5_client_and_says_why() {
        broker.user(own).license(UNLICENSED);

        var refusal = refusal5(broker.client5("c-" + own, own));

        assertThat(refusal.getReasonCode()).isEqualTo(Mqtt5ConnAckReasonCode.SERVER_UNAVAILABLE);
        assertThat(refusal.getReasonString()).map(Object::toString).contains(UNLICENSED.sentence());
    }

    @Test
    void an_unlicensed_server_refuses_an_mqtt_3_client_with_the_nearest_code() {
        broker.user(own).license(UNLICENSED);

        var refusal = catchThrowableOfType(Mqtt3ConnAckException.class, () -> broker.client3("c-" + own, own).connect());

        assertThat(refusal.getMqttMessage().getReturnCode()).isEqualTo(Mqtt3ConnAckReturnCode.SERVER_UNAVAILABLE);
    }

    @Test
    void a_user_with_the_right_password_passes_a_message_to_another() throws InterruptedException {
        broker.user(own);
        var receiver = broker.connected5("r-" + own, own);
        var received = inbox(receiver);
        receiver.subscribeWith().topicFilter(own + "/#").send();

        broker.connected5("s-" + own, own).publish(message(own + "/pump", "on"));

        assertThat(received.nextText()).isEqualTo("on");
    }

    @Test
    void a_wrong_password_an_unknown_user_and_a_disabled_user_get_the_same_answer() {
        broker.user(own);
        broker.users().put(new Wanted("off-" + own, false, Optional.of(BrokerUnderTest.PASSWORD), List.of()));

        var answers = List.of(refusal5(broker.client5("a-" + own, own, "wrong password")), refusal5(broker.client5("b-" + own, "nobody-" + own)), refusal5(broker.client5("c-" + own, "off-" + own)));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.getReasonCode()).isEqualTo(Mqtt5ConnAckReasonCode.BAD_USER_NAME_OR_PASSWORD);
            assertThat(answer.getReasonString()).isEqualTo(answers.getFirst().getReasonString());
        });
    }

    @Test
    void a_client_id_that_means_something_in_a_filter_is_refused() {
        broker.user(own);
        for (var id : List.of("+", "#", "a/b", "plant+" + own, "plant/#")) {
            assertThat(refusal5(broker.client5(id, own)).getReasonCode()).as(id).isEqualTo(Mqtt5ConnAckReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
        }
    }

    @Test
    void a_last_will_to_a_topic_that_the_user_may_not_publish_to_is_refused() {
        broker.user(own, Rule.allow(Action.BOTH, own + "/#"));

        var client = broker.client5("c-" + own, own);
        var refusal = catchThrowableOfType(Mqtt5ConnAckException.class, () -> client.connectWith().willPublish().topic("elsewhere").applyWillPublish().send());

        assertThat(refusal.getMqttMessage().getReasonCode()).isEqualTo(Mqtt5ConnAckReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void another_user_cannot_take_a_connected_clients_place() {
        broker.user("a-" + own).user("b-" + own);
        var first = broker.connected5("c-" + own, "a-" + own);

        assertThat(refusal5(broker.client5("c-" + own, "b-" + own)).getReasonCode()).isEqualTo(Mqtt5ConnAckReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
        assertThat(first.getState()).isEqualTo(MqttClientState.CONNECTED);
    }

    // --- what the license ends ---

    @Test
    void when_a_license_ends_new_clients_are_refused_and_those_that_are_connected_stay() throws InterruptedException {
        broker.user(own);
        var receiver = broker.connected5("r-" + own, own);
        var received = inbox(receiver);
        receiver.subscribeWith().topicFilter(own).send();
        var sender = broker.connected5("s-" + own, own);

        broker.license(UNLICENSED);
        sender.publish(message(own, "still"));

        assertThat(received.nextText()).isEqualTo("still");
        assertThat(refusal5(broker.client5("n-" + own, own)).getReasonCode()).isEqualTo(Mqtt5ConnAckReasonCode.SERVER_UNAVAILABLE);
    }

    @Test
    void when_a_trial_ends_its_clients_are_cut() {
        broker.user(own).license(TRIAL);
        var client = broker.connected5("c-" + own, own);

        broker.license(UNLICENSED);

        await(() -> !client.getState().isConnected());
    }

    @Test
    void a_license_that_cannot_be_asked_any_more_stops_nobody() throws InterruptedException {
        broker.user(own);
        var receiver = broker.connected5("r-" + own, own);
        var received = inbox(receiver);
        receiver.subscribeWith().topicFilter(own).send();

        broker.licenseThrows(new IllegalStateException("the disk is gone"));
        broker.connected5("new-" + own, own).publish(message(own, "in spite of it"));

        assertThat(received.nextText()).isEqualTo("in spite of it");
    }

    // --- what the rules allow ---

    @Test
    void a_refused_message_is_told_to_an_mqtt_5_client_which_stays_connected() {
        broker.user(own, Rule.allow(Action.BOTH, own + "/mine/#"));
        var client = broker.connected5("c-" + own, own);

        var once = catchThrowableOfType(Mqtt5PubAckException.class, () -> client.publish(message(own + "/other", "x")));
        var exactly = catchThrowableOfType(Mqtt5PubRecException.class, () -> client.publish(Mqtt5Publish.builder().topic(own + "/other").qos(MqttQos.EXACTLY_ONCE).build()));
        client.publish(Mqtt5Publish.builder().topic(own + "/other").qos(MqttQos.AT_MOST_ONCE).build());

        assertThat(once.getMqttMessage().getReasonCode()).isEqualTo(Mqtt5PubAckReasonCode.NOT_AUTHORIZED);
        assertThat(exactly.getMqttMessage().getReasonCode().isError()).isTrue();
        assertThat(client.publish(message(own + "/mine/pump", "y")).getError()).isEmpty();
        assertThat(broker.broker().clients().eventsOf("c-" + own)).extracting(ClientEvent::kind).contains("refused");
    }

    @Test
    void a_refused_message_of_an_mqtt_3_client_goes_nowhere_and_the_client_stays_connected() throws InterruptedException {
        broker.user("all-" + own).user(own, Rule.allow(Action.PUBLISH, own + "/mine"));
        var receiver = broker.connected5("r-" + own, "all-" + own);
        var received = inbox(receiver);
        receiver.subscribeWith().topicFilter(own + "/#").send();
        var client = broker.client3("c-" + own, own);
        client.connect();

        for (var qos : MqttQos.values()) {
            client.publishWith().topic(own + "/other").qos(qos).payload("no".getBytes()).send();
        }
        client.publishWith().topic(own + "/mine").qos(MqttQos.AT_LEAST_ONCE).payload("yes".getBytes()).send();

        assertThat(received.nextText()).isEqualTo("yes");
    }

    @Test
    void the_servers_own_topics_are_not_published_to_whatever_the_rules_say() {
        broker.user(own, Rule.allow(Action.BOTH, "$SYS/#"), Rule.allow(Action.BOTH, "#"));
        var client = broker.connected5("c-" + own, own);

        catchThrowableOfType(Mqtt5PubAckException.class, () -> client.publish(message("$SYS/x", "x")));

        assertThat(client.getState()).isEqualTo(MqttClientState.CONNECTED);
    }

    @Test
    void a_wildcard_subscription_receives_only_what_the_rules_allow() throws InterruptedException {
        broker.user("all-" + own).user(own, Rule.allow(Action.SUBSCRIBE, own + "/+/state"), Rule.deny(Action.SUBSCRIBE, own + "/secret/#"));
        var receiver = broker.connected5("r-" + own, own);
        var received = inbox(receiver);
        receiver.subscribeWith().topicFilter(own + "/#").qos(MqttQos.AT_LEAST_ONCE).send();
        var sender = broker.connected5("s-" + own, "all-" + own);

        for (var topic : List.of("/secret/state", "/pump", "/pump/state/x", "/pump/state")) {
            for (var qos : MqttQos.values()) {
                sender.publish(Mqtt5Publish.builder().topic(own + topic).qos(qos).payload(topic.getBytes()).build());
            }
        }

        for (int i = 0; i < MqttQos.values().length; i++) {
            assertThat(received.nextText()).isEqualTo("/pump/state");
        }
    }

    @Test
    void retained_messages_obey_the_rules_of_who_subscribes() throws InterruptedException {
        broker.user("all-" + own).user(own, Rule.allow(Action.SUBSCRIBE, own + "/b"), Rule.allow(Action.SUBSCRIBE, own + "/end"));
        var sender = broker.connected5("s-" + own, "all-" + own);
        sender.publish(retained(own + "/a"));
        sender.publish(retained(own + "/b"));

        var receiver = broker.connected5("r-" + own, own);
        var received = inbox(receiver);
        receiver.subscribeWith().topicFilter(own + "/#").send();
        var first = received.next();
        sender.publish(message(own + "/end", "end"));

        assertThat(first.getTopic()).hasToString(own + "/b");
        assertThat(received.next().getTopic()).hasToString(own + "/end");
    }

    @Test
    void of_several_filters_only_the_refused_ones_are_refused_in_their_places() {
        broker.user(own, Rule.allow(Action.SUBSCRIBE, own + "/ok/#"));
        var client = broker.connected5("c-" + own, own);

        var refusal = catchThrowableOfType(Mqtt5SubAckException.class, () -> client.subscribe(Mqtt5Subscribe.builder()
                .addSubscription().topicFilter(own + "/no").applySubscription()
                .addSubscription().topicFilter(own + "/ok/a").qos(MqttQos.AT_LEAST_ONCE).applySubscription()
                .addSubscription().topicFilter("other/#").applySubscription()
                .addSubscription().topicFilter(own + "/ok/b").qos(MqttQos.AT_MOST_ONCE).applySubscription().build()));

        assertThat(refusal.getMqttMessage().getReasonCodes()).containsExactly(Mqtt5SubAckReasonCode.NOT_AUTHORIZED, Mqtt5SubAckReasonCode.GRANTED_QOS_1,
                Mqtt5SubAckReasonCode.NOT_AUTHORIZED, Mqtt5SubAckReasonCode.GRANTED_QOS_0);
        assertThat(broker.broker().clients().subscriptionsOf("c-" + own)).extracting("filter").containsExactly(own + "/ok/a", own + "/ok/b");
    }

    @Test
    void a_shared_subscription_is_only_for_whom_all_of_it_is_allowed() {
        broker.user(own, Rule.allow(Action.SUBSCRIBE, own + "/ok/#"));
        var client = broker.connected5("c-" + own, own);

        assertThat(client.subscribeWith().topicFilter("$share/group/" + own + "/ok/+").send().getReasonCodes()).noneMatch(Mqtt5SubAckReasonCode::isError);
        var refusal = catchThrowableOfType(Mqtt5SubAckException.class, () -> client.subscribeWith().topicFilter("$share/group/" + own + "/#").send());
        assertThat(refusal.getMqttMessage().getReasonCodes()).containsExactly(Mqtt5SubAckReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void clients_are_cut_when_their_user_is_changed_or_removed() {
        broker.user(own).user("other-" + own);
        var changed = broker.connected5("c-" + own, own);
        var stays = broker.connected5("o-" + own, "other-" + own);

        broker.user(own, Rule.allow(Action.PUBLISH, "x"));
        await(() -> !changed.getState().isConnected());
        changed.connect();
        broker.users().remove(own);
        await(() -> !changed.getState().isConnected());

        assertThat(refusal5(broker.client5("c-" + own, own)).getReasonCode()).isEqualTo(Mqtt5ConnAckReasonCode.BAD_USER_NAME_OR_PASSWORD);
        assertThat(stays.getState()).isEqualTo(MqttClientState.CONNECTED);
    }

    @Test
    void who_is_cut_has_no_last_word() throws InterruptedException {
        broker.user(own).user("watch-" + own);
        var watching = broker.connected5("w-" + own, "watch-" + own);
        var received = inbox(watching);
        watching.subscribeWith().topicFilter(own + "/#").send();
        var client = broker.client5("c-" + own, own);
        client.connectWith().willPublish().topic(own + "/will").payload("last".getBytes()).applyWillPublish().send();

        broker.users().remove(own);
        await(() -> !client.getState().isConnected());
        broker.connected5("s-" + own, "watch-" + own).publish(message(own + "/after", "after"));

        assertThat(received.nextText()).isEqualTo("after");
    }

    // --- what is seen of it ---

    @Test
    void a_client_is_shown_with_its_session_and_what_happened_to_it() {
        broker.user(own);
        var client = broker.client5("c-" + own, own);
        client.connectWith().cleanStart(false).sessionExpiryInterval(300).keepAlive(45).send();
        client.subscribeWith().topicFilter(own + "/#").qos(MqttQos.AT_LEAST_ONCE).send();

        var shown = broker.broker().clients().byId("c-" + own).orElseThrow();
        assertThat(shown).extracting(Client::connected, Client::username, Client::ip, Client::listener, Client::protocol, Client::keepAlive, Client::sessionExpirySeconds, Client::subscriptions)
                .containsExactly(true, Optional.of(own), Optional.of("127.0.0.1"), Optional.of("tcp"), Optional.of("MQTT 5"), 45, 300L, 1);

        client.disconnect();
        await(() -> !broker.broker().clients().byId("c-" + own).orElseThrow().connected());
        broker.connected5("s-" + own, own).publish(message(own + "/x", "waits"));
        await(() -> broker.broker().clients().byId("c-" + own).orElseThrow().queued() == 1);
        assertThat(broker.broker().clients().eventsOf("c-" + own)).extracting(ClientEvent::kind).containsExactly("disconnected", "subscribed", "connected");
        assertThat(broker.broker().clients().delete("c-" + own)).isTrue();
        assertThat(broker.broker().clients().byId("c-" + own)).isEmpty();
        assertThat(broker.broker().clients().delete("c-" + own)).isFalse();
    }

    @Test
    void an_administrator_disconnects_a_client() {
        broker.user(own);
        var client = broker.connected5("c-" + own, own);

        assertThat(broker.broker().clients().disconnect("c-" + own)).isTrue();

        await(() -> !client.getState().isConnected());
        await(() -> !broker.broker().clients().disconnect("c-" + own));
    }

    @Test
    void topics_and_retained_messages_are_browsed_and_deleted() {
        broker.user(own);
        var client = broker.connected5("c-" + own, own);
        client.publish(retained(own + "/hall/pump"));
        client.publish(message(own + "/hall/pump", "again"));
        client.publish(message(own + "/hall/fan/speed", "9"));

        var below = broker.broker().topics().below(own + "/hall");
        assertThat(below).extracting("name", "children", "messages", "retained").containsExactly(
                org.assertj.core.groups.Tuple.tuple("fan", 1, 0L, false), org.assertj.core.groups.Tuple.tuple("pump", 0, 2L, true));
        assertThat(broker.broker().topics().matching("fan/sp")).extracting("topic").contains(own + "/hall/fan/speed");
        assertThat(broker.broker().retained().of(own + "/hall/pump").orElseThrow().payload()).isEqualTo(own.concat("/hall/pump").getBytes());
        assertThat(broker.broker().retained().delete(own + "/hall/pump")).isTrue();
        assertThat(broker.broker().retained().of(own + "/hall/pump")).isEmpty();
    }

    @Test
    void traffic_is_counted() {
        broker.user(own);
        var before = broker.broker().traffic().publishesIn();
        broker.connected5("c-" + own, own).publish(message(own, "x"));

        var traffic = broker.broker().traffic();
        assertThat(traffic.publishesIn()).isGreaterThan(before);
        assertThat(traffic.bytesIn()).isPositive();
        assertThat(traffic.bytesOut()).isPositive();
        assertThat(traffic.connected()).isPositive();
    }

    static Mqtt5Publish retained(String topic) {
        return Mqtt5Publish.builder().topic(topic).qos(MqttQos.AT_LEAST_ONCE).retain(true).payload(topic.getBytes()).build();
    }

    static com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck refusal5(Mqtt5BlockingClient client) {
        return catchThrowableOfType(Mqtt5ConnAckException.class, client::connect).getMqttMessage();
    }

    /// Until it is so: what is awaited is told by nothing else.
    static void await(BooleanSupplier condition) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not come about within 20 seconds");
            }
            Thread.onSpinWait();
            Thread.yield();
        }
    }
}
