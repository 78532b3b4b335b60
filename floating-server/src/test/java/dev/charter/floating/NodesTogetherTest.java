package dev.charter.floating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.client.Activation;
import dev.charter.floating.testing.TestPool;
import dev.charter.floating.testing.TestVendor;
import dev.charter.format.LicenseKey;
import dev.charter.format.Purpose;
import dev.charter.format.SeatWish;
import dev.charter.format.SignedDocument;
import dev.charter.server.settings.Surroundings;
import dev.charter.store.Engine;
import dev.charter.store.StoreUrl;
import dev.charter.store.testing.Engines;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes that begin together on a database in which nothing is yet.
class NodesTogetherTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private final TestVendor vendor = TestVendor.hybrid();
    private final SecureRandom random = new SecureRandom();
    @TempDir private Path folder;

    private FloatingServer start(String name, StoreUrl.PostgresDatabase database) throws Exception {
        var data = Files.createDirectories(folder.resolve(name));
        Files.write(data.resolve("floating-server.secret"), new byte[32]);
        var settings = new HashMap<>(Map.of("DATA", data.toString(), "PORT", "0", "TRUST_ANCHOR", folder.resolve("trust-anchor.json").toString(), "PRODUCTS", TestPool.PRODUCT, "LOG", "plain",
                "HOST_NAME", "licenses.plant-a", "DATABASE", database.jdbcUrl()));
        var environment = new HashMap<String, String>();
        settings.forEach((setting, value) -> environment.put("CHARTER_FLOATING_" + setting, value));
        return FloatingServer.start(new Surroundings(environment, new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), InstantSource.system()), Optional.empty());
    }

    private static void close(FloatingServer server) {
        server.close();
        server.foundation().close();
    }

    /// What a new product is answered that asks for a seat.
    private int acquires(HttpClient http, FloatingServer server) throws Exception {
        var product = TestVendor.signer();
        var request = SignedDocument.sign(TestPool.request("lic-1", Purpose.ACQUIRE, product.keys(), 1, SeatWish.ALL), product);
        return http.send(HttpRequest.newBuilder(server.url().resolve("/v1/usage-requests")).header("Content-Type", "application/jose+json").POST(HttpRequest.BodyPublishers.ofByteArray(request.toBytes())).build(),
                HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static FloatingServer keeper(List<FloatingServer> nodes) {
        return nodes.stream().filter(node -> node.foundation().nodes().orElseThrow().keeps()).findFirst().orElseThrow();
    }

    @Test
    void all_of_them_hand_out_seats_as_soon_as_one_is_licensed() throws Exception {
        Files.write(folder.resolve("trust-anchor.json"), vendor.anchor.toBytes());
        var database = (StoreUrl.PostgresDatabase) Engines.fresh(Engine.POSTGRESQL);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor(); var http = HttpClient.newHttpClient()) {
            var starting = List.of("one", "two").stream().map(name -> threads.submit(() -> start(name, database))).toList();
            var nodes = new ArrayList<FloatingServer>();
            try {
                for (Future<FloatingServer> each : starting) {
                    nodes.add(each.get());
                }
                var installation = keeper(nodes).foundation().installation();
                installation.makeRequest(TestPool.PRODUCT, Optional.of(LicenseKey.generate(random)), Instant.now());
                var answer = vendor.answer(Files.readString(installation.serverInfo(TestPool.PRODUCT)), TestPool.of(10));
                assertThat(installation.install(TestPool.PRODUCT, answer)).isInstanceOf(Activation.Activated.class);
                var deadline = Instant.now().plus(PATIENCE);
                for (var node : nodes) {
                    int status = acquires(http, node);
                    while (status != 200) { // the others read it within some seconds
                        assertThat(Instant.now()).as("answered with " + status).isBefore(deadline);
                        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                        status = acquires(http, node);
                    }
                }
            } finally {
                nodes.forEach(NodesTogetherTest::close);
            }
        }
    }
}
