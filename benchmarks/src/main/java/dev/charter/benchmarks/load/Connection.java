package dev.charter.benchmarks.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One HTTP/1.1 connection that is kept open, and no more of HTTP than measuring needs: it costs the machine less than what it measures.
public final class Connection implements AutoCloseable {
    private static final int BUFFER = 32 * 1024;
    private static final int LONGEST_SILENCE_MILLIS = 60_000;

    private final URI server;
    private Socket socket;
    private InputStream in;

    /// What came back.
    ///
    /// @param last whether the server closes the connection after it
    /// @param retryAfterSeconds when to ask again; 0 where that is not told
    public record Answer(int status, byte[] body, boolean last, int retryAfterSeconds) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    public Connection(URI server) throws IOException {
        this.server = server;
        socket = open();
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
    }

    private Socket open() throws IOException {
        var opened = new Socket(server.getHost(), server.getPort());
        opened.setTcpNoDelay(true);
        opened.setSoTimeout(LONGEST_SILENCE_MILLIS);
        return opened;
    }

    /// A whole request without a body, ready to be sent any number of times.
    ///
    /// @param headers each with its line end
    public static byte[] get(String target, String headers) {
        return ("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /// A whole request with a body, ready to be sent any number of times.
    ///
    /// @param headers each with its line end
    public static byte[] post(String target, String contentType, String headers, byte[] body) {
        var request = new ByteArrayOutputStream();
        request.writeBytes(("POST " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: " + contentType + "\r\nContent-Length: " + body.length + "\r\n" + headers + "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body);
        return request.toByteArray();
    }

    /// Sends and waits for the answer; a new connection is opened when the server has had enough of this one.
    public Answer exchange(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        var answer = read(in);
        if (answer.last()) {
            socket.close();
            socket = open();
            in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        }
        return answer;
    }

    /// Reads one answer (RFC 9112, sections 4 and 6): its length is told, or it comes in chunks.
    static Answer read(InputStream in) throws IOException {
        var statusLine = line(in);
        if (!statusLine.startsWith("HTTP/1.1 ")) {
            throw new IOException("not an answer of HTTP/1.1: " + statusLine);
        }
        int status = Integer.parseInt(statusLine.substring(9, 12));
        int length = 0;
        boolean chunked = false;
        boolean last = false;
        int retryAfter = 0;
        for (var header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            var name = header.substring(0, colon).toLowerCase(Locale.ROOT);
            var value = header.substring(colon + 1).strip();
            if (name.equals("content-length")) {
                length = Integer.parseInt(value);
            } else if (name.equals("transfer-encoding")) {
                chunked = value.equalsIgnoreCase("chunked");
            } else if (name.equals("connection")) {
                last = value.equalsIgnoreCase("close");
            } else if (name.equals("retry-after")) {
                retryAfter = Integer.parseInt(value);
            }
        }
        return new Answer(status, chunked ? chunks(in) : exactly(in, length), last, retryAfter);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            int length = Integer.parseInt(line(in).replaceFirst(";.*", "").strip(), 16);
            body.writeBytes(exactly(in, length));
            line(in);
            if (length == 0) {
                return body.toByteArray();
            }
        }
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the answer ends too early");
        }
        return bytes;
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
