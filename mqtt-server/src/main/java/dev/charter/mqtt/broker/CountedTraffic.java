package dev.charter.mqtt.broker;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import dev.charter.mqtt.clients.Client;
import dev.charter.mqtt.overview.Traffic;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// The broker's own counters, and ours of what we refused.
final class CountedTraffic implements Traffic {
    private final Supplier<Engine> engine;
    private final LiveClients clients;
    /// Messages that were refused, because nothing allows them.
    private final LongAdder refused = new LongAdder();

    CountedTraffic(Supplier<Engine> engine, LiveClients clients) {
        this.engine = engine;
        this.clients = clients;
    }

    void refused() {
        refused.increment();
    }

    @Override
    public long publishesIn() {
        return counter("com.hivemq.messages.incoming.publish.count");
    }

    @Override
    public long publishesOut() {
        return counter("com.hivemq.messages.outgoing.publish.count");
    }

    @Override
    public long bytesIn() {
        return gauge("com.hivemq.networking.bytes.read.total");
    }

    @Override
    public long bytesOut() {
        return gauge("com.hivemq.networking.bytes.write.total");
    }

    @Override
    public long dropped() {
        return counter("com.hivemq.messages.dropped.count") + refused.sum();
    }

    @Override
    public int connected() {
        return Math.toIntExact(gauge("com.hivemq.networking.connections.current"));
    }

    @Override
    public long retained() {
        return gauge("com.hivemq.messages.retained.current");
    }

    @Override
    public long subscriptions() {
        return counter("com.hivemq.subscriptions.overall.current");
    }

    @Override
    public long queued() {
        return clients.all().stream().mapToLong(Client::queued).sum();
    }

    private MetricRegistry metrics() {
        return engine.get().metrics();
    }

    private long counter(String name) {
        var counter = metrics().getCounters().get(name);
        return counter == null ? 0 : counter.getCount();
    }

    private long gauge(String name) {
        Gauge<?> gauge = metrics().getGauges().get(name);
        return gauge != null && gauge.getValue() instanceof Number number ? number.longValue() : 0;
    }
}
