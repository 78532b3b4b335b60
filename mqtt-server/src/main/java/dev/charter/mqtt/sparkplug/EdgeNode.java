package dev.charter.mqtt.sparkplug;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;

/// One edge node with its devices, as its births and deaths left it. Guarded by whoever holds it.
final class EdgeNode {
    static final int MOST_DEVICES = 1_000;
    private static final String BIRTH_AND_DEATH = "bdSeq";

    private final SortedMap<String, Life> devices = new TreeMap<>();
    private final Life life = new Life();
    private Optional<String> clientId = Optional.empty();
    private OptionalLong birthNumber = OptionalLong.empty();

    /// What a node and a device have in common.
    static final class Life {
        private boolean online;
        private Optional<Instant> bornAt = Optional.empty();
        private Optional<Instant> diedAt = Optional.empty();
        private Metrics metrics = new Metrics();

        private void begins(Payload birth, Instant now, boolean isOnline) {
            online = isOnline;
            bornAt = Optional.of(now);
            metrics = Metrics.ofBirth(birth);
        }

        private void ends(Instant now) {
            if (online) {
                online = false;
                diedAt = Optional.of(now);
            }
        }

        Metrics metrics() {
            return metrics;
        }
    }

    /// A node's birth ends what was before it: its devices have to be born anew (section 6.4.6).
    void born(Payload birth, Optional<String> by, Instant now) {
        devices.values().forEach(device -> device.ends(now));
        clientId = by;
        birthNumber = number(birth);
        life.begins(birth, now, by.isPresent());
    }

    /// A death counts for the birth that it was made with: an old one, told late, ends nothing (section 6.4.21).
    void died(Payload death, Instant now) {
        var number = number(death);
        if (number.isEmpty() || birthNumber.isEmpty() || number.equals(birthNumber)) {
            ended(now);
        }
    }

    /// Its connection is over, and so is all that it spoke for.
    void ended(Instant now) {
        life.ends(now);
        devices.values().forEach(device -> device.ends(now));
    }

    void deviceBorn(String name, Payload birth, Instant now) {
        if (devices.containsKey(name) || devices.size() < MOST_DEVICES) {
            devices.computeIfAbsent(name, absent -> new Life()).begins(birth, now, life.online);
        }
    }

    void deviceDied(String name, Instant now) {
        device(name).ifPresent(device -> device.ends(now));
    }

    boolean isBy(String client) {
        return life.online && clientId.filter(client::equals).isPresent();
    }

    Life life() {
        return life;
    }

    Optional<Life> device(String name) {
        return Optional.ofNullable(devices.get(name));
    }

    SparkplugNode shown(String name) {
        return new SparkplugNode(name, life.online, life.bornAt, life.diedAt, clientId, devices.entrySet().stream()
                .map(device -> new SparkplugDevice(device.getKey(), device.getValue().online, device.getValue().bornAt, device.getValue().diedAt)).toList());
    }

    private static OptionalLong number(Payload payload) {
        return payload.getMetricsList().stream().filter(metric -> metric.getName().equals(BIRTH_AND_DEATH)).mapToLong(metric -> metric.hasLongValue() ? metric.getLongValue() : metric.getIntValue()).findFirst();
    }
}
