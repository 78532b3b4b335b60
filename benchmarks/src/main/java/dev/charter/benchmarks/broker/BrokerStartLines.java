package dev.charter.benchmarks.broker;

import dev.charter.benchmarks.Folders;
import dev.charter.benchmarks.Line;
import dev.charter.benchmarks.Pairs;
import dev.charter.benchmarks.Unit;
import dev.charter.benchmarks.Vendor;
import dev.charter.benchmarks.mqtt.MqttConnection;
import dev.charter.benchmarks.program.MqttPrograms;
import dev.charter.signing.Strength;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// The lines about starting, about memory, and about many clients that come back at once.
public final class BrokerStartLines {
    private static final String PEER = "bare Boot + same HiveMQ CE, AOT cache";
    private static final double MOST = 1.3;
    private static final Duration IDLE = Duration.ofSeconds(4);
    private static final int CLIENTS = 1_000;
    private static final int LONGEST_ANSWER_MILLIS = 120_000;
    private static final double LONGEST_RECONNECT_NANOSECONDS = 10e9;

    private BrokerStartLines() {}

    private record Start(double nanoseconds, double idle, double crowded) {}

    /// Starts a broker.
    private interface Starter {
        BrokerProcess start(Path data) throws IOException;
    }

    public static List<Line> measure(boolean quick, MqttPrograms programs) throws Exception {
        var folder = Folders.temporary("broker-start");
        try {
            var anchor = Files.write(folder.resolve("trust-anchor.json"), Vendor.of(Strength.CLASSICAL).anchor().toBytes());
            Starter server = data -> BrokerProcess.server(programs, data, anchor, List.of());
            Starter bare = data -> BrokerProcess.bare(programs, data);
            var ours = Files.createDirectories(folder.resolve("server"));
            var theirs = Files.createDirectories(folder.resolve("bare"));
            server.start(ours).close(); // makes what it keeps; from now on it only opens it
            bare.start(theirs).close();
            var subject = new ArrayList<Start>();
            var peer = new ArrayList<Start>();
            for (int pair = 0; pair < (quick ? 2 : 5); pair++) {
                if (pair % 2 == 1) {
                    peer.add(start(bare, theirs));
                }
                subject.add(start(server, ours));
                if (pair % 2 == 0) {
                    peer.add(start(bare, theirs));
                }
            }
            var lines = new ArrayList<>(List.of(
                    Line.atMost(MOST, "MQTT server, first CONNECT accepted", Unit.NANOSECONDS, pairs(subject, peer, Start::nanoseconds), PEER),
                    Line.atMost(MOST, "MQTT server, resident when idle", Unit.MEGABYTES, pairs(subject, peer, Start::idle), PEER),
                    Line.atMost(MOST, "MQTT server, resident with 1,000 clients", Unit.MEGABYTES, pairs(subject, peer, Start::crowded), PEER)));
            lines.add(reconnect(quick ? CLIENTS / 10 : CLIENTS, programs, Files.createDirectories(folder.resolve("reconnect")), anchor));
            return lines;
        } finally {
            Folders.delete(folder);
        }
    }

    private static Pairs pairs(List<Start> subject, List<Start> peer, Function<Start, Double> figure) {
        return Pairs.of(subject.stream().map(figure).toList(), peer.stream().map(figure).toList());
    }

    private static Start start(Starter starter, Path data) throws Exception {
        try (var broker = starter.start(data)) {
            Thread.sleep(IDLE);
            double idle = broker.residentMegabytes();
            try (var _ = Crowd.connect(broker.port(), CLIENTS, _ -> BrokerProcess.USER)) {
                Thread.sleep(IDLE);
                return new Start(broker.firstConnect().toNanos(), idle, broker.residentMegabytes());
            }
        }
    }

    /// Each client has a user of its own, whose password was verified before.
    private static Line reconnect(int clients, MqttPrograms programs, Path data, Path anchor) throws Exception {
        var users = IntStream.range(0, clients).mapToObj(i -> "machine-" + i).toList();
        try (var broker = BrokerProcess.server(programs, data, anchor, users)) {
            Crowd.connect(broker.port(), clients, users::get).close();
            long began = System.nanoTime();
            try (var _ = Crowd.connect(broker.port(), clients, users::get)) {
                return Line.below(LONGEST_RECONNECT_NANOSECONDS, String.format(Locale.ROOT, "MQTT server, %,d clients of as many users come back", clients), Unit.NANOSECONDS,
                        System.nanoTime() - began);
            }
        }
    }

    /// Clients that are connected and silent.
    private record Crowd(List<MqttConnection> clients) implements AutoCloseable {
        private static final int AT_ONCE = 32;

        static Crowd connect(int port, int clients, IntFunction<String> user) throws Exception {
            try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
                var connecting = new ArrayList<Future<MqttConnection>>();
                for (int i = 0; i < clients; i++) {
                    var login = new MqttConnection.Login("client-" + i, user.apply(i), BrokerProcess.PASSWORD);
                    connecting.add(threads.submit(() -> MqttConnection.open(port, login, LONGEST_ANSWER_MILLIS)));
                }
                var connected = new ArrayList<MqttConnection>();
                for (var one : connecting) {
                    connected.add(one.get());
                }
                return new Crowd(connected);
            }
        }

        @Override
        public void close() throws IOException {
            for (var client : clients) {
                client.close();
            }
        }
    }
}
