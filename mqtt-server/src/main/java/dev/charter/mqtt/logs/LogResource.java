package dev.charter.mqtt.logs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import dev.charter.server.access.Audited;
import dev.charter.server.access.LoggedIn;
import dev.charter.server.web.Rejected;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// The log: pages of it, as it happens, and as a file.
@RestController
@RequestMapping("/api/logs")
final class LogResource implements SmartLifecycle {
    private static final int MOST = 500;
    /// Who watches more slowly than the server logs misses lines in between.
    private static final int WAITING = 1_000;
    private static final int WATCHERS = 20;
    private static final int HEARTBEAT_SECONDS = 10;
    private static final List<String> LEVELS = List.of("error", "warn", "info", "debug", "trace");

    /// @param next to be given as `after` for older lines
    record LogPage(List<LogLine> items, Optional<String> next) {}

    /// @param server of the server itself: `error`, `warn`, `info`, `debug` or `trace`
    /// @param broker of the MQTT broker within it
    record LogLevels(String server, String broker) {}

    private final LogLines lines;
    private final LoggedIn loggedIn;
    private final Set<Thread> watchers = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    LogResource(LogLines lines, LoggedIn loggedIn) {
        this.lines = lines;
        this.loggedIn = loggedIn;
    }

    @GetMapping
    LogPage page(@RequestParam Optional<String> level, @RequestParam Optional<String> search, @RequestParam Optional<Integer> limit, @RequestParam Optional<String> after) {
        int most = Math.clamp(limit.orElse(100), 1, MOST);
        var found = lines.latest(most + 1, before(after), matching(level, search));
        var items = found.subList(0, Math.min(most, found.size()));
        return new LogPage(List.copyOf(items), found.size() > most ? Optional.of(Long.toString(items.getLast().number())) : Optional.empty());
    }

    private static long before(Optional<String> after) {
        try {
            return after.map(Long::parseLong).orElse(Long.MAX_VALUE);
        } catch (NumberFormatException foreign) {
            throw Rejected.malformed("The parameter \"after\" is not one that a page of this list gave.");
        }
    }

    private static Predicate<LogLine> matching(Optional<String> level, Optional<String> search) {
        int least = LEVELS.indexOf(level.map(LogResource::known).orElse("trace"));
        var text = search.map(given -> given.toLowerCase(Locale.ROOT)).orElse("");
        return line -> LEVELS.indexOf(line.level()) <= least
                && (text.isEmpty() || line.message().toLowerCase(Locale.ROOT).contains(text) || line.logger().toLowerCase(Locale.ROOT).contains(text) || line.traceId().contains(text));
    }

    private static String known(String level) {
        if (!LEVELS.contains(level)) {
            throw Rejected.malformed("There is no level \"" + level + "\". There are " + String.join(", ", LEVELS) + ".");
        }
        return level;
    }

    /// Each line as it happens, as a server-sent event whose data is the line. It ends with the session.
    @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter stream(@RequestParam Optional<String> level, @RequestParam Optional<String> search, HttpServletRequest request) {
        if (watchers.size() >= WATCHERS) {
            throw Rejected.conflict("The log is watched in " + WATCHERS + " windows already. Close one of them.");
        }
        var matching = matching(level, search);
        var still = loggedIn.of(request);
        var emitter = new SseEmitter(0L);
        var watcher = Thread.ofVirtual().name("log-watcher").unstarted(() -> watch(emitter, matching, still));
        watchers.add(watcher);
        emitter.onCompletion(watcher::interrupt);
        emitter.onError(_ -> watcher.interrupt());
        watcher.start();
        return emitter;
    }

    private void watch(SseEmitter emitter, Predicate<LogLine> matching, LoggedIn.Still still) {
        var waiting = new ArrayBlockingQueue<LogLine>(WAITING);
        var end = lines.listen(line -> {
            if (matching.test(line)) {
                waiting.offer(line);
            }
        });
        try {
            emitter.send(SseEmitter.event().comment("the log follows"));
            while (running && still.isLoggedIn()) {
                var line = waiting.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
                emitter.send(line == null ? SseEmitter.event().comment("still here") : SseEmitter.event().id(Long.toString(line.number())).data(line, MediaType.APPLICATION_JSON));
            }
            emitter.complete();
        } catch (IOException | IllegalStateException gone) {
            emitter.completeWithError(gone);
        } catch (InterruptedException stopping) {
            emitter.complete();
        } finally {
            end.run();
            watchers.remove(Thread.currentThread());
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /// Lets whoever watches go before the server waits for the requests under way.
    @Override
    public void stop() {
        running = false;
        watchers.forEach(Thread::interrupt);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @GetMapping(path = "/download", produces = MediaType.TEXT_PLAIN_VALUE)
    ResponseEntity<byte[]> download() {
        var text = lines.all().stream().map(LogLine::text).collect(Collectors.joining("\n", "", "\n"));
        return ResponseEntity.ok().header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"mqtt-server.log\"")
                .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8)).body(text.getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping("/level")
    LogLevels levels() {
        return new LogLevels(level("dev.charter"), level("com.hivemq"));
    }

    /// Until the server is started again.
    @PutMapping(path = "/level", consumes = MediaType.APPLICATION_JSON_VALUE)
    LogLevels change(@RequestBody LogLevels asked, HttpServletRequest request) {
        Audited.detail(request, "server " + asked.server() + ", broker " + asked.broker());
        logger("dev.charter").setLevel(Level.toLevel(known(asked.server())));
        logger("com.hivemq").setLevel(Level.toLevel(known(asked.broker())));
        return levels();
    }

    private static String level(String name) {
        return logger(name).getEffectiveLevel().toString().toLowerCase(Locale.ROOT);
    }

    private static ch.qos.logback.classic.Logger logger(String name) {
        return ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(name);
    }
}
