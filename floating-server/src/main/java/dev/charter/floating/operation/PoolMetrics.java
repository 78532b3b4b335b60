package dev.charter.floating.operation;

import dev.charter.floating.alarm.Alarm.Severity;
import dev.charter.floating.alarm.Alarms;
import dev.charter.floating.history.Denials;
import dev.charter.floating.lease.Queue;
import dev.charter.floating.pool.Pool;
import dev.charter.floating.pool.Pools;
import dev.charter.store.IssuerTime;
import dev.charter.store.Transactions;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/// What is measured of the pools: seats, how many are taken and free, refusals since the start, days until the license ends; and how many alarms are on.
@Component
final class PoolMetrics {
    private static final double SECONDS_A_DAY = Duration.ofDays(1).toSeconds();

    private final MeterRegistry registry;
    private final Transactions transactions;
    private final IssuerTime time;
    private final Pools pools;
    private final Queue queue;
    private final Denials denials;
    private final Alarms alarms;
    private final MultiGauge seats;
    private final MultiGauge taken;
    private final MultiGauge free;
    private final MultiGauge queued;
    private final MultiGauge ends;
    private final MultiGauge on;

    PoolMetrics(MeterRegistry registry, Transactions transactions, IssuerTime time, Pools pools, Queue queue, Denials denials, Alarms alarms) {
        this.registry = registry;
        this.transactions = transactions;
        this.time = time;
        this.pools = pools;
        this.queue = queue;
        this.denials = denials;
        this.alarms = alarms;
        this.seats = gauge("charter.pool.seats", "Seats of the pool");
        this.taken = gauge("charter.pool.taken", "Seats that are taken");
        this.free = gauge("charter.pool.free", "Seats that would be handed out now");
        this.queued = gauge("charter.pool.queued", "Hosts that wait for a seat");
        this.ends = gauge("charter.pool.ends.days", "Days until the pool's license ends; none for one that does not end");
        this.on = gauge("charter.alarms", "Alarms that are on, by severity");
    }

    private MultiGauge gauge(String name, String meaning) {
        return MultiGauge.builder(name).description(meaning).register(registry);
    }

    private record Counted(Pool pool, long taken, long queued) {
        long free(Instant now) {
            return pool.renewsOnly(now) ? 0 : Math.max(0, pool.capacity(now) - taken);
        }

        Tags tags() {
            return Tags.of("pool", pool.license(), "product", pool.product());
        }
    }

    /// Measures now.
    void measure() {
        var now = time.instant();
        var all = transactions.reading(sql -> pools.all(sql).stream().map(pool -> new Counted(pool, pools.held(sql, pool.license(), now), queue.length(sql, pool.license(), now))).toList());
        seats.register(rows(all, counted -> counted.pool().seats()), true);
        taken.register(rows(all, Counted::taken), true);
        free.register(rows(all, counted -> counted.free(now)), true);
        queued.register(rows(all, Counted::queued), true);
        ends.register(rows(all.stream().filter(counted -> counted.pool().until().isPresent()).toList(),
                counted -> counted.pool().until().map(end -> Duration.between(now, end).toSeconds() / SECONDS_A_DAY).orElseThrow()), true);
        all.forEach(counted -> FunctionCounter.builder("charter.pool.denied", denials, every -> every.sinceStart(counted.pool().license())).description("Requests for a seat that were refused because none was free")
                .tags(counted.tags()).register(registry));
        var latest = alarms.latest();
        on.register(Arrays.stream(Severity.values()).<MultiGauge.Row<?>>map(severity -> MultiGauge.Row.of(Tags.of("severity", severity.name().toLowerCase(Locale.ROOT)),
                latest.stream().filter(alarm -> alarm.alarm().severity() == severity).count())).toList(), true);
    }

    private static List<MultiGauge.Row<?>> rows(List<Counted> all, ToDoubleFunction<Counted> value) {
        return all.stream().<MultiGauge.Row<?>>map(counted -> MultiGauge.Row.of(counted.tags(), value.applyAsDouble(counted))).toList();
    }
}
