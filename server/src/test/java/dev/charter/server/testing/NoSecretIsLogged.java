package dev.charter.server.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/// Listens to the whole log while tests run, and fails the class of tests in whose time a secret was logged. Heard is all that is written at the levels that the programs have, and what our own
/// packages would write at finer ones. It is at work in each module whose `junit-platform.properties` let extensions be found by themselves.
public final class NoSecretIsLogged implements BeforeAllCallback, AfterAllCallback {
    private static final String OUR_OWN = "dev.charter.";
    private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();
    private static final Ear EAR = new Ear();

    @Override
    public void beforeAll(ExtensionContext context) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext log) {
            EAR.listen(log);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        var found = takeFound();
        if (!found.isEmpty()) {
            throw new AssertionError("secrets were logged while " + context.getDisplayName() + " ran:\n" + String.join("\n", found));
        }
    }

    /// The lines with secrets that were heard since the last look, which are forgotten.
    static List<String> takeFound() {
        var found = new ArrayList<String>();
        for (var line = FOUND.poll(); line != null; line = FOUND.poll()) {
            found.add(line);
        }
        return found;
    }

    /// A filter that lets everything pass: it is asked before the level is. Whoever sets the log up anew loses its filters, but not who is told of that.
    private static final class Ear extends TurboFilter implements LoggerContextListener {
        private boolean listens;

        synchronized void listen(LoggerContext log) {
            if (!listens) {
                listens = true;
                log.addListener(this);
                log.addTurboFilter(this);
            }
        }

        @Override
        public FilterReply decide(@Nullable Marker marker, Logger logger, Level level, @Nullable String format, Object @Nullable [] arguments, @Nullable Throwable thrown) {
            if (format != null && (level.isGreaterOrEqual(logger.getEffectiveLevel()) || logger.getName().startsWith(OUR_OWN))) {
                hear(logger.getName(), format, arguments, thrown);
            }
            return FilterReply.NEUTRAL;
        }

        private static void hear(String logger, String format, Object @Nullable [] arguments, @Nullable Throwable thrown) {
            var line = MessageFormatter.arrayFormat(format, arguments);
            var text = new StringBuilder().append(line.getMessage());
            var fault = thrown != null ? thrown : line.getThrowable();
            for (int depth = 0; fault != null && depth < 20; depth++) {
                text.append(" | ").append(fault);
                for (var beside : fault.getSuppressed()) {
                    text.append(" | ").append(beside);
                }
                fault = fault.getCause();
            }
            var found = Secrets.in(text.toString());
            if (!found.isEmpty()) {
                FOUND.add(logger + ": " + found + " in " + text);
            }
        }

        @Override
        public boolean isResetResistant() {
            return true;
        }

        @Override
        public void onReset(LoggerContext log) {
            log.addTurboFilter(this);
        }

        @Override
        public void onStart(LoggerContext log) {}

        @Override
        public void onStop(LoggerContext log) {}

        @Override
        public void onLevelChange(Logger logger, Level level) {}
    }
}
