package dev.charter.server.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/// A request whose body ends, in size and in time, whatever its sender announces or sends.
final class BoundedBody extends HttpServletRequestWrapper {
    private final ServletInputStream body;

    /// @throws Rejected as TOO_LARGE when it is announced to be
    BoundedBody(HttpServletRequest request, BodyLimit limit) throws IOException {
        super(request);
        if (request.getContentLengthLong() > limit.bytes()) {
            throw tooLarge(limit);
        }
        this.body = new Counted(request.getInputStream(), limit);
    }

    @Override
    public ServletInputStream getInputStream() {
        return body;
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    private static Rejected tooLarge(BodyLimit limit) {
        return Rejected.because(HttpProblem.TOO_LARGE, "This request's body has at most " + limit.bytes() + " bytes.");
    }

    private static Rejected tooSlow() {
        return Rejected.because(HttpProblem.TOO_SLOW, "The request's body did not arrive in time.");
    }

    private static final class Counted extends ServletInputStream {
        private final ServletInputStream source;
        private final BodyLimit limit;
        private long read;
        private long firstRead;

        Counted(ServletInputStream source, BodyLimit limit) {
            this.source = source;
            this.limit = limit;
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
            } else if (System.nanoTime() - firstRead > limit.time().toNanos()) {
                throw tooSlow();
            }
            try {
                int count = source.read(into, from, length);
                read += Math.max(count, 0);
                if (read > limit.bytes()) {
                    throw tooLarge(limit);
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
