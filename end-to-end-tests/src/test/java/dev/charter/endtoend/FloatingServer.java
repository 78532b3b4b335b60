package dev.charter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.LicenseKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/// The packaged floating server with a pool, which can be stopped, killed and started again on the same data.
final class FloatingServer implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path folder;
    private final Map<String, String> settings = new TreeMap<>();
    private final List<Program> programs = new ArrayList<>();
    private final Optional<AirGap> gap;
    private volatile String url = "";

    private FloatingServer(Path folder, PoolVendor vendor, Map<String, String> more, Optional<AirGap> gap) {
        this.folder = folder;
        this.gap = gap;
        settings.putAll(Program.FOR_SECONDS);
        settings.putAll(more);
        settings.put("CHARTER_FLOATING_DATA", data().toString());
        settings.put("CHARTER_FLOATING_PORT", "0");
        settings.put("CHARTER_FLOATING_PRODUCTS", PoolVendor.PRODUCT);
        settings.put("CHARTER_FLOATING_LICENSE_KEYS", PoolVendor.PRODUCT + "=" + LicenseKey.generate(new SecureRandom()).revealSecret());
        settings.put("CHARTER_FLOATING_TRUST_ANCHOR", folder.resolve("trust-anchor.json").toString());
        settings.put("CHARTER_FLOATING_LOG", "plain");
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve("trust-anchor.json"), vendor.anchor.toBytes());
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /// One that runs and has a pool of so many seats, which the vendor gave it by letter.
    static FloatingServer licensed(Path folder, PoolVendor vendor, int seats) {
        return licensed(folder, vendor, seats, Map.of(), Optional.empty());
    }

    /// The same, with further settings, and perhaps where there is no other network.
    static FloatingServer licensed(Path folder, PoolVendor vendor, int seats, Map<String, String> more, Optional<AirGap> gap) {
        var server = new FloatingServer(folder, vendor, more, gap).start();
        var letter = server.data().resolve("server-info-" + PoolVendor.PRODUCT + ".txt");
        try {
            server.await("the letter is written", () -> Files.exists(letter));
            Files.writeString(server.data().resolve("host").resolve(PoolVendor.PRODUCT).resolve("license-inbox").resolve("answer.txt"), vendor.answer(Files.readString(letter), seats));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        server.await("the pool is there", () -> server.get("/v1/pools").contains(PoolVendor.LICENSE));
        return server;
    }

    /// Another node beside one that runs, on the same database, with a copy of its secret.
    static FloatingServer beside(FloatingServer first, Path folder, PoolVendor vendor, Map<String, String> more) {
        var node = new FloatingServer(folder, vendor, more, Optional.empty());
        try {
            Files.createDirectories(node.data());
            Files.copy(first.data().resolve("floating-server.secret"), node.data().resolve("floating-server.secret"));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        return node.start();
    }

    /// A line of its log, or of what it says.
    void awaitLine(String part) {
        programs.getLast().awaitLine(line -> line.contains(part));
    }

    FloatingServer start() {
        var command = Packaged.floatingServerCommand();
        var program = gap.map(inside -> inside.start(folder, settings, command)).orElseGet(() -> Program.start(folder, settings, command));
        programs.add(program);
        program.awaitLine(line -> line.contains("listens at http"));
        try {
            url = Files.readString(data().resolve("floating-server.address")).strip();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        return this;
    }

    /// Runs one of the program's commands, with the server's settings.
    Packaged.Ran command(String... arguments) {
        var command = new ArrayList<>(Packaged.floatingServerCommand());
        command.addAll(List.of(arguments));
        try (var program = Program.start(folder, settings, command)) {
            return new Packaged.Ran(program.awaitExit(), program.output());
        }
    }

    Path data() {
        return folder.resolve("floating");
    }

    String url() {
        return url;
    }

    /// `kill -9`.
    void kill() {
        programs.getLast().kill();
    }

    void stop() {
        assertThat(programs.getLast().stop()).as(programs.getLast().output()).isIn(0, 143);
    }

    String get(String path) {
        if (gap.isPresent()) {
            return gap.get().get(folder, URI.create(url + path));
        }
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        } catch (InterruptedException stopping) {
            throw new IllegalStateException(stopping);
        }
    }

    /// What it answers to a document.
    HttpResponse<byte[]> post(String path, byte[] document) throws IOException {
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(30)).header("Content-Type", "application/jose+json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(document)).build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException stopping) {
            throw new IllegalStateException(stopping);
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private void await(String what, Condition condition) {
        var until = Instant.now().plus(PATIENCE);
        try {
            while (!condition.holds()) {
                assertThat(Instant.now()).as(what).isBefore(until);
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    @Override
    public void close() {
        programs.forEach(Program::close);
    }
}
