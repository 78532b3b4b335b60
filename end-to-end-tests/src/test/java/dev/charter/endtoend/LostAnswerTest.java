package dev.charter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Between the product and the authority stands something that lets requests through and loses answers.
class LostAnswerTest {
    @TempDir
    Path folder;

    /// Passes requests on; the first answers to each path are lost with the connection.
    private static final class LossyWay implements AutoCloseable {
        private final HttpServer server;
        private final HttpClient onward = HttpClient.newHttpClient();
        private final String authority;
        private final List<byte[]> answers = Collections.synchronizedList(new ArrayList<>());
        private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
        private volatile int toLose;

        LossyWay(String authority) throws IOException {
            this.authority = authority;
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::pass);
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        private void pass(HttpExchange exchange) throws IOException {
            var body = exchange.getRequestBody().readAllBytes();
            requests.add(new String(body, StandardCharsets.UTF_8));
            try {
                var answer = onward.send(HttpRequest.newBuilder(URI.create(authority + exchange.getRequestURI()))
                        .header("Content-Type", exchange.getRequestHeaders().getFirst("Content-Type"))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(), HttpResponse.BodyHandlers.ofByteArray());
                answers.add(answer.body());
                if (toLose > 0) {
                    toLose--;
                    exchange.getRequestBody().close();
                    exchange.close();
                    return;
                }
                exchange.getResponseHeaders().set("Content-Type", answer.headers().firstValue("Content-Type").orElseThrow());
                exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
                exchange.getResponseBody().write(answer.body());
                exchange.close();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void asking_again_sends_the_same_bytes_gets_the_same_bytes_and_takes_one_activation(Engine engine) throws IOException {
        try (var vendor = Vendor.in(folder, engine).start(); var way = new LossyWay(vendor.url());
                var product = new Product(folder.resolve("plant-a"), vendor, way.url())) {
            var license = vendor.sells(vendor.hasACatalog(), 2);

            way.toLose = 1;
            assertThat(product.asked("activate " + license.get("key").asString())).isEqualTo("Unreachable");
            assertThat(product.asked("allows mqtt")).isEqualTo("false");
            assertThat(product.asked("activate " + license.get("key").asString())).isEqualTo("Activated");

            assertThat(way.requests).hasSizeGreaterThanOrEqualTo(2).allMatch(way.requests.getFirst()::equals);
            assertThat(way.answers.getLast()).isEqualTo(way.answers.getFirst());
            assertThat(vendor.get("/licenses/" + license.get("id").asString()).get("activationsUsed").asInt()).isEqualTo(1);

            way.toLose = 1;
            assertThat(product.asked("deactivate")).isEqualTo("Deactivated");
            assertThat(vendor.get("/licenses/" + license.get("id").asString()).get("activationsUsed").asInt()).as("the release had arrived").isZero();
            assertThat(product.asked("deactivate")).isEqualTo("Deactivated");
            assertThat(vendor.get("/licenses/" + license.get("id").asString()).get("activationsUsed").asInt()).isZero();
            vendor.holdsItsInvariants();
        }
    }
}
