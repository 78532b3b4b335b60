package dev.charter.cli.demo;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Ending;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// One of the demo's servers as a process of its own, from its start to its end.
final class RunningProgram {
    private static final Duration LONGEST_START = Duration.ofSeconds(90);
    private static final int LONGEST_STOP_SECONDS = 30;
    private static final int PAUSE_MILLIS = 50;
    /// 128 and the number of the signal, as Java and shells count: SIGINT, SIGTERM.
    private static final Set<Integer> TOLD_TO_STOP = Set.of(130, 143);

    private final DemoServer server;
    private final Process process;
    private final URI url;
    private final Place place;
    private final Thread stopWithThisProgram = new Thread(this::stop, "stop-server");

    /// @param data its data folder
    /// @param log what it prints
    /// @param process which process it is, so that one that was left behind is found again
    record Place(Path data, Path log, Path process) {}

    private RunningProgram(DemoServer server, Process process, URI url, Place place) {
        this.server = server;
        this.process = process;
        this.url = url;
        this.place = place;
        Runtime.getRuntime().addShutdownHook(stopWithThisProgram);
    }

    /// Whether that port is free on this machine's own address.
    static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 1);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /// Ends a server of this place whose `charter up` was killed. Its process is known by its ID and the moment it was started, so no other can be meant.
    static Optional<Long> endLeftBehind(Place place) throws IOException, InterruptedException {
        if (!Files.exists(place.process())) {
            return Optional.empty();
        }
        var noted = Files.readString(place.process()).strip().split(" ");
        Files.delete(place.process());
        if (noted.length != 2 || !noted[0].matches("[0-9]{1,10}")) {
            return Optional.empty();
        }
        var left = ProcessHandle.of(Long.parseLong(noted[0])).filter(handle -> startOf(handle).equals(noted[1]));
        if (left.isPresent()) {
            var handle = left.get();
            handle.destroy();
            for (int waited = 0; handle.isAlive() && waited < LONGEST_STOP_SECONDS * 1_000; waited += PAUSE_MILLIS) {
                Thread.sleep(PAUSE_MILLIS);
            }
            handle.destroyForcibly();
        }
        return left.map(ProcessHandle::pid);
    }

    private static String startOf(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toString).orElse("");
    }

    /// @param url where it will answer
    static RunningProgram start(PackagedProgram program, Place place, Map<String, String> settings, URI url) throws IOException {
        DemoFolder.makeFolder(place.data());
        Files.deleteIfExists(place.data().resolve(program.server().addresses())); // left by one that was killed
        var builder = new ProcessBuilder(program.command()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(place.log().toFile()));
        program.giveSettings(builder, settings);
        var process = builder.start();
        process.getOutputStream().close();
        var running = new RunningProgram(program.server(), process, url, place);
        DemoFolder.write(place.process(), process.pid() + " " + startOf(process.toHandle()) + "\n");
        return running;
    }

    URI url() {
        return url;
    }

    /// Returns once it listens and is healthy; who else might answer at that address is not taken for it. Throws [CommandFailed] with the end of its log where it ends instead, or takes too long.
    ///
    /// @param wayOut what to do when it does not
    void awaitHealthy(String wayOut) throws InterruptedException {
        var until = System.nanoTime() + LONGEST_START.toNanos();
        try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2)).build()) {
            var question = HttpRequest.newBuilder(URI.create(url + "/health")).timeout(Duration.ofSeconds(5)).build();
            while (System.nanoTime() < until) {
                if (!process.isAlive()) {
                    throw ended(wayOut);
                }
                if (Files.exists(place.data().resolve(server.addresses())) && isHealthy(client, question)) {
                    return;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        throw CommandFailed.with(Ending.FAULT, server.subject() + " did not become healthy within " + LONGEST_START.toSeconds() + " seconds. The end of its log, " + place.log() + ":\n"
                + LastLines.of(place.log()), wayOut);
    }

    private static boolean isHealthy(HttpClient client, HttpRequest question) throws InterruptedException {
        try {
            return client.send(question, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /// Waits until one of them ends, and stops the others. Where that is because this program or the server was told to stop, says the farewell and answers its
    /// exit code: to be told to stop, and to stop, is no failure. Throws [CommandFailed] where it ended otherwise.
    ///
    /// @param programs in the order in which they are stopped
    static int attend(List<RunningProgram> programs, Farewell farewell) throws InterruptedException {
        var signalled = new Thread(() -> Runtime.getRuntime().halt(farewell.exitCode(stopAll(programs))), "told-to-stop");
        Runtime.getRuntime().addShutdownHook(signalled);
        programs.forEach(program -> Runtime.getRuntime().removeShutdownHook(program.stopWithThisProgram));
        awaitFirst(programs);
        try {
            Runtime.getRuntime().removeShutdownHook(signalled);
        } catch (IllegalStateException thisProgramIsToldToStop) {
            Thread.currentThread().join(); // the other thread ends it
        }
        var first = programs.stream().filter(program -> !program.process.isAlive()).findFirst().orElseThrow();
        boolean stopped = stopAll(programs);
        if (TOLD_TO_STOP.contains(first.process.exitValue())) {
            return farewell.exitCode(stopped);
        }
        throw first.ended();
    }

    private static void awaitFirst(List<RunningProgram> programs) throws InterruptedException {
        try {
            CompletableFuture.anyOf(programs.stream().map(program -> program.process.onExit()).toArray(CompletableFuture<?>[]::new)).get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean stopAll(List<RunningProgram> programs) {
        boolean stopped = true;
        for (var program : programs) {
            stopped &= program.stop();
        }
        return stopped;
    }

    /// What is said at the end, and the exit code.
    interface Farewell {
        int exitCode(boolean stoppedAsItShould);
    }

    private CommandFailed ended(String... wayOut) {
        return CommandFailed.with(Ending.FAULT, server.subject() + " has ended (" + process.exitValue() + "). The end of its log, " + place.log() + ":\n" + LastLines.of(place.log()), wayOut);
    }

    /// Stops it and waits for it. Whether it stopped by itself, as it should.
    boolean stop() {
        process.destroy();
        try {
            boolean stopped = process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS);
            if (!stopped) {
                process.destroyForcibly().waitFor();
            }
            Files.deleteIfExists(place.process());
            return stopped;
        } catch (InterruptedException | IOException interrupted) {
            process.destroyForcibly();
            return false;
        }
    }
}
