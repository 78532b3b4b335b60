package dev.charter.floating.history;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts requests for a seat that were refused because none was free, since they were last taken down. A crash loses what was counted within a minute.
public final class Denials {
    private final Map<String, LongAdder> sinceTaken = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> sinceStart = new ConcurrentHashMap<>();

    /// @param pool ID of the pool's license
    public void denied(String pool) {
        sinceTaken.computeIfAbsent(pool, _ -> new LongAdder()).increment();
        sinceStart.computeIfAbsent(pool, _ -> new LongAdder()).increment();
    }

    /// What was counted since this was last called, by pool.
    Map<String, Long> take() {
        var taken = new HashMap<String, Long>();
        sinceTaken.forEach((pool, count) -> taken.put(pool, count.sumThenReset()));
        return taken;
    }

    /// What could not be kept counts the next time.
    void giveBack(Map<String, Long> counts) {
        counts.forEach((pool, count) -> sinceTaken.computeIfAbsent(pool, _ -> new LongAdder()).add(count));
    }

    /// Not taken down yet.
    long pending(String pool) {
        var count = sinceTaken.get(pool);
        return count == null ? 0 : count.sum();
    }

    /// Since this process started.
    public long sinceStart(String pool) {
        var count = sinceStart.get(pool);
        return count == null ? 0 : count.sum();
    }
}
