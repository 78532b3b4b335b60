package dev.charter.benchmarks.mqtt;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// One MQTT 3.1.1 connection with the least that a load needs (OASIS MQTT 3.1.1, section 3). It takes so little time of the processors that it shares with the broker
/// that the broker is what is measured. For one thread.
public final class MqttConnection implements AutoCloseable {
    private static final int CONNECT = 0x10;
    private static final int CONNACK = 2;
    private static final int PUBLISH = 3;
    private static final int PUBACK = 0x40;
    private static final int SUBSCRIBE = 0x82;
    private static final int SUBACK = 9;
    private static final int CLEAN_SESSION_USER_AND_PASSWORD = 0xC2;
    private static final int KEEP_ALIVE_SECONDS = 600;
    private static final int REFUSED = 0x80;
    private static final int BUFFER = 8_192;

    private final Socket socket;
    private final DataInputStream in;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream(BUFFER);
    private final DataOutputStream out = new DataOutputStream(waiting);
    private int packetId;

    /// Who connects.
    public record Login(String clientId, String user, String password) {}

    private MqttConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
    }

    /// @param longestWaitMillis for any packet
    /// @throws IOException when it is not let in
    public static MqttConnection open(int port, Login login, int longestWaitMillis) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(longestWaitMillis);
            var connection = new MqttConnection(socket);
            connection.connect(login);
            return connection;
        } catch (IOException | RuntimeException fault) {
            socket.close();
            throw fault;
        }
    }

    private void connect(Login login) throws IOException {
        var body = new ByteArrayOutputStream();
        var written = new DataOutputStream(body);
        written.writeUTF("MQTT");
        written.writeByte(4);
        written.writeByte(CLEAN_SESSION_USER_AND_PASSWORD);
        written.writeShort(KEEP_ALIVE_SECONDS);
        written.writeUTF(login.clientId());
        written.writeUTF(login.user());
        written.writeUTF(login.password());
        packet(CONNECT, body.toByteArray());
        flush();
        var answer = read();
        if (answer.type() != CONNACK || answer.body()[1] != 0) {
            throw new IOException("the broker answered CONNECT with packet " + answer.type() + ", code " + answer.body()[1]);
        }
    }

    /// Subscribes and waits until it is.
    public void subscribe(String filter, int qos) throws IOException {
        var body = new ByteArrayOutputStream();
        var written = new DataOutputStream(body);
        written.writeShort(nextId());
        written.writeUTF(filter);
        written.writeByte(qos);
        packet(SUBSCRIBE, body.toByteArray());
        flush();
        var answer = read();
        if (answer.type() != SUBACK || (answer.body()[2] & REFUSED) != 0) {
            throw new IOException("the broker refused the subscription to " + filter);
        }
    }

    /// Puts a message with the present instant in it among what waits to be sent: with the next [#flush], or when nothing more has arrived.
    ///
    /// @param payloadBytes 8 at least
    public void publish(String topic, int qos, int payloadBytes) throws IOException {
        var name = topic.getBytes(StandardCharsets.UTF_8);
        out.writeByte(PUBLISH << 4 | qos << 1);
        length(2 + name.length + (qos > 0 ? 2 : 0) + payloadBytes);
        out.writeShort(name.length);
        out.write(name);
        if (qos > 0) {
            out.writeShort(nextId());
        }
        out.writeLong(System.nanoTime());
        out.write(new byte[payloadBytes - Long.BYTES]);
    }

    /// Waits for the next message. Its acknowledgement, where it asks for one, waits to be sent as messages do.
    ///
    /// @return when it was sent, in the nanoseconds of this program
    public long receive() throws IOException {
        while (true) {
            if (in.available() == 0) {
                flush();
            }
            var packet = read();
            if (packet.type() == PUBLISH) {
                int at = 2 + ((packet.body()[0] & 0xFF) << 8 | packet.body()[1] & 0xFF);
                if ((packet.flags() & 0x06) != 0) {
                    packet(PUBACK, new byte[] {packet.body()[at], packet.body()[at + 1]});
                    at += 2;
                }
                return new DataInputStream(new ByteArrayInputStream(packet.body(), at, Long.BYTES)).readLong();
            }
        }
    }

    /// Sends what waits.
    public void flush() throws IOException {
        waiting.writeTo(socket.getOutputStream());
        waiting.reset();
    }

    private int nextId() {
        packetId = packetId % 0xFFFF + 1;
        return packetId;
    }

    private void packet(int first, byte[] body) throws IOException {
        out.writeByte(first);
        length(body.length);
        out.write(body);
    }

    private void length(int length) throws IOException {
        int rest = length;
        do {
            int digit = rest % 128;
            rest /= 128;
            out.writeByte(rest > 0 ? digit | 0x80 : digit);
        } while (rest > 0);
    }

    private record Packet(int type, int flags, byte[] body) {}

    private Packet read() throws IOException {
        int first = in.readUnsignedByte();
        int length = 0;
        int shift = 0;
        int digit;
        do {
            digit = in.readUnsignedByte();
            length |= (digit & 0x7F) << shift;
            shift += 7;
        } while ((digit & 0x80) != 0);
        var body = new byte[length];
        in.readFully(body);
        return new Packet(first >> 4, first & 0x0F, body);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
