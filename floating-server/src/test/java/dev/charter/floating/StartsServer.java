package dev.charter.floating;

import dev.charter.client.Activation;
import dev.charter.floating.testing.TestPool;
import dev.charter.floating.testing.TestVendor;
import dev.charter.format.LicenseKey;
import dev.charter.server.settings.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What tests use that start one server again and again on one data folder, with settings that they change in between.
abstract class StartsServer {
    static final SecureRandom RANDOM = new SecureRandom();
    static final Map<String, String> THIS_MACHINE = Map.of("machine", "4f1e0c52-7a3b-4c0e-9d2a-1b2c3d4e5f60", "board", "BRD-0451-77120", "disk", "WD-WCC4E5KX0917");
    final TestVendor vendor = vendor();
    final Map<String, String> settings = new HashMap<>();
    @TempDir Path folder;
    @Nullable FloatingServer server;

    /// Whose licenses are leased.
    TestVendor vendor() {
        return TestVendor.classical();
    }

    @BeforeEach
    void settings() throws IOException {
        Files.write(folder.resolve("trust-anchor.json"), vendor.anchor.toBytes());
        settings.put("CHARTER_FLOATING_DATA", folder.resolve("data").toString());
        settings.put("CHARTER_FLOATING_PORT", "0");
        settings.put("CHARTER_FLOATING_TRUST_ANCHOR", folder.resolve("trust-anchor.json").toString());
        settings.put("CHARTER_FLOATING_PRODUCTS", TestPool.PRODUCT);
        settings.put("CHARTER_FLOATING_LICENSE_KEYS", TestPool.PRODUCT + "=" + LicenseKey.generate(RANDOM).revealSecret());
        settings.put("CHARTER_FLOATING_HOST_NAME", "licenses.plant-a");
        settings.put("CHARTER_FLOATING_LOG", "plain");
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
            server.foundation().close();
        }
        server = null;
    }

    FloatingServer start(Map<String, String> machine) {
        stop();
        var started = FloatingServer.start(new Surroundings(settings, new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), InstantSource.system()), Optional.of(() -> machine));
        server = started;
        return started;
    }

    /// The letter is written in the background.
    static String letter(FloatingServer running) {
        var file = running.foundation().installation().serverInfo(TestPool.PRODUCT);
        var until = System.nanoTime() + 30_000_000_000L;
        while (!Files.exists(file) && System.nanoTime() < until) { // it appears whole
            Thread.onSpinWait();
        }
        try {
            return Files.readString(file);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /// Installs the vendor's answer to that letter.
    Activation install(FloatingServer running, String letter, TestPool pool) {
        return running.foundation().installation().install(TestPool.PRODUCT, vendor.answer(letter, pool));
    }
}
