package dev.charter.benchmarks.mqtt;

import dev.charter.benchmarks.Pairs;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Clients that each publish to a topic of their own, are delivered what they published, and then publish the next: as fast as the broker allows, and no faster.
public final class MqttLoad implements AutoCloseable {
    private static final int LONGEST_WAIT_MILLIS = 30_000;
    private static final int PAYLOAD_BYTES = 64;

    private final List<MqttConnection> clients = new ArrayList<>();
    private final int qos;
    private final int atOnce;

    /// What the clients saw.
    ///
    /// @param nanoseconds from publishing to delivery, of each message
    public record Outcome(double seconds, double[] nanoseconds) {
        public double perSecond() {
            return nanoseconds.length / seconds;
        }

        public double quantile(double part) {
            return Pairs.quantile(part, nanoseconds);
        }
    }

    private MqttLoad(int qos, int atOnce) {
        this.qos = qos;
        this.atOnce = atOnce;
    }

    /// Connects and subscribes.
    ///
    /// @param atOnce how many messages of each client are under way at a time
    public static MqttLoad connect(int port, int clients, int qos, int atOnce, String user, String password) throws IOException {
        var load = new MqttLoad(qos, atOnce);
        try {
            for (int i = 0; i < clients; i++) {
                var connection = MqttConnection.open(port, new MqttConnection.Login("bench-" + i, user, password), LONGEST_WAIT_MILLIS);
                load.clients.add(connection);
                connection.subscribe(topic(i), qos);
            }
            return load;
        } catch (IOException | RuntimeException fault) {
            load.close();
            throw fault;
        }
    }

    private static String topic(int client) {
        return "bench/line-" + client + "/value";
    }

    /// Lets all of them go on for that long, and then waits until everything that is under way has arrived.
    public Outcome run(Duration duration) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long began = System.nanoTime();
            long until = began + duration.toNanos();
            var running = new ArrayList<Future<double[]>>();
            for (int i = 0; i < clients.size(); i++) {
                var connection = clients.get(i);
                var topic = topic(i);
                running.add(threads.submit(() -> goOn(connection, topic, until)));
            }
            var all = new ArrayList<double[]>();
            for (var client : running) {
                all.add(client.get());
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            return new Outcome(seconds, all.stream().flatMapToDouble(Arrays::stream).toArray());
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a client failed: " + failed.getCause(), failed.getCause());
        }
    }

    private double[] goOn(MqttConnection connection, String topic, long until) throws IOException {
        var took = new double[1_024];
        int count = 0;
        for (int i = 0; i < atOnce; i++) {
            connection.publish(topic, qos, PAYLOAD_BYTES);
        }
        for (int underWay = atOnce; underWay > 0;) {
            long sent = connection.receive();
            long now = System.nanoTime();
            if (count == took.length) {
                took = Arrays.copyOf(took, 2 * count);
            }
            took[count++] = now - sent;
            if (now < until) {
                connection.publish(topic, qos, PAYLOAD_BYTES);
            } else {
                underWay--;
            }
        }
        connection.flush();
        return Arrays.copyOf(took, count);
    }

    @Override
    public void close() throws IOException {
        for (var client : clients) {
            client.close();
        }
    }
}
