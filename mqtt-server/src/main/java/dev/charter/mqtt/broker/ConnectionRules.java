package dev.charter.mqtt.broker;

import com.google.common.collect.ImmutableList;
import com.hivemq.bootstrap.ClientConnection;
import com.hivemq.mqtt.event.PublishDroppedEvent;
import com.hivemq.mqtt.message.ProtocolVersion;
import com.hivemq.mqtt.message.mqtt5.Mqtt5UserProperties;
import com.hivemq.mqtt.message.puback.PUBACK;
import com.hivemq.mqtt.message.publish.PUBLISH;
import com.hivemq.mqtt.message.pubrec.PUBREC;
import com.hivemq.mqtt.message.reason.Mqtt5PubAckReasonCode;
import com.hivemq.mqtt.message.reason.Mqtt5PubRecReasonCode;
import com.hivemq.mqtt.message.reason.Mqtt5SubAckReasonCode;
import com.hivemq.mqtt.message.suback.SUBACK;
import com.hivemq.mqtt.message.subscribe.SUBSCRIBE;
import com.hivemq.mqtt.message.subscribe.Topic;
import com.hivemq.mqtt.message.unsubscribe.UNSUBSCRIBE;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// What one connection may send and receive, decided as its packets pass, on the connection's own thread: handing each message to another thread and back,
/// as the broker's authorizers and interceptors do, would cost more than the decision.
///
/// A refused message takes nothing with it: the connection stays. MQTT 5 clients are told by the reason code of the acknowledgement; MQTT 3.1.1 knows
/// no such code, so the message is acknowledged and dropped (3.1.1, section 3.3.5).
final class ConnectionRules extends ChannelDuplexHandler {
    private static final String NOT_ALLOWED = "This user may not publish to that topic.";

    private final String clientId;
    private final Rights rights;
    private final Surroundings around;
    private final Set<String> subscribed;
    private final Throttle throttle;
    /// Answers to be completed: for each packet identifier the reason code of each filter; those of the filters that the broker decides about are replaced by its own.
    private final Map<Integer, List<Mqtt5SubAckReasonCode>> partlyRefused = new HashMap<>();

    /// What all connections share.
    record Surroundings(SeenTopics topics, EventBook events, CountedTraffic traffic, Guarded watcher, Limits limits) {}

    /// @param subscribed the filters of the session that goes on
    ConnectionRules(String clientId, Rights rights, Surroundings around, Set<String> subscribed) {
        this.clientId = clientId;
        this.rights = rights;
        this.around = around;
        this.subscribed = new HashSet<>(subscribed);
        this.throttle = new Throttle(around.limits().publishesPerSecond(), System::nanoTime);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object packet) throws Exception {
        switch (packet) {
            case PUBLISH publish -> published(context, publish);
            case SUBSCRIBE subscribe -> subscribed(context, subscribe);
            case UNSUBSCRIBE unsubscribe -> {
                unsubscribe.getTopics().forEach(subscribed::remove);
                around.events().note(clientId, "unsubscribed", String.join(", ", unsubscribe.getTopics()));
                context.fireChannelRead(packet);
            }
            default -> context.fireChannelRead(packet);
        }
    }

    private void published(ChannelHandlerContext context, PUBLISH publish) {
        slowDown(context);
        var topic = publish.getTopic();
        if (!rights.mayPublish(topic)) {
            refuse(context, publish);
            return;
        }
        around.topics().note(topic);
        around.watcher().published(clientId, topic, publish);
        context.fireChannelRead(publish);
    }

    /// A client that sends too fast is read from later; what it sent stays in its own buffers and ours of the network.
    private void slowDown(ChannelHandlerContext context) {
        var pause = throttle.pauseNanos();
        if (pause > 0 && context.channel().config().isAutoRead()) {
            context.channel().config().setAutoRead(false);
            context.executor().schedule(() -> context.channel().config().setAutoRead(true), pause, TimeUnit.NANOSECONDS);
        }
    }

    private void refuse(ChannelHandlerContext context, PUBLISH publish) {
        around.traffic().refused();
        around.events().note(clientId, "refused", "It may not publish to " + publish.getTopic() + ".");
        var tellsWhy = ClientConnection.of(context.channel()).getProtocolVersion() == ProtocolVersion.MQTTv5;
        var id = publish.getPacketIdentifier();
        switch (publish.getQoS()) {
            case AT_MOST_ONCE -> { /* Nobody waits for an answer. */ }
            case AT_LEAST_ONCE -> context.writeAndFlush(tellsWhy
                    ? new PUBACK(id, Mqtt5PubAckReasonCode.NOT_AUTHORIZED, NOT_ALLOWED, Mqtt5UserProperties.NO_USER_PROPERTIES) : new PUBACK(id));
            case EXACTLY_ONCE -> context.writeAndFlush(tellsWhy
                    ? new PUBREC(id, Mqtt5PubRecReasonCode.NOT_AUTHORIZED, NOT_ALLOWED, Mqtt5UserProperties.NO_USER_PROPERTIES) : new PUBREC(id));
        }
    }

    private void subscribed(ChannelHandlerContext context, SUBSCRIBE subscribe) {
        var allowed = ImmutableList.<Topic>builder();
        var codes = new ArrayList<Mqtt5SubAckReasonCode>();
        var refused = 0;
        for (var topic : subscribe.getTopics()) {
            var code = judge(topic.getTopic());
            codes.add(code);
            if (code == Mqtt5SubAckReasonCode.GRANTED_QOS_0) {
                allowed.add(topic);
                subscribed.add(topic.getTopic());
                around.events().note(clientId, "subscribed", topic.getTopic() + ", QoS " + topic.getQoS().getQosNumber());
            } else {
                refused++;
                around.events().note(clientId, "refused", "It may not subscribe to " + topic.getTopic() + ".");
            }
        }
        if (refused == 0) {
            context.fireChannelRead(subscribe);
        } else if (refused == codes.size()) {
            context.writeAndFlush(new SUBACK(subscribe.getPacketIdentifier(), codes));
        } else {
            partlyRefused.put(subscribe.getPacketIdentifier(), codes);
            context.fireChannelRead(new SUBSCRIBE(subscribe.getUserProperties(), allowed.build(), subscribe.getPacketIdentifier(), subscribe.getSubscriptionIdentifier()));
        }
    }

    private Mqtt5SubAckReasonCode judge(String filter) {
        if (!rights.maySubscribe(filter)) {
            return Mqtt5SubAckReasonCode.NOT_AUTHORIZED;
        }
        var isNew = !subscribed.contains(filter);
        return isNew && subscribed.size() >= around.limits().subscriptionsPerClient() ? Mqtt5SubAckReasonCode.QUOTA_EXCEEDED : Mqtt5SubAckReasonCode.GRANTED_QOS_0;
    }

    @Override
    public void write(ChannelHandlerContext context, Object packet, ChannelPromise promise) throws Exception {
        switch (packet) {
            case PUBLISH publish -> deliver(context, publish, promise);
            case SUBACK suback -> context.write(completed(suback), promise);
            default -> context.write(packet, promise);
        }
    }

    private void deliver(ChannelHandlerContext context, PUBLISH publish, ChannelPromise promise) {
        if (rights.mayReceive(publish.getTopic())) {
            context.write(around.watcher().delivering(publish), promise);
        } else {
            // The same that the broker does where an extension prevents a delivery: the message counts as handled, and the next one follows.
            promise.setSuccess();
            context.fireUserEventTriggered(new PublishDroppedEvent(publish));
        }
    }

    private SUBACK completed(SUBACK suback) {
        var codes = partlyRefused.remove(suback.getPacketIdentifier());
        if (codes == null) {
            return suback;
        }
        var granted = suback.getReasonCodes().iterator();
        var all = codes.stream().map(code -> code == Mqtt5SubAckReasonCode.GRANTED_QOS_0 ? granted.next() : code).toList();
        return new SUBACK(suback.getPacketIdentifier(), all, suback.getReasonString(), suback.getUserProperties());
    }
}
