package dev.charter.authority.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.RunningAuthority;
import dev.charter.store.Engine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Huge, slow and broken requests: each is refused, and nobody else notices.
@Timeout(300)
class LimitsTest {
    private static final RunningAuthority AUTHORITY = RunningAuthority.on(Engine.SQLITE);
    private static final String POST = "POST /v1/usage-requests HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/jose+json\r\n";

    /// A connection whose every byte is the test's.
    private static final class Raw implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader reader;

        Raw() throws IOException {
            socket = new Socket(AUTHORITY.url().getHost(), AUTHORITY.url().getPort());
            reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        }

        Raw send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return this;
        }

        /// The status of the answer.
        int status() throws IOException {
            var line = reader.readLine();
            assertThat(line).as("the answer's first line").isNotNull();
            return Integer.parseInt(line.split(" ")[1]);
        }

        /// The answer from its second line to the end of the connection.
        String rest() throws IOException {
            var text = new StringBuilder();
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                text.append((char) c);
            }
            return text.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {64 * 1024 + 1, 10_000_000_000L})
    void a_body_that_is_announced_too_large_is_refused_before_it_is_sent(long length) throws IOException {
        try (var raw = new Raw().send(POST + "Content-Length: " + length + "\r\n\r\n")) {
            assertThat(raw.status()).isEqualTo(413);
            assertThat(raw.rest()).contains("Connection: close").contains("TOO_LARGE");
        }
    }

    @Test
    void a_body_in_chunks_is_refused_as_soon_as_it_is_too_large() throws IOException {
        try (var raw = new Raw().send(POST + "Transfer-Encoding: chunked\r\n\r\n")) {
            for (int i = 0; i < 17; i++) {
                raw.send("1000\r\n" + "x".repeat(4096) + "\r\n");
            }
            // Its end is never sent.
            assertThat(raw.status()).isEqualTo(413);
        }
    }

    @Test
    void nobody_is_asked_to_send_what_would_be_refused() throws IOException {
        try (var raw = new Raw().send(POST + "Content-Length: 70000\r\nExpect: 100-continue\r\n\r\n")) {
            assertThat(raw.status()).isEqualTo(413);
        }
    }

    @Test
    void a_body_of_just_the_size_is_read() {
        var body = "{\"name\":\"A\",\"email\":\"a@b.example\"}";
        var padded = (body + " ".repeat(64 * 1024 - body.length())).getBytes(StandardCharsets.UTF_8);

        assertThat(AUTHORITY.admin().send("POST", "/admin/v1/customers", padded, Map.of("Content-Type", "application/json")).status()).isEqualTo(201);
    }

    @Test
    void a_form_is_not_read_whatever_its_size() throws IOException {
        try (var raw = new Raw().send("POST /admin/v1/tokens?a=b HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\n")) {
            assertThat(raw.status()).isEqualTo(401);
        }
    }

    @Test
    void a_header_that_is_too_large_is_refused() throws IOException {
        for (var header : new String[] {"X-Large: " + "x".repeat(17 * 1024) + "\r\n", "X: y\r\n".repeat(5000)}) {
            try (var raw = new Raw().send("GET /health HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n")) {
                assertThat(raw.status()).isEqualTo(431);
                assertThat(raw.rest()).contains("application/problem+json").contains("HEADER_TOO_LARGE");
            }
        }
    }

    @Test
    void an_address_that_is_too_long_is_refused() throws IOException {
        try (var raw = new Raw().send("GET /" + "x".repeat(17 * 1024) + " HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            assertThat(raw.status()).isBetween(400, 431);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "\u0000\u0001\u0002\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET /health HTTP/1.1\r\n\r\n", "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", "POST /v1/releases HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        "POST /v1/releases HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Type: application/jose+json\r\n\r\nzz\r\n", "GET /health\\..\\admin HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: local host\r\n\r\n", "GET /health HTTP/1.1\r\nHost: localhost\r\nBad\u0000Name: x\r\n\r\n", "TRACE /health HTTP/1.1\r\nHost: localhost\r\n\r\n"})
    void what_is_hardly_http_is_answered_with_a_problem_and_tells_nothing_about_the_server(String request) throws IOException {
        try (var raw = new Raw().send(request)) {
            raw.socket.shutdownOutput();
            assertThat(raw.status()).isBetween(400, 505);
            assertThat(raw.rest()).doesNotContainIgnoringCase("tomcat").contains("application/problem+json").doesNotContain("<html").doesNotContain("Exception").doesNotContain("\tat ");
        }
    }

    @Test
    void two_hundred_that_never_finish_do_not_keep_the_others_waiting() throws Exception {
        var slow = new ArrayList<Raw>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                slow.add(switch (i % 4) {
                    case 0 -> new Raw(); // says nothing
                    case 1 -> new Raw().send("GET /health HTTP/1.1\r\nHost: loc"); // stops in its header
                    case 2 -> new Raw().send(POST + "Content-Length: 1000\r\n\r\n{\"a\""); // stops in its body
                    default -> new Raw().send(POST + "Transfer-Encoding: chunked\r\n\r\n3e8\r\n{");
                });
            }
            var others = threads.invokeAll(IntStream.range(0, 100).<Callable<Integer>>mapToObj(_ -> () -> AUTHORITY.admin().get("/admin/v1/products").status()).toList());

            assertThat(others).extracting(Future::resultNow).containsOnly(200);
            // None of the slow ones was answered or ended in the meantime: they are still there.
            assertThat(slow).allMatch(raw -> !raw.socket.isClosed());
        } finally {
            for (var raw : slow) {
                raw.close();
            }
        }
    }

    @Test
    void a_body_that_stops_is_given_up() throws IOException {
        try (var raw = new Raw().send(POST + "Content-Length: 1000\r\n\r\n{\"a\"")) {
            assertThat(raw.status()).isEqualTo(408);
            assertThat(raw.rest()).contains("TOO_SLOW").contains("Connection: close");
        }
    }
}
