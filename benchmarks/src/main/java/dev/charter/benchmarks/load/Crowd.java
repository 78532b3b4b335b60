package dev.charter.benchmarks.load;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// Clients that come within a short time, each by a connection of its own with one request, until all are served. They run on other machines than the server, so here one thread does it all:
/// it costs the machine less than ten thousand threads would, and what it measures is the server. The only no that is accepted is "later".
public final class Crowd {
    private static final int SERVED = 200;
    private static final int LATER = 503;
    private static final int READ_AT_ONCE = 64 * 1024;
    private static final long LONGEST_SILENCE_MILLIS = 60_000;

    /// @param nanoseconds until the last was served
    /// @param later how often one was told to come later
    public record Outcome(double nanoseconds, int later) {}

    private static final class Client {
        private final byte[] request;
        private long comesAt;
        private ByteBuffer unsent = ByteBuffer.allocate(0);
        private ByteArrayOutputStream received = new ByteArrayOutputStream();

        Client(byte[] request, long comesAt) {
            this.request = request;
            this.comesAt = comesAt;
        }
    }

    private final InetSocketAddress server;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(READ_AT_ONCE);
    private final PriorityQueue<Client> coming = new PriorityQueue<>(Comparator.comparingLong(client -> client.comesAt));
    private int unserved;
    private int later;

    private Crowd(InetSocketAddress server, Selector selector) {
        this.server = server;
        this.selector = selector;
    }

    /// @param requests one for each client, whole
    /// @param withinMillis when each comes is left to chance, within that time
    public static Outcome comes(URI server, List<byte[]> requests, int withinMillis) throws IOException {
        try (var selector = Selector.open()) {
            var crowd = new Crowd(new InetSocketAddress(server.getHost(), server.getPort()), selector);
            try {
                return crowd.serveAll(requests, withinMillis);
            } finally {
                for (var key : selector.keys()) {
                    key.channel().close();
                }
            }
        }
    }

    private Outcome serveAll(List<byte[]> requests, int withinMillis) throws IOException {
        long began = System.nanoTime();
        for (var request : requests) {
            coming.add(new Client(request, began + TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextInt(withinMillis))));
        }
        unserved = requests.size();
        while (unserved > 0) {
            long untilNext = connectWhoeverComes();
            if (selector.select(Math.min(untilNext, LONGEST_SILENCE_MILLIS)) == 0 && untilNext > LONGEST_SILENCE_MILLIS) {
                throw new IOException(unserved + " clients got no answer for a minute");
            }
            for (var key : selector.selectedKeys()) {
                goOn(key, (Client) key.attachment());
            }
            selector.selectedKeys().clear();
        }
        return new Outcome(System.nanoTime() - began, later);
    }

    /// @return milliseconds until the next one comes, 1 at least
    private long connectWhoeverComes() throws IOException {
        while (!coming.isEmpty()) {
            long left = coming.element().comesAt - System.nanoTime();
            if (left > 0) {
                return 1 + TimeUnit.NANOSECONDS.toMillis(left);
            }
            connect(coming.remove());
        }
        return Long.MAX_VALUE;
    }

    private void connect(Client client) throws IOException {
        var channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        client.unsent = ByteBuffer.wrap(client.request);
        client.received = new ByteArrayOutputStream();
        boolean connected = channel.connect(server);
        var key = channel.register(selector, connected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT, client);
        if (connected) {
            send(key, channel, client);
        }
    }

    private void goOn(SelectionKey key, Client client) throws IOException {
        var channel = (SocketChannel) key.channel();
        if (key.isReadable()) {
            receive(channel, client);
        } else if (!key.isConnectable() || channel.finishConnect()) {
            send(key, channel, client);
        }
    }

    private static void send(SelectionKey key, SocketChannel channel, Client client) throws IOException {
        channel.write(client.unsent);
        key.interestOps(client.unsent.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    private void receive(SocketChannel channel, Client client) throws IOException {
        int count = channel.read(buffer.clear());
        if (count < 0) {
            throw new EOFException("the server closed the connection before it answered");
        }
        client.received.write(buffer.array(), 0, count);
        Connection.Answer answer;
        try {
            answer = Connection.read(new ByteArrayInputStream(client.received.toByteArray()));
        } catch (EOFException notWholeYet) {
            return;
        }
        channel.close();
        if (answer.status() == SERVED) {
            unserved--;
        } else if (answer.status() == LATER && answer.retryAfterSeconds() > 0) {
            later++;
            client.comesAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(answer.retryAfterSeconds());
            coming.add(client);
        } else {
            throw new IOException("the answer was " + answer.status() + ": " + answer.text());
        }
    }
}
