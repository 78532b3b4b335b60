package dev.charter.mqtt.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// A request whose body ends, in size and in time, whatever its sender announces or sends.
final class BoundedBody extends HttpServletRequestWrapper {
    /// Of a JSON body, in bytes.
    static final int LARGEST = 64 * 1024;
    /// From the first read of a JSON body to the last; a single pause is bounded by the connection's timeout.
    static final Duration LONGEST = Duration.ofSeconds(15);

    private final ServletInputStream body;

    /// @param largest bytes
    /// @param longest from the first read to the last
    /// @throws Rejected as TOO_LARGE when it is announced to be
    BoundedBody(HttpServletRequest request, long largest, Duration longest) throws IOException {
        super(request);
        if (request.getContentLengthLong() > largest) {
            throw tooLarge(largest);
        }
        this.body = new Counted(request.getInputStream(), largest, longest);
    }

    @Override
    public ServletInputStream getInputStream() {
        return body;
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    private static Rejected tooLarge(long largest) {
        return Rejected.because(ProblemCode.TOO_LARGE, "This request's body has at most " + largest + " bytes.");
    }

    private static Rejected tooSlow() {
        return Rejected.because(ProblemCode.TOO_SLOW, "The request's body did not arrive in time.");
    }

    private static final class Counted extends ServletInputStream {
        private final ServletInputStream source;
        private final long largest;
        private final Duration longest;
        private long read;
        private long firstRead;

        Counted(ServletInputStream source, long largest, Duration longest) {
            this.source = source;
            this.largest = largest;
            this.longest = longest;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (read == 0) {
                firstRead = System.nanoTime();
            } else if (System.nanoTime() - firstRead > longest.toNanos()) {
                throw tooSlow();
            }
            try {
                int count = source.read(into, from, length);
                read += Math.max(count, 0);
                if (read > largest) {
                    throw tooLarge(largest);
                }
                return count;
            } catch (SocketTimeoutException silence) {
                throw tooSlow();
            }
        }

        @Override
        public boolean isFinished() {
            return source.isFinished();
        }

        @Override
        public boolean isReady() {
            return source.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("bodies are read by blocking, which costs nothing on a virtual thread");
        }
    }
}
