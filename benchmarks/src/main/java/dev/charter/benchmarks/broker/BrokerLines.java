package dev.charter.benchmarks.broker;

import dev.charter.benchmarks.Folders;
import dev.charter.benchmarks.Line;
import dev.charter.benchmarks.Pairs;
import dev.charter.benchmarks.Unit;
import dev.charter.benchmarks.Vendor;
import dev.charter.benchmarks.mqtt.MqttLoad;
import dev.charter.benchmarks.program.MqttPrograms;
import dev.charter.signing.Strength;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The lines about messages: the MQTT server and the bare broker run beside each other, and are loaded in turn by the same clients in the same way.
public final class BrokerLines {
    private static final String PEER = "same HiveMQ CE, no extension";
    private static final double RATE = 0.97;
    private static final double SLOWEST = 1.05;
    private static final double PART = 0.99;

    private BrokerLines() {}

    /// How many clients with how many messages under way each.
    private record Crowd(int clients, int atOnce) {}

    private record Effort(int warmUps, int pairs, Duration each, List<Crowd> crowds) {}

    public static List<Line> measure(boolean quick, MqttPrograms programs) throws Exception {
        var effort = quick ? new Effort(2, 4, Duration.ofMillis(700), List.of(new Crowd(50, 4)))
                : new Effort(6, 14, Duration.ofMillis(1_500), List.of(new Crowd(1, 16), new Crowd(50, 4), new Crowd(500, 1)));
        var folder = Folders.temporary("broker");
        var anchor = Files.write(folder.resolve("trust-anchor.json"), Vendor.of(Strength.CLASSICAL).anchor().toBytes());
        try (var subject = BrokerProcess.server(programs, Files.createDirectories(folder.resolve("server")), anchor, List.of());
                var peer = BrokerProcess.bare(programs, Files.createDirectories(folder.resolve("bare")))) {
            var lines = new ArrayList<Line>();
            for (int qos = 0; qos <= 1; qos++) {
                for (var crowd : effort.crowds()) {
                    lines.addAll(measure(qos, crowd, effort, subject, peer));
                }
            }
            return lines;
        } finally {
            Folders.delete(folder);
        }
    }

    private static List<Line> measure(int qos, Crowd crowd, Effort effort, BrokerProcess subject, BrokerProcess peer) throws Exception {
        var rates = new ArrayList<Pairs.Pair>();
        var slowest = new ArrayList<Pairs.Pair>();
        try (var ours = load(subject, qos, crowd); var theirs = load(peer, qos, crowd)) {
            for (int pair = -effort.warmUps(); pair < effort.pairs(); pair++) {
                boolean theirsFirst = pair % 2 != 0;
                var before = theirsFirst ? theirs.run(effort.each()) : null;
                var our = ours.run(effort.each());
                var their = before == null ? theirs.run(effort.each()) : before;
                if (pair >= 0) {
                    rates.add(new Pairs.Pair(our.perSecond(), their.perSecond()));
                    slowest.add(new Pairs.Pair(our.quantile(PART), their.quantile(PART)));
                }
            }
        }
        var what = "broker, QoS " + qos + ", " + crowd.clients() + (crowd.clients() == 1 ? " client" : " clients");
        return List.of(Line.notBelow(RATE, what, Unit.PER_SECOND, new Pairs(rates), PEER), Line.notAbove(SLOWEST, what + ", p99", Unit.NANOSECONDS, new Pairs(slowest), PEER));
    }

    private static MqttLoad load(BrokerProcess broker, int qos, Crowd crowd) throws Exception {
        return MqttLoad.connect(broker.port(), crowd.clients(), qos, crowd.atOnce(), BrokerProcess.USER, BrokerProcess.PASSWORD);
    }
}
