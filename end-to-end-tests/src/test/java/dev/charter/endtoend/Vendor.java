package dev.charter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.Armor;
import dev.charter.format.SignedDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A vendor with hybrid keys and an authority, which can be stopped, killed and started again on the same data.
final class Vendor implements AutoCloseable {
    static final String PASSPHRASE = "a passphrase for tests";
    /// Where its customers would find it.
    static final String PUBLIC_URL = "https://licensing.demo.example";
    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;
    private final Map<String, String> settings = new TreeMap<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Program> authorities = new ArrayList<>();
    private volatile String url = "";

    private Vendor(Path folder, Engine engine) {
        this.folder = folder;
        var data = folder.resolve("authority");
        settings.put("CHARTER_AUTHORITY_DATA", data.toString());
        settings.put("CHARTER_AUTHORITY_PORT", "0");
        settings.put("CHARTER_AUTHORITY_KEYS", folder.resolve("vendor/issuing").toString());
        settings.put("CHARTER_AUTHORITY_KEYS_PASSPHRASE_FILE", folder.resolve("passphrase").toString());
        settings.put("CHARTER_AUTHORITY_PUBLIC_URL", PUBLIC_URL);
        settings.put("CHARTER_AUTHORITY_RESTORES_ALONE", "100");
        settings.put("CHARTER_AUTHORITY_SETUP_TOKEN_FILE", folder.resolve("admin-token").toString());
        try {
            Files.createDirectories(data);
            Files.writeString(folder.resolve("passphrase"), PASSPHRASE + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settings.put("CHARTER_AUTHORITY_DATABASE", engine.freshDatabase(data));
        settings.putAll(Program.FOR_SECONDS);
    }

    /// Makes the vendor's keys with `charter keys init`; the authority is not started yet.
    static Vendor in(Path folder, Engine engine) {
        var vendor = new Vendor(folder, engine);
        var ran = Packaged.charter(folder, Map.of(), List.of("keys", "init", "--dir", folder.resolve("vendor").toString(), "--vendor", "demo",
                "--passphrase-file", folder.resolve("passphrase").toString()));
        assertThat(ran.exitCode()).as(ran.out()).isZero();
        return vendor;
    }

    /// With these settings of its authority, too.
    Vendor with(Map<String, String> more) {
        settings.putAll(more);
        return this;
    }

    Vendor start() {
        return startWithFailPoints(List.of());
    }

    /// Starts the authority so that it stands still at that fail point, once it gets there.
    Vendor startWithFailPoint(String name) {
        return startWithFailPoints(List.of(name));
    }

    /// Starts the authority so that who gets to one of these fail points stands still there.
    Vendor startWithFailPoints(List<String> names) {
        var withFailPoints = new TreeMap<>(settings);
        if (!names.isEmpty()) {
            withFailPoints.put("CHARTER_AUTHORITY_FAIL_POINT", String.join(",", names));
        }
        var authority = Packaged.authority(folder, withFailPoints);
        authorities.add(authority);
        authority.awaitLine(line -> line.contains("http://127.0.0.1:"));
        url = read(folder.resolve("authority/authority.address"));
        return this;
    }

    void awaitFailPoint(String name) {
        running().awaitLine(line -> line.contains("fail point " + name + " reached"));
    }

    void kill() {
        running().kill();
    }

    int stop() {
        return running().stop();
    }

    /// Everything that lives in the memory of the running authority, as `jcmd` writes it down.
    byte[] memory() {
        var dump = folder.resolve("memory.hprof");
        try (var jcmd = Program.start(folder, Map.of(), List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(running().id()), "GC.heap_dump", dump.toString()))) {
            assertThat(jcmd.awaitExit()).as(jcmd.output()).isZero();
            var content = Files.readAllBytes(dump);
            Files.delete(dump);
            return content;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Program running() {
        return authorities.getLast();
    }

    /// What all authorities of this vendor have printed.
    String logs() {
        var all = new StringBuilder();
        authorities.forEach(authority -> all.append(authority.output()).append('\n'));
        return all.toString();
    }

    /// Where its authority is, or was before it was stopped.
    String url() {
        return url;
    }

    Path anchor() {
        return folder.resolve("vendor/issuing/trust-anchor.json");
    }

    Path folder() {
        return folder;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // --- the admin API ---

    JsonNode get(String path) {
        return send("GET", path, "");
    }

    JsonNode post(String path, String json) {
        return send("POST", path, json);
    }

    JsonNode patch(String path, String json) {
        return send("PATCH", path, json);
    }

    private JsonNode send(String method, String path, String json) {
        return sendTo("/admin/v1" + path, method, json);
    }

    JsonNode put(String path, String json) {
        return send("PUT", path, json);
    }

    /// Has a mail tried again that waits; it may be out by then.
    void triesAgain(String mail) {
        sendTo("/admin/v1/mails/" + mail + "/attempts", "POST", "", 409);
    }

    /// Offers MQTT Server for 1200.00 EUR, Sparkplug Aware for 300.00 EUR, and support for 200.00 EUR a year.
    void hasAShop() {
        hasACatalog();
        put("/items/mqtt-server", """
                {"product":"mqtt-server","title":"MQTT Server","description":"Plain MQTT 3.1.1 and 5","kind":"once","features":["mqtt"],"prices":[{"currency":"EUR","amount":120000}],"position":1}""");
        put("/items/sparkplug", """
                {"product":"mqtt-server","title":"Sparkplug Aware","kind":"once","features":["sparkplug"],"prices":[{"currency":"EUR","amount":30000}],"position":2}""");
        put("/items/support", """
                {"product":"mqtt-server","title":"MQTT Server Support","kind":"support","prices":[{"currency":"EUR","amount":20000}],"position":3}""");
    }

    /// Orders what is offered with a document of its host; the same document finds the order that it began.
    JsonNode takesOrder(SignedDocument document, int total, String... items) {
        return sendTo("/v1/orders", "POST", JSON.writeValueAsString(Map.of("request", Armor.write(document), "items", Arrays.stream(items).map(item -> Map.of("item", item, "count", 1)).toList(),
                "currency", "EUR", "total", total, "name", "Anna", "email", PostOffice.CUSTOMER, "returnTo", "https://plant.example/license")));
    }

    /// Answers a host's usage request; whether that was with a usage license.
    boolean activates(SignedDocument request) {
        try {
            var answer = http.send(HttpRequest.newBuilder(URI.create(url() + "/v1/usage-requests")).header("Content-Type", "application/jose+json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(request.toBytes())).build(), HttpResponse.BodyHandlers.discarding());
            return answer.statusCode() == 200;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Pays an order at the test checkout, as its buyer's browser does.
    void isPaid(JsonNode order) {
        try {
            var leads = http.send(HttpRequest.newBuilder(URI.create(url() + order.get("checkout").asString())).build(), HttpResponse.BodyHandlers.discarding());
            var page = leads.headers().firstValue("Location").orElseThrow();
            var paid = http.send(HttpRequest.newBuilder(URI.create(url() + page + "/pay")).POST(HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.discarding());
            assertThat(paid.statusCode()).isEqualTo(303);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Has a link to the customers' page mailed to a license's contact, as anybody may.
    void mailsALink(String license) {
        sendTo("/portal/v1/links", "POST", "{\"licenseId\":\"" + license + "\"}");
    }

    /// The mails that went out, as files in the data folder, once none waits any more.
    List<String> mailsThatWentOut() {
        var deadline = Instant.now().plusSeconds(60);
        while (!get("/mails?state=waiting").get("mails").isEmpty()) {
            assertThat(Instant.now()).as("the outbox is emptied").isBefore(deadline);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        try (var files = Files.list(folder.resolve("authority/outbox"))) {
            return files.filter(file -> file.toString().endsWith(".eml")).map(Vendor::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode sendTo(String path, String method, String json) {
        return sendTo(path, method, json, 200);
    }

    /// @param accepted the status that is no mistake either
    private JsonNode sendTo(String path, String method, String json, int accepted) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url() + path)).header("Authorization", "Bearer " + read(folder.resolve("admin-token")))
                    .header("Content-Type", method.equals("PATCH") ? "application/merge-patch+json" : "application/json")
                    .method(method, json.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json)).build();
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != accepted) {
                assertThat(response.statusCode()).as(method + " " + path + ": " + response.body()).isBetween(200, 299);
            }
            return response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Creates the product and a customer; the customer's ID.
    String hasACatalog() {
        post("/products", """
                {"id":"mqtt-server","name":"MQTT Server","features":[{"name":"mqtt","title":"MQTT Server"},{"name":"sparkplug","title":"Sparkplug Aware"}],
                 "meters":[{"name":"snowflake-messages","title":"IoT Bridge for Snowflake","unit":"messages"}]}""");
        return post("/customers", """
                {"name":"ACME Water","email":"it@acme.example"}""").get("id").asString();
    }

    /// Issues an online license with one feature and so many activations.
    JsonNode sells(String customer, int activations) {
        return post("/licenses", """
                {"product":"mqtt-server","customer":"%s","type":"online","activations":%d,"entitlements":[{"feature":"mqtt"}]}""".formatted(customer, activations));
    }

    /// I1 to I4 as far as they show at the authority: the log replays to the present state, and no license has more activations than were sold.
    void holdsItsInvariants() {
        var replay = post("/audit/replay", "");
        assertThat(replay.get("differences").size()).as(replay.toPrettyString()).isZero();
        assertThat(replay.get("entries").asInt()).isPositive();
    }

    @Override
    public void close() {
        authorities.reversed().forEach(Program::close); // the last one still runs
    }
}
