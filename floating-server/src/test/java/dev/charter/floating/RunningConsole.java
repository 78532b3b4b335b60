package dev.charter.floating;

import dev.charter.floating.testing.TestPool;
import dev.charter.floating.testing.TestVendor;
import dev.charter.format.Bytes;
import dev.charter.format.Fingerprint;
import dev.charter.format.Host;
import dev.charter.format.LicenseKey;
import dev.charter.format.Purpose;
import dev.charter.format.SeatWish;
import dev.charter.format.SignedDocument;
import dev.charter.format.Signer;
import dev.charter.format.UsageRequest;
import dev.charter.server.settings.Surroundings;
import dev.charter.server.testing.Answer;
import dev.charter.server.testing.Browser;
import dev.charter.server.testing.People;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// A server as it is, on a free port and with a data folder of its own, and people with browsers in front of its console.
public final class RunningConsole implements AutoCloseable {
    public static final JsonMapper JSON = JsonMapper.shared();
    public static final String PASSWORD = People.PASSWORD;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Map<String, String> MACHINE = Map.of("machine", "4f1e0c52-7a3b-4c0e-9d2a-1b2c3d4e5f60", "board", "BRD-0451-77120", "disk", "WD-WCC4E5KX0917");

    public final TestVendor vendor = TestVendor.classical();
    private final Path folder;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final FloatingServer server;
    private final People people;

    private RunningConsole(Map<String, String> settings, List<Class<?>> more) {
        try {
            folder = Files.createTempDirectory("floating-console");
            Files.write(folder.resolve("trust-anchor.json"), vendor.anchor.toBytes());
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        var all = new HashMap<String, String>();
        all.put("DATA", folder.resolve("data").toString());
        all.put("PORT", "0");
        all.put("TRUST_ANCHOR", folder.resolve("trust-anchor.json").toString());
        all.put("PRODUCTS", TestPool.PRODUCT);
        all.put("HOST_NAME", "licenses.plant-a");
        all.put("LOG", "plain");
        all.putAll(settings);
        var environment = new HashMap<String, String>();
        all.forEach((name, value) -> environment.put("CHARTER_FLOATING_" + name, value));
        server = FloatingServer.start(new Surroundings(environment, new PrintStream(said, true, StandardCharsets.UTF_8), InstantSource.system()), Optional.of(() -> MACHINE), more);
        people = new People(server.url(), "charter-floating-session", this::said);
    }

    /// A fresh one without a license.
    public static RunningConsole start(Class<?>... more) {
        return new RunningConsole(Map.of(), List.of(more));
    }

    /// With these settings too, whose names are given without the prefix.
    public static RunningConsole start(Map<String, String> settings) {
        return new RunningConsole(settings, List.of());
    }

    public URI url() {
        return server.url();
    }

    public Path data() {
        return folder.resolve("data");
    }

    public <T> T part(Class<T> type) {
        return server.part(type);
    }

    public String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    public String setupToken() {
        return people.setupToken();
    }

    /// Makes the request at the console and installs the vendor's answer there.
    public RunningConsole licensed(TestPool pool) {
        var product = "/api/products/" + TestPool.PRODUCT;
        var asked = as("administrator").post(product + "/usage-requests", JSON.writeValueAsString(Map.of("key", LicenseKey.generate(RANDOM).revealSecret())));
        var letter = asked.with(200).json().at("/request/text").asString();
        as("administrator").post(product + "/usage-licenses", JSON.writeValueAsString(Map.of("text", vendor.answer(letter, pool)))).with(200);
        return this;
    }

    /// A product asks for a seat.
    public Answer acquire(Signer product, String hostName) {
        var nonce = new byte[UsageRequest.NONCE_LENGTH];
        RANDOM.nextBytes(nonce);
        var host = new Host(product.keys(), Optional.of(hostName), Fingerprint.of(Map.of("machine", Bytes.of(new byte[8]))));
        var request = SignedDocument.sign(new UsageRequest(List.of(1), Purpose.ACQUIRE, TestPool.PRODUCT, new UsageRequest.LicenseName.ById("lic-1"), host, 1, TestPool.BEGIN, Bytes.of(nonce),
                Optional.of(new SeatWish(List.of("mqtt"), Optional.empty(), Optional.empty()))), product);
        return anonymous().sendExactly("POST", "/v1/usage-requests", request.toBytes(), Map.of("Content-Type", "application/jose+json"));
    }

    /// Somebody who is not logged in, with a browser of his own.
    public Browser anonymous() {
        return people.anonymous();
    }

    /// Somebody who is logged in as a user of that role.
    public Browser as(String role) {
        return people.as(role);
    }

    @Override
    public void close() {
        server.close();
        server.foundation().close();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException stuck) {
            throw new UncheckedIOException(stuck);
        }
    }
}
