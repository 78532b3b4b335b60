package dev.charter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody has bent the authority's name to a server of their own, with a certificate that the host's machine believes: a whole authority, under other keys.
class FakeAuthorityTest {
    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir
    Path folder;

    @Test
    void a_fake_authority_with_valid_tls_activates_nothing() throws Exception {
        try (var real = Vendor.in(Files.createDirectory(folder.resolve("real")), Engine.SQLITE);
                var fake = Vendor.in(Files.createDirectory(folder.resolve("fake")), Engine.SQLITE).start(); var front = new TlsFront(folder, fake.url())) {
            var key = fake.sells(fake.hasACatalog(), 5).get("key").asString();

            var fooled = activate("plant-a", key, front, real.anchor());
            assertThat(fooled.exitCode()).as(fooled.out()).isEqualTo(4);
            assertThat(fooled.out()).contains("not the authority of this product's vendor");
            assertThat(front.answers).as("it was the fake one that answered").hasPositiveValue();
            var status = Packaged.charter(folder, Map.of(), List.of("host", "status", "--home", folder.resolve("plant-a").toString()));
            assertThat(status.exitCode()).as(status.out()).isEqualTo(5);

            var believing = activate("plant-b", key, front, fake.anchor());
            assertThat(believing.exitCode()).as("who trusts its root is served by it: the certificate and the way are in order\n" + believing.out()).isZero();
        }
    }

    private Packaged.Ran activate(String home, String key, TlsFront front, Path anchor) {
        return Packaged.charter(folder, Map.of("JAVA_TOOL_OPTIONS", "-Djavax.net.ssl.trustStore=" + front.keyStore + " -Djavax.net.ssl.trustStorePassword=" + new String(PASSWORD)),
                List.of("host", "activate", key, "--authority", front.url(), "--anchor", anchor.toString(), "--home", folder.resolve(home).toString()));
    }

    /// Passes requests on from TLS, under a certificate for this address.
    private static final class TlsFront implements AutoCloseable {
        private final HttpClient onward = HttpClient.newHttpClient();
        private final AtomicInteger answers = new AtomicInteger();
        private final String authority;
        private final Path keyStore;
        private final HttpsServer server;

        TlsFront(Path folder, String authority) throws IOException, GeneralSecurityException, InterruptedException {
            this.authority = authority;
            keyStore = folder.resolve("tls.p12");
            makeCertificate();
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(tls()));
            server.createContext("/", this::pass);
            server.start();
        }

        private void makeCertificate() throws IOException, InterruptedException {
            var keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "fake", "-keyalg", "EC", "-groupname", "secp256r1",
                    "-dname", "CN=license.vendor.example", "-ext", "san=ip:127.0.0.1", "-storetype", "PKCS12", "-keystore", keyStore.toString(), "-storepass", new String(PASSWORD))
                    .redirectErrorStream(true).start();
            var said = new String(keytool.getInputStream().readAllBytes());
            assertThat(keytool.waitFor()).as(said).isZero();
        }

        private SSLContext tls() throws IOException, GeneralSecurityException {
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(KeyStore.getInstance(keyStore.toFile(), PASSWORD), PASSWORD);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        }

        String url() {
            return "https://127.0.0.1:" + server.getAddress().getPort();
        }

        private void pass(HttpExchange exchange) throws IOException {
            try (exchange) {
                var answer = onward.send(HttpRequest.newBuilder(URI.create(authority + exchange.getRequestURI()))
                        .header("Content-Type", exchange.getRequestHeaders().getFirst("Content-Type"))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes())).build(), HttpResponse.BodyHandlers.ofByteArray());
                answers.incrementAndGet();
                exchange.getResponseHeaders().set("Content-Type", answer.headers().firstValue("Content-Type").orElseThrow());
                exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
                exchange.getResponseBody().write(answer.body());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            server.stop(0);
            onward.close();
        }
    }
}
