package dev.charter.mqtt.sparkplug;

import static dev.charter.mqtt.broker.BrokerUnderTest.inbox;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import dev.charter.mqtt.access.Rule;
import dev.charter.mqtt.access.Rule.Action;
import dev.charter.mqtt.broker.BrokerUnderTest;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The statements of Sparkplug 3.0 about a server, each a test named by its id (section 10.1.3 and 10.1.4, where the dashes are underscores).
class SparkplugAwareTest {
    static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    @TempDir
    static Path folder;
    static volatile boolean licensed = true;
    static SparkplugAware aware;
    static BrokerUnderTest broker;

    final String group = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        aware = new SparkplugAware(() -> licensed, InstantSource.fixed(NOW));
        broker = BrokerUnderTest.watched(folder, aware).user("host", Rule.allow(Action.BOTH, "#"), Rule.allow(Action.SUBSCRIBE, "$sparkplug/#")).user("edge");
        aware.keepsCertificatesBy(broker.broker()::publishRetained);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void tck_id_conformance_mqtt_qos0() throws InterruptedException {
        assertThat(passes(MqttQos.AT_MOST_ONCE).getQos()).isEqualTo(MqttQos.AT_MOST_ONCE);
    }

    @Test
    void tck_id_conformance_mqtt_qos1() throws InterruptedException {
        assertThat(passes(MqttQos.AT_LEAST_ONCE).getQos()).isEqualTo(MqttQos.AT_LEAST_ONCE);
    }

    private Mqtt5Publish passes(MqttQos qos) throws InterruptedException {
        var host = broker.connected5("h-" + group, "host");
        var received = inbox(host);
        host.subscribeWith().topicFilter("spBv1.0/" + group + "/#").qos(qos).send();
        edge("n").publish(Mqtt5Publish.builder().topic("spBv1.0/" + group + "/NDATA/n").qos(qos).payload(birth(0).toByteArray()).build());
        return received.next();
    }

    @Test
    void tck_id_conformance_mqtt_will_messages() throws InterruptedException {
        var host = broker.connected5("h-" + group, "host");
        var received = inbox(host);
        host.subscribeWith().topicFilter("spBv1.0/STATE/" + group).qos(MqttQos.AT_LEAST_ONCE).send();
        var client = broker.client5("w-" + group, "edge");
        client.connectWith().willPublish().topic("spBv1.0/STATE/" + group).qos(MqttQos.AT_LEAST_ONCE).retain(true).payload("offline".getBytes()).applyWillPublish().send();

        client.disconnectWith().reasonCode(Mqtt5DisconnectReasonCode.DISCONNECT_WITH_WILL_MESSAGE).send();

        var will = received.next();
        assertThat(BrokerUnderTest.text(will)).isEqualTo("offline");
        assertThat(will.getQos()).isEqualTo(MqttQos.AT_LEAST_ONCE);
        var late = broker.connected5("l-" + group, "host");
        var receivedLate = inbox(late);
        late.subscribeWith().topicFilter("spBv1.0/STATE/" + group).send();
        assertThat(receivedLate.next().isRetain()).isTrue();
    }

    @Test
    void tck_id_conformance_mqtt_retained() throws InterruptedException {
        var edge = edge("n");
        edge.publish(Mqtt5Publish.builder().topic("spBv1.0/" + group + "/kept").qos(MqttQos.AT_LEAST_ONCE).retain(true).payload("1".getBytes()).build());
        edge.publish(Mqtt5Publish.builder().topic("spBv1.0/" + group + "/kept").qos(MqttQos.AT_LEAST_ONCE).retain(true).payload("2".getBytes()).build());
        var host = broker.connected5("h-" + group, "host");
        var received = inbox(host);
        host.subscribeWith().topicFilter("spBv1.0/" + group + "/kept").send();

        var kept = received.next();
        assertThat(BrokerUnderTest.text(kept)).isEqualTo("2");
        assertThat(kept.isRetain()).isTrue();
        edge.publish(Mqtt5Publish.builder().topic("spBv1.0/" + group + "/kept").qos(MqttQos.AT_LEAST_ONCE).retain(true).build());
        assertThat(broker.broker().retained().of("spBv1.0/" + group + "/kept")).isEmpty();
    }

    @Test
    void tck_id_conformance_mqtt_aware_basic() throws InterruptedException {
        // All that a compliant server does goes on while it is aware: a birth passes as any message does.
        var host = broker.connected5("h-" + group, "host");
        var received = inbox(host);
        host.subscribeWith().topicFilter("spBv1.0/" + group + "/#").send();

        born("n", 0);

        assertThat(received.next().getPayloadAsBytes()).isEqualTo(birth(0).toByteArray());
    }

    @Test
    void tck_id_conformance_mqtt_aware_store() throws InterruptedException {
        var edge = born("n", 0);
        deviceBorn(edge, "n", "d", birth(1));

        awaitCertificate("NBIRTH/n", birth(0));
        awaitCertificate("DBIRTH/n/d", birth(1));
        edge.publish(publish("NBIRTH/n", birth(7)));
        awaitCertificate("NBIRTH/n", birth(7));
    }

    @Test
    void tck_id_conformance_mqtt_aware_nbirth_mqtt_topic() throws InterruptedException {
        var received = watching("$sparkplug/certificates/spBv1.0/" + group + "/NBIRTH/n");

        born("n", 3);

        assertThat(received.next().getPayloadAsBytes()).isEqualTo(birth(3).toByteArray());
    }

    @Test
    void tck_id_conformance_mqtt_aware_nbirth_mqtt_retain() throws InterruptedException {
        born("n", 3);
        awaitCertificate("NBIRTH/n", birth(3));

        assertThat(watching("$sparkplug/certificates/spBv1.0/" + group + "/NBIRTH/+").next().isRetain()).isTrue();
    }

    @Test
    void tck_id_conformance_mqtt_aware_dbirth_mqtt_topic() throws InterruptedException {
        var received = watching("$sparkplug/certificates/spBv1.0/" + group + "/DBIRTH/n/d");

        deviceBorn(born("n", 0), "n", "d", birth(1));

        assertThat(received.next().getPayloadAsBytes()).isEqualTo(birth(1).toByteArray());
    }

    @Test
    void tck_id_conformance_mqtt_aware_dbirth_mqtt_retain() throws InterruptedException {
        deviceBorn(born("n", 0), "n", "d", birth(1));
        awaitCertificate("DBIRTH/n/d", birth(1));

        assertThat(watching("$sparkplug/certificates/spBv1.0/" + group + "/DBIRTH/#").next().isRetain()).isTrue();
    }

    @Test
    void tck_id_conformance_mqtt_aware_ndeath_timestamp() throws InterruptedException, InvalidProtocolBufferException {
        var received = watching("spBv1.0/" + group + "/NDEATH/#");
        var death = Payload.newBuilder().setTimestamp(1).addMetrics(bdSeq(5)).build();
        var edge = broker.client5("e-" + group, "edge");
        edge.connectWith().willPublish().topic("spBv1.0/" + group + "/NDEATH/n").qos(MqttQos.AT_LEAST_ONCE).payload(death.toByteArray()).applyWillPublish().send();

        edge.disconnectWith().reasonCode(Mqtt5DisconnectReasonCode.DISCONNECT_WITH_WILL_MESSAGE).send();

        var delivered = Payload.parseFrom(received.next().getPayloadAsBytes());
        assertThat(delivered.getTimestamp()).isEqualTo(NOW.toEpochMilli());
        assertThat(delivered.getMetricsList()).isEqualTo(death.getMetricsList());
    }

    // --- beyond the statements ---

    @Test
    void nobody_but_the_server_writes_certificates() {
        var edge = edge("n");
        org.assertj.core.api.Assertions.catchThrowable(() -> edge.publish(Mqtt5Publish.builder().topic("$sparkplug/certificates/spBv1.0/" + group + "/NBIRTH/n").qos(MqttQos.AT_LEAST_ONCE).retain(true)
                .payload("forged".getBytes()).build()));

        assertThat(broker.broker().retained().of("$sparkplug/certificates/spBv1.0/" + group + "/NBIRTH/n")).isEmpty();
    }

    @Test
    void nodes_and_devices_are_shown_with_what_they_said_last() {
        var edge = born("n", 0);
        deviceBorn(edge, "n", "d", Payload.newBuilder().setTimestamp(1_000).addMetrics(Metric.newBuilder().setName("level").setAlias(9).setDatatype(DataType.Int16_VALUE).setIntValue(-5 & 0xFFFF)).build());
        edge.publish(publish("DDATA/n/d", Payload.newBuilder().setTimestamp(2_000).addMetrics(Metric.newBuilder().setAlias(9).setIntValue(7)).build()));

        assertThat(shown().nodes()).containsExactly(new SparkplugNode("n", true, Optional.of(NOW), Optional.empty(), Optional.of("n-" + group),
                List.of(new SparkplugDevice("d", true, Optional.of(NOW), Optional.empty()))));
        assertThat(aware.metrics(group, "n", Optional.of("d"))).contains(List.of(new SparkplugMetric("level", "Int16", Optional.of("7"), Optional.of(Instant.ofEpochMilli(2_000)))));
        edge.publish(publish("DDEATH/n/d", Payload.newBuilder().build()));
        assertThat(shown().nodes().getFirst().devices().getFirst().online()).isFalse();
    }

    @Test
    void a_node_whose_connection_is_over_is_offline_with_all_its_devices() {
        var edge = born("n", 0);
        deviceBorn(edge, "n", "d", birth(1));

        edge.disconnect();

        while (shown().nodes().getFirst().online()) {
            Thread.onSpinWait();
        }
        assertThat(shown().nodes().getFirst().devices().getFirst()).isEqualTo(new SparkplugDevice("d", false, Optional.of(NOW), Optional.of(NOW)));
    }

    @Test
    void a_death_that_belongs_to_an_earlier_birth_ends_nothing() {
        var edge = born("n", 4);
        edge.publish(publish("NDEATH/n", Payload.newBuilder().addMetrics(bdSeq(3)).build()));
        assertThat(shown().nodes().getFirst().online()).isTrue();

        edge.publish(publish("NDEATH/n", Payload.newBuilder().addMetrics(bdSeq(4)).build()));
        assertThat(shown().nodes().getFirst().online()).isFalse();
    }

    @Test
    void what_is_no_payload_harms_nobody() {
        var edge = born("n", 0);

        edge.publish(Mqtt5Publish.builder().topic("spBv1.0/" + group + "/NBIRTH/n").qos(MqttQos.AT_LEAST_ONCE).payload(new byte[] {(byte) 0xFF, 1, 2}).build());

        assertThat(shown().nodes().getFirst().online()).isTrue();
    }

    @Test
    void births_are_known_again_after_a_restart_with_nobody_online() {
        var edge = born("n", 2);
        deviceBorn(edge, "n", "d", birth(3));
        awaitCertificate("DBIRTH/n/d", birth(3));

        var after = new SparkplugAware(() -> true, InstantSource.fixed(NOW));
        after.recall(broker.broker().retained().all());

        var node = after.groups().stream().filter(each -> each.name().equals(group)).findFirst().orElseThrow().nodes().getFirst();
        assertThat(node.online()).isFalse();
        assertThat(node.devices()).extracting(SparkplugDevice::name, SparkplugDevice::online).containsExactly(org.assertj.core.groups.Tuple.tuple("d", false));
        assertThat(after.metrics(group, "n", Optional.empty()).orElseThrow()).extracting(SparkplugMetric::name).containsExactly("bdSeq");
    }

    @Test
    void without_the_license_for_it_sparkplug_is_nothing_special() {
        var unlicensed = new SparkplugAware(() -> false, InstantSource.fixed(NOW));

        assertThat(unlicensed.watches("spBv1.0/g/NBIRTH/n")).isFalse();
        assertThat(aware.watches("spBv1.0/g/NBIRTH/n")).isTrue();
        assertThat(aware.watches("plant/spBv1.0/g")).isFalse();
    }

    // --- how it is told ---

    private Mqtt5BlockingClient edge(String node) {
        return broker.connected5(node + "-" + group, "edge");
    }

    private Mqtt5BlockingClient born(String node, long number) {
        var edge = edge(node);
        edge.publish(publish("NBIRTH/" + node, birth(number)));
        return edge;
    }

    private void deviceBorn(Mqtt5BlockingClient edge, String node, String device, Payload birth) {
        edge.publish(publish("DBIRTH/" + node + "/" + device, birth));
    }

    private Mqtt5Publish publish(String rest, Payload payload) {
        return Mqtt5Publish.builder().topic("spBv1.0/" + group + "/" + rest).qos(MqttQos.AT_LEAST_ONCE).payload(payload.toByteArray()).build();
    }

    private static Payload birth(long number) {
        return Payload.newBuilder().setTimestamp(1_000 + number).setSeq(0).addMetrics(bdSeq(number)).build();
    }

    private static Metric bdSeq(long number) {
        return Metric.newBuilder().setName("bdSeq").setDatatype(DataType.Int64_VALUE).setLongValue(number).build();
    }

    private BrokerUnderTest.Inbox watching(String filter) {
        var host = broker.connected5("h-" + group, "host");
        var received = inbox(host);
        host.subscribeWith().topicFilter(filter).qos(MqttQos.AT_LEAST_ONCE).send();
        return received;
    }

    private void awaitCertificate(String rest, Payload birth) {
        while (!broker.broker().retained().of("$sparkplug/certificates/spBv1.0/" + group + "/" + rest).filter(kept -> java.util.Arrays.equals(kept.payload(), birth.toByteArray())).isPresent()) {
            Thread.onSpinWait();
        }
    }

    private SparkplugGroup shown() {
        return aware.groups().stream().filter(each -> each.name().equals(group)).findFirst().orElseThrow();
    }
}
