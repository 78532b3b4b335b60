package dev.charter.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.charter.format.DocumentKind;
import dev.charter.format.RefusalCode;
import dev.charter.format.SignedDocument;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpTransportTest {
    @TempDir Path folder;
    final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    final CountDownLatch testIsOver = new CountDownLatch(1);
    final ExecutorService threads = Executors.newCachedThreadPool();
    HttpServer server;
    World world;

    @BeforeEach void aServer() throws IOException {
        world = new World(folder.resolve("home"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach void stopIt() {
        testIsOver.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    void answers(HttpHandler handler) {
        server.createContext("/", exchange -> {
            seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Content-Type"));
            handler.handle(exchange);
        });
    }

    void answersLikeAnAuthority(int status) {
        answers(exchange -> {
            var document = SignedDocument.read(exchange.getRequestBody().readAllBytes());
            var kind = exchange.getRequestURI().getPath().endsWith("/v1/releases") ? DocumentKind.RELEASE : DocumentKind.USAGE_REQUEST;
            send(exchange, status, "application/jose+json; charset=utf-8", world.issuer.answerTo(kind, document).toBytes());
        });
    }

    static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    LicenseClientBuilder builder() {
        return LicenseClient.builder().product("mqtt-server").trustAnchor(world.issuer.anchor).home(world.home).clock(world.clocks).monotonicClock(world.clocks)
                .machine(() -> world.marks).background(new ByHand()).disk(world.disk).connectTimeout(Duration.ofSeconds(20)).answerTimeout(Duration.ofSeconds(20));
    }

    @Test void documents_are_posted_as_they_are_to_the_addresses_of_the_protocol() {
        answersLikeAnAuthority(200);
        try (var client = builder().authority(URI.create(address() + "/")).open()) {
            assertThat(client.activate(world.key)).isInstanceOf(Activation.Activated.class);
            assertThat(client.deactivate()).isInstanceOfSatisfying(Deactivation.Deactivated.class, done -> assertThat(done.acknowledged()).isTrue());
        }
        assertThat(seen).containsExactly("POST /v1/usage-requests application/jose+json", "POST /v1/releases application/jose+json");
    }

    @Test void an_authority_below_a_path_is_found_there() {
        answersLikeAnAuthority(200);
        try (var client = builder().authority(URI.create(address() + "/licensing")).open()) {
            assertThat(client.activate(world.key)).isInstanceOf(Activation.Activated.class);
        }
        assertThat(seen).containsExactly("POST /licensing/v1/usage-requests application/jose+json");
    }

    @Test void a_refusal_is_read_whatever_status_it_comes_with() {
        world.issuer.refuses = Optional.of(RefusalCode.ACTIVATIONS_EXHAUSTED);
        answersLikeAnAuthority(409);
        try (var client = builder().authority(address()).open()) {
            assertThat(client.activate(world.key)).isEqualTo(new Activation.Refused(RefusalCode.ACTIVATIONS_EXHAUSTED, RefusalCode.ACTIVATIONS_EXHAUSTED.advice()));
        }
    }

    @Test void where_one_server_does_not_answer_the_next_one_is_asked() throws IOException {
        answersLikeAnAuthority(200);
        URI nobody;
        try (var free = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + free.getLocalPort());
        }
        try (var client = builder().authority(nobody, address()).open()) {
            assertThat(client.activate(world.key)).isInstanceOf(Activation.Activated.class);
        }
        assertThat(seen).hasSize(1);
    }

    @Test void where_no_server_answers_it_is_said_of_each() throws IOException {
        answers(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "20");
            send(exchange, 503, "text/plain", new byte[0]);
        });
        URI nobody;
        try (var free = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + free.getLocalPort());
        }
        try (var client = builder().authority(nobody, address()).open()) {
            assertThat(client.activate(world.key)).isInstanceOfSatisfying(Activation.Unreachable.class, none -> {
                assertThat(none.reason()).contains(nobody.toString()).contains(address().toString());
                assertThat(none.retryAfter()).contains(Duration.ofSeconds(20));
            });
        }
    }

    @Test void the_page_of_a_captive_portal_is_no_answer() {
        answers(exchange -> send(exchange, 200, "text/html; charset=utf-8", "<html><h1>Accept our terms</h1></html>".getBytes(StandardCharsets.UTF_8)));
        unreachable("A proxy or a login page may stand in between");
    }

    @Test void an_error_page_is_no_answer() {
        answers(exchange -> send(exchange, 500, "application/json", "{\"error\":\"LICENSE_REVOKED\"}".getBytes(StandardCharsets.UTF_8)));
        unreachable("500");
    }

    @Test void a_redirect_is_not_followed() {
        answers(exchange -> {
            exchange.getResponseHeaders().set("Location", address() + "/elsewhere");
            send(exchange, 307, "text/plain", new byte[0]);
        });
        unreachable("points elsewhere");
        assertThat(seen).hasSize(1);
    }

    @Test void an_answer_without_end_is_cut_off() {
        answers(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/jose+json");
            exchange.sendResponseHeaders(200, 0);
            var chunk = new byte[64 * 1024];
            try (var body = exchange.getResponseBody()) {
                while (testIsOver.getCount() > 0) {
                    body.write(chunk);
                }
            } catch (IOException cutOff) {
                seen.add("cut off");
            }
        });
        unreachable("more than 64 KiB");
    }

    @Test void an_answer_that_drips_is_waited_for_only_as_long_as_set() {
        answers(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/jose+json");
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await();
        });
        impatient();
    }

    @Test void a_server_that_says_nothing_is_waited_for_only_as_long_as_set() {
        answers(exchange -> await());
        impatient();
    }

    private void await() {
        try {
            testIsOver.await();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private void impatient() {
        try (var client = LicenseClient.builder().product("mqtt-server").trustAnchor(world.issuer.anchor).home(world.home).machine(() -> world.marks).background(new ByHand())
                .authority(address()).answerTimeout(Duration.ofMillis(200)).open()) {
            assertThat(client.activate(world.key)).isInstanceOfSatisfying(Activation.Unreachable.class, no -> assertThat(no.reason()).containsAnyOf("within 0.2 seconds", "in time"));
        }
    }

    @Test void nobody_there_is_no_answer() throws IOException {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        try (var client = builder().authority(URI.create("http://127.0.0.1:" + free)).open()) {
            assertThat(client.activate(world.key)).isInstanceOfSatisfying(Activation.Unreachable.class, no -> assertThat(no.reason()).contains("No connection"));
            assertThat(client.contact().unreachable()).isPresent();
        }
    }

    @Test void how_long_to_wait_is_handed_on_in_seconds_and_as_a_date() {
        answers(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "120");
            send(exchange, 503, "application/problem+json", "{\"retry\":true}".getBytes(StandardCharsets.UTF_8));
        });
        try (var client = builder().authority(address()).open()) {
            assertThat(client.activate(world.key)).isInstanceOfSatisfying(Activation.Unreachable.class, no -> assertThat(no.retryAfter()).contains(Duration.ofSeconds(120)));
        }
    }

    @Test void a_date_to_come_back_counts_from_the_date_of_the_answer() {
        answers(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "Tue, 31 Dec 2999 23:59:59 GMT");
            send(exchange, 429, "application/problem+json", new byte[0]);
        });
        try (var client = builder().authority(address()).open()) {
            assertThat(client.activate(world.key)).isInstanceOfSatisfying(Activation.Unreachable.class,
                    no -> assertThat(no.retryAfter()).hasValueSatisfying(wait -> assertThat(wait).isGreaterThan(Duration.ofDays(365))));
        }
    }

    @Test void an_http_proxy_is_used_where_one_is_set() {
        answersLikeAnAuthority(200); // it stands for the proxy, which sees the whole address
        try (var client = builder().authority(URI.create("http://license.invalid")).proxy("127.0.0.1", server.getAddress().getPort()).open()) {
            assertThat(client.activate(world.key)).isInstanceOf(Activation.Activated.class);
        }
        assertThat(seen).containsExactly("POST http://license.invalid/v1/usage-requests application/jose+json");
    }

    @Test void a_proxy_selector_is_asked() {
        answersLikeAnAuthority(200);
        try (var client = builder().authority(URI.create("http://license.invalid")).proxy(ProxySelector.of(server.getAddress())).open()) {
            assertThat(client.activate(world.key)).isInstanceOf(Activation.Activated.class);
        }
    }

    @Test void the_proxy_is_told_who_asks_and_the_authority_is_not() {
        var credentials = Collections.synchronizedList(new ArrayList<String>());
        answers(exchange -> {
            var given = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
            if (given == null) {
                exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"plant\"");
                send(exchange, 407, "text/plain", new byte[0]);
                return;
            }
            credentials.add(given);
            assertThat(exchange.getRequestHeaders()).doesNotContainKey("Authorization");
            var document = SignedDocument.read(exchange.getRequestBody().readAllBytes());
            send(exchange, 200, "application/jose+json", world.issuer.answerTo(DocumentKind.USAGE_REQUEST, document).toBytes());
        });
        try (var client = builder().authority(URI.create("http://license.invalid")).proxy("127.0.0.1", server.getAddress().getPort())
                .proxyCredentials("plant", "s3cret".toCharArray()).open()) {
            assertThat(client.activate(world.key)).isInstanceOf(Activation.Activated.class);
        }
        assertThat(credentials).isNotEmpty().allMatch(("Basic " + Base64.getEncoder().encodeToString("plant:s3cret".getBytes(StandardCharsets.UTF_8)))::equals);
    }

    @Test void a_server_that_asks_for_a_password_gets_none() {
        answers(exchange -> {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"fishing\"");
            send(exchange, 401, "text/plain", new byte[0]);
        });
        try (var client = builder().authority(address()).proxy(ProxySelector.of(null)).proxyCredentials("plant", "s3cret".toCharArray()).open()) {
            assertThat(client.activate(world.key)).isInstanceOf(Activation.Unreachable.class);
        }
        assertThat(seen).hasSize(1);
    }

    private void unreachable(String reason) {
        try (var client = builder().authority(address()).open()) {
            assertThat(client.activate(world.key)).isInstanceOfSatisfying(Activation.Unreachable.class, no -> assertThat(no.reason()).contains(reason));
            assertThat(client.state()).isInstanceOf(LicenseState.NeverLicensed.class);
        }
    }
}
