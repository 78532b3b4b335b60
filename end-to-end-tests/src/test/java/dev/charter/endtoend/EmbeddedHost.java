package dev.charter.endtoend;

import dev.charter.client.Activation;
import dev.charter.client.Background;
import dev.charter.client.Deactivation;
import dev.charter.client.LicenseClient;
import dev.charter.client.LicenseState;
import dev.charter.format.LicenseKey;
import dev.charter.format.TrustAnchor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A host by the library that products embed, in this process. Each act opens the folder and closes it again, as a command of the command line does, so that all that it knows lies on the disk in between.
record EmbeddedHost(Path home, Vendor vendor) {
    /// Kept, so that it stays as quiet as it is told: what a host does at every kill is no news.
    private static final Logger LOG = Logger.getLogger("dev.charter.client");
    /// A thread for each that waits: those of the machine are as few as its processors.
    static final Executor ASIDE = task -> Thread.ofVirtual().start(task);

    static {
        LOG.setLevel(Level.SEVERE);
    }

    /// What is not asked for does not happen.
    private static final class NoBackground implements Background {
        @Override
        public void repeat(String name, Duration pause, Runnable task) {}

        @Override
        public void run(Runnable task) {
            task.run();
        }

        @Override
        public void close() {}
    }

    private <T> T with(Function<LicenseClient, T> act) {
        try (var client = LicenseClient.builder().product("mqtt-server").trustAnchor(TrustAnchor.read(Files.readAllBytes(vendor.anchor()))).home(home).hostName(home.getFileName().toString())
                .machine(() -> Map.of("machine", "4f1e0c52-7a3b-4c0e-9d2a-1b2c3d4e5f60", "board", "BRD-0451-77120", "disk", "WD-WCC4E5KX0917")).authority(URI.create(vendor.url()))
                .background(new NoBackground()).open()) {
            return act.apply(client);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Activation activate(String key) {
        return with(client -> client.activate(LicenseKey.of(key)));
    }

    /// The same while the authority stands still at a fail point: it is not waited for.
    CompletableFuture<Activation> beginsToActivate(String key) {
        return CompletableFuture.supplyAsync(() -> activate(key), ASIDE);
    }

    Activation reactivate() {
        return with(LicenseClient::reactivate);
    }

    CompletableFuture<Activation> beginsToReactivate() {
        return CompletableFuture.supplyAsync(this::reactivate, ASIDE);
    }

    Deactivation deactivate() {
        return with(LicenseClient::deactivate);
    }

    CompletableFuture<Deactivation> beginsToDeactivate() {
        return CompletableFuture.supplyAsync(this::deactivate, ASIDE);
    }

    boolean isLicensed() {
        return with(client -> client.check() instanceof LicenseState.InForce);
    }
}
