package dev.charter.floating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.client.Activation;
import dev.charter.floating.testing.TestPool;
import dev.charter.format.Armor;
import dev.charter.format.TlsPin;
import dev.charter.format.UsageLicense;
import dev.charter.format.UsageRequest;
import dev.charter.server.settings.CannotStart;
import dev.charter.server.tls.Pem;
import dev.charter.server.tls.SelfSigned;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/// The server's own TLS: with the customer's certificate, or with one that it makes and that its license vouches for.
class TlsTest extends StartsServer {
    private FloatingServer start() {
        return start(THIS_MACHINE);
    }

    private Path ownCertificate() {
        return folder.resolve("data").resolve("floating-server-tls.pem");
    }

    private X509Certificate own() throws IOException {
        return Pem.certificates(Files.readString(ownCertificate())).getFirst();
    }

    /// As a browser that trusts nothing else.
    private static String health(URI url, X509Certificate trusted) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("trusted", trusted);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), RANDOM);
        try (var http = HttpClient.newBuilder().sslContext(context).build()) {
            return http.send(HttpRequest.newBuilder(url.resolve("/health")).build(), BodyHandlers.ofString()).body();
        }
    }

    @Test
    void its_own_certificate_is_made_once_and_its_request_names_the_key() throws Exception {
        settings.put("CHARTER_FLOATING_TLS", "own");
        var running = start();
        assertThat(running.url().getScheme()).isEqualTo("https");
        var made = own();
        assertThat(health(running.url(), made)).contains("\"status\":\"up\"");
        assertThat(Pem.names(made)).contains("licenses.plant-a", "localhost", "127.0.0.1");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ownCertificate()))).isEqualTo("rw-------");
        assertThat(pinIn(letter(running))).contains(TlsPin.of(made.getPublicKey()));

        assertThat(health(start().url(), made)).contains("\"status\":\"up\"");
        assertThat(own()).isEqualTo(made);
    }

    private static Optional<TlsPin> pinIn(String letter) {
        return UsageRequest.read(Armor.read(letter).payload()).server().orElseThrow().tls();
    }

    private static Optional<TlsPin> pinInPool(FloatingServer running) {
        return UsageLicense.read(running.foundation().installation().signer(TestPool.PRODUCT).orElseThrow().pool().payload()).pool().orElseThrow().tls();
    }

    @Test
    void a_license_that_is_older_than_the_certificate_is_asked_for_anew() throws Exception {
        var running = start();
        var before = letter(running);
        assertThat(pinIn(before)).isEmpty();
        assertThat(install(running, before, TestPool.of(1))).isInstanceOf(Activation.Activated.class);
        assertThat(pinInPool(running)).isEmpty();
        stop();
        Files.delete(running.foundation().installation().serverInfo(TestPool.PRODUCT));

        settings.put("CHARTER_FLOATING_TLS", "own");
        var withTls = start();
        var after = letter(withTls);
        assertThat(pinIn(after)).contains(TlsPin.of(own().getPublicKey()));
        assertThat(install(withTls, after, TestPool.of(1))).isInstanceOf(Activation.Activated.class);
        assertThat(pinInPool(withTls)).contains(TlsPin.of(own().getPublicKey()));
    }

    @Test
    void under_another_name_it_has_another_certificate_of_the_same_key() throws Exception {
        settings.put("CHARTER_FLOATING_TLS", "own");
        start();
        var made = own();
        settings.put("CHARTER_FLOATING_HOST_NAME", "licenses.plant-b");
        start();
        assertThat(Pem.names(own())).contains("licenses.plant-b").doesNotContain("licenses.plant-a");
        assertThat(own().getPublicKey()).isEqualTo(made.getPublicKey());
    }

    @Test
    void who_does_not_know_the_certificate_does_not_connect() throws Exception {
        settings.put("CHARTER_FLOATING_TLS", "own");
        var running = start();
        var other = SelfSigned.certificate(SelfSigned.newKey(RANDOM), "other", List.of("127.0.0.1"), Instant.parse("2026-01-01T00:00:00Z"), RANDOM);
        assertThatThrownBy(() -> health(running.url(), other)).isInstanceOf(SSLException.class);
    }

    private void give(String name, String content) throws IOException {
        settings.put("CHARTER_FLOATING_TLS_" + name, Files.writeString(folder.resolve(name + ".pem"), content).toString());
    }

    @Test
    void the_customers_certificate_is_shown_and_no_pin_is_told() throws Exception {
        var pair = SelfSigned.newKey(RANDOM);
        var customers = SelfSigned.certificate(pair, "licenses.plant-a", List.of("127.0.0.1"), Instant.parse("2026-01-01T00:00:00Z"), RANDOM);
        give("CERTIFICATE", Pem.text(List.of(customers)));
        give("KEY", Pem.text(pair.getPrivate()));
        var running = start();
        assertThat(health(running.url(), customers)).contains("\"status\":\"up\"");
        assertThat(running.foundation().tls().pin()).isEmpty();
        assertThat(ownCertificate()).doesNotExist();
    }

    @Test
    void what_is_wrong_with_a_certificate_is_told_at_the_start() throws Exception {
        var customers = SelfSigned.certificate(SelfSigned.newKey(RANDOM), "a", List.of("127.0.0.1"), Instant.parse("2026-01-01T00:00:00Z"), RANDOM);
        give("CERTIFICATE", Pem.text(List.of(customers)));
        refused("CHARTER_FLOATING_TLS_CERTIFICATE and CHARTER_FLOATING_TLS_KEY belong together");
        give("KEY", Pem.text(SelfSigned.newKey(RANDOM).getPrivate()));
        refused("does not belong to the certificate");
        settings.put("CHARTER_FLOATING_TLS", "own");
        refused("Both CHARTER_FLOATING_TLS and CHARTER_FLOATING_TLS_CERTIFICATE are given");
        settings.keySet().removeAll(List.of("CHARTER_FLOATING_TLS_CERTIFICATE", "CHARTER_FLOATING_TLS_KEY"));
        settings.put("CHARTER_FLOATING_TLS", "perhaps");
        refused("Allowed: own or off");
        settings.put("CHARTER_FLOATING_TLS", "own");
        start();
        Files.writeString(ownCertificate(), "nothing");
        refused("is damaged, which holds the certificate of this server");
    }

    private void refused(String why) {
        assertThatThrownBy(this::start).isInstanceOf(CannotStart.class).hasMessageContaining(why);
    }
}
