package dev.charter.mqtt.overview;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// What went through the broker in the last 24 hours, in steps of ten seconds, kept in memory only.
@Component
final class History implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(History.class);
    static final Duration STEP = Duration.ofSeconds(10);
    private static final int STEPS = Math.toIntExact(Duration.ofHours(24).dividedBy(STEP));

    /// One value for each step, in a ring. Four bytes a value: 200 kB altogether.
    private static final class Series {
        private final float[] values = new float[STEPS];

        void set(long step, double value) {
            values[(int) (step % STEPS)] = (float) value;
        }

        double[] last(long steps, int count) {
            var result = new double[count];
            for (int i = 0; i < count; i++) {
                result[i] = Math.round(values[(int) ((steps - count + i) % STEPS)] * 10d) / 10d;
            }
            return result;
        }
    }

    /// Counters as they were at one moment.
    private record Counted(long publishesIn, long publishesOut, long bytesIn, long bytesOut, long dropped) {
        static Counted of(Traffic traffic) {
            return new Counted(traffic.publishesIn(), traffic.publishesOut(), traffic.bytesIn(), traffic.bytesOut(), traffic.dropped());
        }
    }

    /// Per second, over the latest step.
    record Rates(double publishesIn, double publishesOut, double bytesIn, double bytesOut, double dropped) {
        static final Rates NONE = new Rates(0, 0, 0, 0, 0);
    }

    /// @param from when the first step began
    /// @param series per second, but `connected`, which is a number; the oldest first
    record Recorded(Instant from, int stepSeconds, Map<String, double[]> series) {}

    private final Traffic traffic;
    private final InstantSource clock;
    private final Map<String, Series> series = new LinkedHashMap<>();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("history").factory());
    private Counted before;
    private long steps;
    private Rates rates = Rates.NONE;
    private boolean running;

    History(Traffic traffic, InstantSource clock) {
        this.traffic = traffic;
        this.clock = clock;
        for (var name : new String[] {"publishesIn", "publishesOut", "bytesIn", "bytesOut", "connected", "dropped"}) {
            series.put(name, new Series());
        }
        before = new Counted(0, 0, 0, 0, 0);
    }

    @Override
    public synchronized void start() {
        before = Counted.of(traffic);
        executor.scheduleAtFixedRate(this::stepOrTell, STEP.toSeconds(), STEP.toSeconds(), TimeUnit.SECONDS);
        running = true;
    }

    @Override
    public synchronized void stop() {
        executor.shutdownNow();
        running = false;
    }

    @Override
    public synchronized boolean isRunning() {
        return running;
    }

    /// One step that fails must not be the last.
    private void stepOrTell() {
        try {
            step();
        } catch (RuntimeException fault) {
            LOG.warn("what went through the broker could not be taken down", fault);
        }
    }

    /// Takes down one step.
    synchronized void step() {
        var now = Counted.of(traffic);
        double seconds = STEP.toSeconds();
        rates = new Rates((now.publishesIn() - before.publishesIn()) / seconds, (now.publishesOut() - before.publishesOut()) / seconds,
                (now.bytesIn() - before.bytesIn()) / seconds, (now.bytesOut() - before.bytesOut()) / seconds, (now.dropped() - before.dropped()) / seconds);
        before = now;
        put("publishesIn", rates.publishesIn());
        put("publishesOut", rates.publishesOut());
        put("bytesIn", rates.bytesIn());
        put("bytesOut", rates.bytesOut());
        put("connected", traffic.connected());
        put("dropped", rates.dropped());
        steps++;
    }

    private void put(String name, double value) {
        var one = series.get(name);
        if (one != null) {
            one.set(steps, value);
        }
    }

    synchronized Rates rates() {
        return rates;
    }

    synchronized Recorded last(Duration duration) {
        int count = (int) Math.min(Math.min(duration.dividedBy(STEP), STEPS), steps);
        var result = new LinkedHashMap<String, double[]>();
        series.forEach((name, one) -> result.put(name, one.last(steps, count)));
        return new Recorded(clock.instant().minus(STEP.multipliedBy(count)), Math.toIntExact(STEP.toSeconds()), result);
    }
}
