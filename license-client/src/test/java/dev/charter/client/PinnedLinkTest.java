package dev.charter.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.charter.format.DocumentKind;
import dev.charter.format.TlsPin;
import dev.charter.format.Verifier;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Floating servers with real TLS: whose certificate a product trusts, and what it says to one that it does not.
class PinnedLinkTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String JOSE = "application/jose+json";
    @TempDir private static Path shared;
    @TempDir private Path home;
    private final List<HttpsServer> running = new ArrayList<>();
    private World world;

    @BeforeEach
    void begin() {
        world = new World(home);
    }

    @AfterEach
    void stop() {
        running.forEach(server -> server.stop(0));
    }

    private TestServer floatingServer() {
        return new TestServer("https://unused.invalid", "lic-1", world.issuer, world.clocks);
    }

    private static void keytool(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    /// A store of that name with one key; self-signed, or signed by the authority that is in the same store.
    private static KeyStore store(String name, String san, boolean byAuthority) throws Exception {
        var file = shared.resolve(name + ".p12");
        if (!Files.exists(file)) {
            if (byAuthority) {
                keytool("-genkeypair", "-alias", "authority", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=Plant CA", "-ext", "bc:c", "-validity", "3650", "-storetype", "PKCS12", "-keystore",
                        file.toString(), "-storepass", new String(PASSWORD));
                keytool("-genkeypair", "-alias", "server", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=licenses", "-ext", "san=" + san, "-validity", "3650", "-signer", "authority", "-storetype",
                        "PKCS12", "-keystore", file.toString(), "-storepass", new String(PASSWORD));
            } else {
                keytool("-genkeypair", "-alias", "server", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=licenses", "-ext", "san=" + san, "-validity", "3650", "-storetype", "PKCS12", "-keystore",
                        file.toString(), "-storepass", new String(PASSWORD));
            }
        }
        var store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static KeyStore own() throws Exception {
        return store("own", "dns:licenses.plant-a", false);
    }

    private static TlsPin pin(KeyStore store) throws Exception {
        return TlsPin.of(store.getCertificate("server").getPublicKey());
    }

    /// Only the server's own entry is shown, never the authority's.
    private static SSLContext shown(KeyStore store) throws Exception {
        var one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        one.setKeyEntry("server", store.getKey("server", PASSWORD), PASSWORD, store.getCertificateChain("server"));
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(one, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /// Puts a floating server behind TLS with that certificate, on a free port.
    private URI listen(TestServer server, KeyStore certificate, int port) throws Exception {
        var https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(shown(certificate)));
        https.createContext("/v1/", exchange -> {
            var path = exchange.getRequestURI().getPath();
            if (exchange.getRequestMethod().equals("GET")) {
                answer(exchange, path.equals("/v1/pools") ? server.pools() : server.pool(path.substring("/v1/pools/".length())), path.equals("/v1/pools") ? "application/json" : JOSE);
            } else {
                answer(exchange, server.post(path.endsWith("releases") ? DocumentKind.RELEASE : DocumentKind.USAGE_REQUEST, exchange.getRequestBody().readAllBytes()), JOSE);
            }
        });
        https.start();
        running.add(https);
        return URI.create("https://127.0.0.1:" + https.getAddress().getPort());
    }

    private static void answer(HttpExchange exchange, Transport.Reply reply, String type) throws IOException {
        try (exchange) {
            var body = ((Transport.Reply.Answered) reply).document();
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /// A machine that trusts the authorities of that store.
    private PinnedLink link(URI server, KeyStore authorities) {
        return new PinnedLink(server, "mqtt-server", new Verifier(world.issuer.anchor), () -> ServerTrust.of(authorities),
                tls -> new HttpTransport("floating server", server, Optional.empty(), Optional.empty(), Duration.ofSeconds(10), Duration.ofSeconds(30), Optional.of(tls)));
    }

    private static KeyStore nobody() throws Exception {
        var other = KeyStore.getInstance("PKCS12");
        other.load(null, null);
        other.setCertificateEntry("another", store("another", "ip:127.0.0.1", false).getCertificate("server"));
        return other;
    }

    private static String unreachable(Transport.Reply reply) {
        assertThat(reply).isInstanceOf(Transport.Reply.Unreachable.class);
        return ((Transport.Reply.Unreachable) reply).reason();
    }

    @Test void a_product_takes_a_seat_where_the_license_of_the_pool_names_the_certificate() throws Exception {
        var server = floatingServer();
        server.tls = Optional.of(pin(own()));
        var url = listen(server, own(), 0);
        var authorities = nobody();
        try (var client = world.builder().links(to -> link(to, authorities)).floatingServers(url).open()) {
            assertThat(client.lookAtPools(List.of(url)).get(0).trusted()).isTrue();
            assertThat(client.takeSeat(new SeatChoice(List.of(url), List.of(), Optional.empty()))).isInstanceOf(Activation.Activated.class);
            assertThat(server.holders).hasSize(1);
        }
        assertThat(server.holders).as("given back at the stop, over the same connection").isEmpty();
    }

    @Test void a_certificate_that_the_license_does_not_name_gets_to_hear_nothing() throws Exception {
        // Whoever stands in between passes everything on and can show no certificate but its own.
        var server = floatingServer();
        server.tls = Optional.of(pin(own()));
        var url = listen(server, store("impostor", "ip:127.0.0.1", false), 0);
        var authorities = nobody();
        try (var client = world.builder().links(to -> link(to, authorities)).floatingServers(url).open()) {
            var look = client.lookAtPools(List.of(url)).get(0);
            assertThat(look.reachable()).isFalse();
            assertThat(look.message().orElseThrow()).contains("The certificate of the floating server at " + url + " is not trusted", "names the certificate of another server");
            assertThat(client.takeSeat(new SeatChoice(List.of(url), List.of(), Optional.empty()))).isNotInstanceOf(Activation.Activated.class);
        }
        assertThat(server.received).isEmpty();
    }

    @Test void a_license_that_names_no_certificate_vouches_for_none() throws Exception {
        var server = floatingServer();
        var url = listen(server, own(), 0);
        try (var link = link(url, nobody())) {
            assertThat(unreachable(link.pools())).contains("the license of its pool names none");
        }
    }

    @Test void another_vendors_license_vouches_for_nothing() throws Exception {
        var stranger = new TestServer("https://unused.invalid", "lic-1", new Issuer(world.clocks::truth), world.clocks);
        stranger.tls = Optional.of(pin(own()));
        var url = listen(stranger, own(), 0);
        try (var link = link(url, nobody())) {
            assertThat(unreachable(link.pools())).contains("no license of this product's vendor was found there");
        }
    }

    @Test void the_customers_certificate_is_trusted_under_an_authority_of_the_machine_for_its_name_only() throws Exception {
        var customers = store("customers", "ip:127.0.0.1", true);
        var authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        authorities.setCertificateEntry("plant", customers.getCertificate("authority"));
        assertThat(((X509Certificate) customers.getCertificate("server")).getIssuerX500Principal().getName()).isEqualTo("CN=Plant CA");
        var server = floatingServer();
        try (var link = link(listen(server, customers, 0), authorities)) {
            assertThat(link.pools()).isInstanceOf(Transport.Reply.Answered.class);
        }
        var elsewhere = store("elsewhere", "dns:licenses.plant-b", true);
        authorities.setCertificateEntry("plant", elsewhere.getCertificate("authority"));
        try (var link = link(listen(server, elsewhere, 0), authorities)) {
            assertThat(unreachable(link.pools())).contains("is not trusted", "127.0.0.1");
        }
    }

    @Test void a_server_with_a_new_key_is_trusted_when_its_license_names_that_one() throws Exception {
        var server = floatingServer();
        server.tls = Optional.of(pin(own()));
        var url = listen(server, own(), 0);
        try (var link = link(url, nobody())) {
            assertThat(link.pools()).isInstanceOf(Transport.Reply.Answered.class);
            running.remove(0).stop(0);
            listen(server, store("renewed", "dns:licenses.plant-a", false), url.getPort());
            assertThat(unreachable(link.pools())).contains("names the certificate of another server");
            server.tls = Optional.of(pin(store("renewed", "dns:licenses.plant-a", false)));
            assertThat(link.pools()).isInstanceOf(Transport.Reply.Answered.class);
        }
    }
}
