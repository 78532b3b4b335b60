package dev.charter.floating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.client.Activation;
import dev.charter.floating.lease.ChooseWhenFull;
import dev.charter.floating.lease.GiveUpPool;
import dev.charter.floating.lease.Queue;
import dev.charter.floating.pool.WhenFull;
import dev.charter.floating.testing.TestPool;
import dev.charter.floating.testing.TestVendor;
import dev.charter.format.Armor;
import dev.charter.format.Bytes;
import dev.charter.format.Fingerprint;
import dev.charter.format.Host;
import dev.charter.format.LeaseProfile;
import dev.charter.format.Purpose;
import dev.charter.format.Refusal;
import dev.charter.format.RefusalCode;
import dev.charter.format.Release;
import dev.charter.format.SeatWish;
import dev.charter.format.SignedDocument;
import dev.charter.format.Signer;
import dev.charter.format.UsageLicense;
import dev.charter.format.UsageRequest;
import dev.charter.format.Verifier;
import dev.charter.server.settings.CannotStart;
import dev.charter.store.Store;
import dev.charter.store.StoreUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The server as it is, with products that ask it over HTTP and a vendor who answers its letter.
class FloatingServerTest extends StartsServer {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private final Verifier product = new Verifier(vendor.anchor);

    /// A product: a key and the sequences of its requests.
    private final class Product {
        final Signer signer = TestVendor.signer();
        private final Map<Purpose, Long> sequences = new HashMap<>();
        Optional<Bytes> epoch = Optional.empty();

        SignedDocument asks(Purpose purpose, String... features) {
            var nonce = new byte[UsageRequest.NONCE_LENGTH];
            RANDOM.nextBytes(nonce);
            var host = new Host(signer.keys(), Optional.of("plant-a"), Fingerprint.of(Map.of("machine", Bytes.of(new byte[8]))));
            return SignedDocument.sign(new UsageRequest(List.of(1), purpose, TestPool.PRODUCT, new UsageRequest.LicenseName.ById("lic-1"), host, sequences.merge(purpose, 1L, Long::sum), TestPool.BEGIN,
                    Bytes.of(nonce), Optional.of(new SeatWish(List.of(features), Optional.empty(), epoch))), signer);
        }

        SignedDocument gives(UsageLicense lease) {
            return SignedDocument.sign(releaseOf(lease, signer), signer);
        }
    }

    private static Release releaseOf(UsageLicense lease, Signer host) {
        return new Release(TestPool.PRODUCT, "lic-1", lease.id(), host.keys(), TestPool.BEGIN, Bytes.of(new byte[16]));
    }

    private FloatingServer licensed(TestPool pool) {
        var running = start(THIS_MACHINE);
        assertThat(install(running, letter(running), pool)).isInstanceOf(Activation.Activated.class);
        return running;
    }

    private HttpResponse<byte[]> post(String path, byte[] body) {
        return send(HttpRequest.newBuilder(at(path)).header("Content-Type", "application/jose+json").POST(BodyPublishers.ofByteArray(body)).build());
    }

    private URI at(String path) {
        if (server == null) {
            throw new IllegalStateException("no server was started");
        }
        return server.url().resolve(path);
    }

    private static HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofByteArray());
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        } catch (InterruptedException stopping) {
            throw new IllegalStateException(stopping);
        }
    }

    private String get(String path) {
        return new String(send(HttpRequest.newBuilder(at(path)).build()).body(), StandardCharsets.UTF_8);
    }

    private UsageLicense leased(Product host, SignedDocument request) {
        var response = post("/v1/usage-requests", request.toBytes());
        assertThat(response.statusCode()).as(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo(200);
        var lease = product.answer(SignedDocument.read(response.body()), request).content();
        host.epoch = lease.epoch();
        return lease;
    }

    private void refused(int status, RefusalCode code, SignedDocument request) {
        var response = post("/v1/usage-requests", request.toBytes());
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(product.leaseRefusal(SignedDocument.read(response.body()), request).content().code()).isEqualTo(code);
    }

    @Test
    void a_lease_is_verified_up_to_the_root_and_grants_what_was_asked_for() {
        licensed(TestPool.of(1));
        var host = new Product();
        var lease = leased(host, host.asks(Purpose.ACQUIRE, "mqtt"));
        assertThat(lease.lease()).contains(LeaseProfile.PLANT);
        assertThat(lease.entitlements()).hasSize(1);
        assertThat(lease.license().id()).isEqualTo("lic-1");

        var renewed = leased(host, host.asks(Purpose.RENEW));
        assertThat(renewed.entitlements()).isEqualTo(lease.entitlements());
    }

    @Test
    void the_same_request_again_gets_the_same_bytes_also_from_a_server_that_was_started_again() {
        licensed(TestPool.of(1));
        var request = new Product().asks(Purpose.ACQUIRE).toBytes();
        var lease = post("/v1/usage-requests", request).body();
        assertThat(post("/v1/usage-requests", request).body()).isEqualTo(lease);
        start(THIS_MACHINE);
        assertThat(post("/v1/usage-requests", request).body()).isEqualTo(lease);
    }

    @Test
    void when_all_seats_are_taken_the_refusal_is_signed_and_a_seat_that_is_given_back_is_free_at_once() {
        licensed(TestPool.of(1));
        var first = new Product();
        var lease = leased(first, first.asks(Purpose.ACQUIRE));
        var second = new Product();
        refused(409, RefusalCode.NO_SEAT_FREE, second.asks(Purpose.ACQUIRE));
        assertThat(get("/v1/pools")).contains("\"free\":0").contains("\"features\":[\"bridge\",\"mqtt\",\"sparkplug\"]");

        var release = first.gives(lease);
        var response = post("/v1/releases", release.toBytes());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(product.leaseAcknowledgement(SignedDocument.read(response.body()), release).content().usageLicense()).isEqualTo(lease.id());
        assertThat(get("/v1/pools")).contains("\"free\":1");
        assertThat(product.usageLicense(SignedDocument.read(send(HttpRequest.newBuilder(at("/v1/pools/lic-1")).build()).body())).content().pool()).isPresent();
        leased(second, second.asks(Purpose.ACQUIRE));
    }

    @Test
    void in_a_queue_the_refusal_tells_the_place_and_when_to_ask_again() {
        var on = licensed(TestPool.of(1)).foundation();
        assertThat(new ChooseWhenFull(on.store().transactions(), on.time(), on.pools(), new Queue()).handle("lic-1", WhenFull.QUEUE, "eva")).isTrue();
        var first = new Product();
        leased(first, first.asks(Purpose.ACQUIRE));
        var response = post("/v1/usage-requests", new Product().asks(Purpose.ACQUIRE).toBytes());
        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.headers().firstValue("Retry-After")).contains("5");
        assertThat(Refusal.read(SignedDocument.read(response.body()).payload())).satisfies(refusal -> {
            assertThat(refusal.message()).contains("number 1 in the queue");
            assertThat(refusal.place()).hasValue(1);
        });
    }

    @Test
    void a_pool_whose_license_was_not_given_back_before_the_server_ended_goes_on_at_the_next_start() {
        var on = licensed(TestPool.of(1)).foundation();
        new GiveUpPool(on.store().transactions(), on.time(), on.pools(), on.leases(), new Queue()).handle("lic-1", "eva");
        refused(409, RefusalCode.NO_SEAT_FREE, new Product().asks(Purpose.ACQUIRE));
        start(THIS_MACHINE);
        var product = new Product();
        leased(product, product.asks(Purpose.ACQUIRE));
    }

    @Test
    void nobody_gives_back_or_renews_the_seat_of_another_host() {
        licensed(TestPool.of(1));
        var holder = new Product();
        var lease = leased(holder, holder.asks(Purpose.ACQUIRE));
        var thief = new Product();
        assertThat(post("/v1/releases", thief.gives(lease).toBytes()).statusCode()).isEqualTo(403);
        assertThat(post("/v1/releases", SignedDocument.sign(releaseOf(lease, holder.signer), thief.signer).toBytes()).statusCode()).as("in the holder's name").isEqualTo(403);
        refused(403, RefusalCode.HOST_MISMATCH, thief.asks(Purpose.RENEW));
        leased(holder, holder.asks(Purpose.RENEW));
    }

    @Test
    void without_a_license_there_is_no_pool_and_health_says_so_apart_from_being_up() {
        start(THIS_MACHINE);
        assertThat(post("/v1/usage-requests", new Product().asks(Purpose.ACQUIRE).toBytes()).statusCode()).isEqualTo(404);
        assertThat(get("/health")).contains("\"status\":\"up\"").contains("\"licensed\":\"no\"").contains("never-licensed");
        licensed(TestPool.of(1));
        assertThat(get("/health")).contains("\"licensed\":\"yes\"");
        assertThat(get("/metrics")).contains("http_server_requests");
    }

    @Test
    void what_is_no_request_for_a_seat_is_told_so() {
        licensed(TestPool.of(1));
        assertThat(post("/v1/usage-requests", new byte[] {'{', '}'}).statusCode()).isEqualTo(400);
        assertThat(post("/v1/usage-requests", new byte[70_000]).statusCode()).isEqualTo(413);
        var host = new Product();
        var activation = SignedDocument.sign(new UsageRequest(List.of(1), Purpose.ACTIVATE, TestPool.PRODUCT, new UsageRequest.LicenseName.ById("lic-1"),
                new Host(host.signer.keys(), Optional.empty(), Fingerprint.of(Map.of())), 1, TestPool.BEGIN, Bytes.of(new byte[16])), host.signer);
        assertThat(post("/v1/usage-requests", activation.toBytes()).statusCode()).isEqualTo(400);
    }

    @Test
    void server_info_says_to_people_who_asks_and_is_the_request_that_is_answered() {
        var text = letter(start(THIS_MACHINE));
        assertThat(text).contains("Product:      mqtt-server", "Host name:    licenses.plant-a", "Host ID:", "Fingerprint:", "Version:", "Time:", "BEGIN CHARTER USAGE REQUEST");
        var request = Verifier.request(Armor.read(text)).content();
        assertThat(text).contains(request.host().keys().id().value());
        assertThat(request.purpose()).isEqualTo(Purpose.ACTIVATE);
    }

    @Test
    void an_answer_that_is_put_into_the_inbox_is_installed() throws IOException {
        var running = start(THIS_MACHINE);
        var answer = vendor.answer(letter(running), TestPool.of(1));
        Files.writeString(running.foundation().installation().inbox(TestPool.PRODUCT).resolve("answer.txt"), answer);
        var until = System.nanoTime() + 60_000_000_000L;
        while (!get("/v1/pools").contains("lic-1") && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        var host = new Product();
        leased(host, host.asks(Purpose.ACQUIRE));
    }

    @Test
    void a_copy_of_the_data_folder_on_another_machine_hands_out_nothing() {
        licensed(TestPool.of(2));
        var host = new Product();
        leased(host, host.asks(Purpose.ACQUIRE));
        start(Map.of("machine", "0b2d9e17-33aa-4f5b-8c61-77aa01c2d3e4", "board", "BRD-0451-90233", "disk", "WD-WCC4E6ZZ2255"));
        var until = System.nanoTime() + 30_000_000_000L;
        while (get("/health").contains("\"licensed\":\"yes\"") && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        assertThat(get("/health")).contains("other-machine");
        assertThat(post("/v1/usage-requests", new Product().asks(Purpose.ACQUIRE).toBytes()).statusCode()).isEqualTo(503);
        assertThat(post("/v1/usage-requests", host.asks(Purpose.RENEW).toBytes()).statusCode()).isEqualTo(503);
    }

    @Test
    void after_a_restore_that_the_operator_tells_of_leases_are_renewed_and_none_is_handed_out() throws IOException {
        licensed(TestPool.of(2));
        var host = new Product();
        leased(host, host.asks(Purpose.ACQUIRE));
        Files.createFile(folder.resolve("data").resolve("restored"));
        start(THIS_MACHINE);
        assertThat(folder.resolve("data").resolve("restored")).doesNotExist();
        leased(host, host.asks(Purpose.RENEW));
        refused(409, RefusalCode.NO_SEAT_FREE, new Product().asks(Purpose.ACQUIRE));
    }

    @Test
    void a_restore_behind_the_servers_back_is_seen_at_the_first_host_that_knows_more() throws IOException {
        var running = licensed(TestPool.of(3));
        var host = new Product();
        leased(host, host.asks(Purpose.ACQUIRE));
        var backup = folder.resolve("backup.db");
        running.foundation().store().backupTo(backup);
        leased(host, host.asks(Purpose.RENEW));
        stop();
        for (var file : List.of("floating.db-wal", "floating.db-shm")) {
            Files.deleteIfExists(folder.resolve("data").resolve(file));
        }
        Files.copy(backup, folder.resolve("data").resolve("floating.db"), StandardCopyOption.REPLACE_EXISTING);
        start(THIS_MACHINE);
        var other = new Product();
        leased(other, other.asks(Purpose.ACQUIRE));
        leased(host, host.asks(Purpose.RENEW)); // brings the newer epoch
        refused(409, RefusalCode.NO_SEAT_FREE, new Product().asks(Purpose.ACQUIRE));
    }

    @Test
    void a_database_whose_secret_is_missing_is_not_used() throws IOException {
        licensed(TestPool.of(1));
        stop();
        Files.delete(folder.resolve("data").resolve("floating-server.secret"));
        assertThatThrownBy(() -> start(THIS_MACHINE)).isInstanceOf(CannotStart.class).hasMessageContaining("floating-server.secret").hasMessageContaining("is missing");
    }

    @Test
    void a_database_that_was_edited_while_the_server_was_off_stops_the_start() {
        licensed(TestPool.of(1));
        stop();
        try (var store = Store.open(StoreUrl.parse("sqlite:" + folder.resolve("data").resolve("floating.db")), "classpath:db/floating")) {
            store.transactions().doInOne(sql -> sql.update("UPDATE pool SET seats = 500"));
        }
        assertThatThrownBy(() -> start(THIS_MACHINE)).isInstanceOf(CannotStart.class).hasMessageContaining("the pool lic-1 is not as this server left it");
    }

    @Test
    void mistaken_settings_are_all_told_and_no_key_is_shown() {
        settings.put("CHARTER_FLOATING_PRODUCTS", "Not A Product");
        settings.put("CHARTER_FLOATING_LICENSE_KEYS", "mqtt-server=ABCDE-SECRET");
        settings.remove("CHARTER_FLOATING_TRUST_ANCHOR");
        assertThatThrownBy(() -> start(THIS_MACHINE)).isInstanceOf(CannotStart.class).hasMessageContaining("CHARTER_FLOATING_PRODUCTS").hasMessageContaining("CHARTER_FLOATING_LICENSE_KEYS")
                .hasMessageContaining("CHARTER_FLOATING_TRUST_ANCHOR").satisfies(told -> assertThat(told.getMessage()).doesNotContain("ABCDE-SECRET"));
    }
}
