package dev.charter.mqtt.broker;

import com.hivemq.extension.sdk.api.packets.general.Qos;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import com.hivemq.extension.sdk.api.services.publish.RetainedMessageStore;
import com.hivemq.extension.sdk.api.services.publish.RetainedPublish;
import dev.charter.mqtt.topics.RetainedMessage;
import dev.charter.mqtt.topics.RetainedMessages;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/// The retained messages, as the broker keeps them on disk.
final class KeptMessages implements RetainedMessages {
    private final Supplier<RetainedMessageStore> store;

    KeptMessages(Supplier<RetainedMessageStore> store) {
        this.store = store;
    }

    @Override
    public List<RetainedMessage> all() {
        var found = new ArrayList<RetainedMessage>();
        Waiting.on(store.get().iterateAllRetainedMessages((context, message) -> found.add(read(message)), Runnable::run));
        found.sort(Comparator.comparing(RetainedMessage::topic));
        return found;
    }

    Set<String> topics() {
        var found = new HashSet<String>();
        Waiting.on(store.get().iterateAllRetainedMessages((context, message) -> found.add(message.getTopic()), Runnable::run));
        return found;
    }

    @Override
    public Optional<RetainedMessage> of(String topic) {
        return Waiting.on(store.get().getRetainedMessage(topic)).map(KeptMessages::read);
    }

    @Override
    public boolean delete(String topic) {
        if (of(topic).isEmpty()) {
            return false;
        }
        Waiting.on(store.get().remove(topic));
        return true;
    }

    @Override
    public void put(RetainedMessage message) {
        var builder = Builders.retainedPublish().topic(message.topic()).payload(ByteBuffer.wrap(message.payload())).qos(Qos.valueOf(message.qos()));
        message.expirySeconds().ifPresent(builder::messageExpiryInterval);
        message.contentType().ifPresent(builder::contentType);
        Waiting.on(store.get().addOrReplace(builder.build()));
    }

    private static RetainedMessage read(RetainedPublish message) {
        var payload = message.getPayload().map(KeptMessages::bytes).orElseGet(() -> new byte[0]);
        var expiry = message.getMessageExpiryInterval().map(OptionalLong::of).orElseGet(OptionalLong::empty);
        return new RetainedMessage(message.getTopic(), payload, message.getQos().getQosNumber(), expiry, message.getContentType());
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
