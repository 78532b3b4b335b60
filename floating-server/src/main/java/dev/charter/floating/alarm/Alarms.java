package dev.charter.floating.alarm;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The alarms that are on, each told in the log once when it comes and once when it goes.
public final class Alarms {
    private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);

    private final LookForAlarms look;
    private final InstantSource time;
    private final Map<Key, On> on = new LinkedHashMap<>();

    private record Key(Alarm.Code code, Optional<String> subject) {}

    /// @param since when this process first saw it
    public record On(Alarm alarm, Instant since) {}

    public Alarms(LookForAlarms look, InstantSource time) {
        this.look = look;
        this.time = time;
    }

    /// Looks again.
    public synchronized List<On> look() {
        var found = look.now();
        var now = time.instant();
        var keys = found.stream().map(Alarms::key).toList();
        on.entrySet().removeIf(entry -> {
            boolean gone = !keys.contains(entry.getKey());
            if (gone) {
                LOG.info("no longer: {}", entry.getValue().alarm.message());
            }
            return gone;
        });
        for (var alarm : found) {
            var before = on.get(key(alarm));
            if (before == null || before.alarm.severity() != alarm.severity()) {
                tell(alarm);
            }
            on.put(key(alarm), new On(alarm, before == null ? now : before.since));
        }
        return latest();
    }

    /// As of the last look.
    public synchronized List<On> latest() {
        return List.copyOf(on.values());
    }

    private static Key key(Alarm alarm) {
        return new Key(alarm.code(), alarm.subject());
    }

    private static void tell(Alarm alarm) {
        switch (alarm.severity()) {
            case INFO -> LOG.info("{}", alarm.message());
            case WARNING -> LOG.warn("{}", alarm.message());
            case CRITICAL -> LOG.error("{}", alarm.message());
        }
    }
}
