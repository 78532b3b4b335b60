package dev.charter.mqtt.logs;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The latest lines of the log, kept in memory: 5,000 at most, each cut where it is too long, so that memory stays bounded however much is logged.
public final class LogLines extends AppenderBase<ILoggingEvent> {
    private static final int MOST = 5_000;
    private static final int LONGEST_MESSAGE = 2_000;
    private static final int LONGEST_FAULT = 8_000;

    private final Deque<LogLine> lines = new ArrayDeque<>();
    private final List<Consumer<LogLine>> listeners = new CopyOnWriteArrayList<>();
    private long number;

    @Override
    protected void append(ILoggingEvent event) {
        var line = keep(event);
        listeners.forEach(listener -> listener.accept(line));
    }

    private LogLine keep(ILoggingEvent event) {
        var message = cut(event.getFormattedMessage(), LONGEST_MESSAGE);
        var fault = event.getThrowableProxy() == null ? "" : cut(ThrowableProxyUtil.asString(event.getThrowableProxy()), LONGEST_FAULT);
        var traceId = Optional.ofNullable(event.getMDCPropertyMap().get("traceId")).orElse("");
        synchronized (lines) {
            var line = new LogLine(++number, event.getInstant(), event.getLevel().toString().toLowerCase(Locale.ROOT), event.getLoggerName(), event.getThreadName(), message, traceId, fault);
            lines.addLast(line);
            if (lines.size() > MOST) {
                lines.removeFirst();
            }
            return line;
        }
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "...";
    }

    /// The latest that match, the newest first.
    ///
    /// @param before only those with a smaller number
    List<LogLine> latest(int limit, long before, Predicate<LogLine> matching) {
        var found = new ArrayList<LogLine>();
        synchronized (lines) {
            for (var each = lines.descendingIterator(); each.hasNext() && found.size() < limit;) {
                var line = each.next();
                if (line.number() < before && matching.test(line)) {
                    found.add(line);
                }
            }
        }
        return found;
    }

    /// All that are kept, the oldest first.
    public List<LogLine> all() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /// Tells each line as it comes, on the thread that logs it: the listener must be quick and never throw.
    ///
    /// @return ends it
    Runnable listen(Consumer<LogLine> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
