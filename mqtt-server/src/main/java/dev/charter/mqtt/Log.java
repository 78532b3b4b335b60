package dev.charter.mqtt;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.jul.LevelChangePropagator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.charter.mqtt.logs.LogLines;
import dev.charter.mqtt.settings.Settings;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;

/// The log, on the standard error stream: plain lines, or one JSON object on each (Elastic Common Schema); and the latest lines in memory, for the console.
///
/// Set up here and not by Spring Boot, nor by the configuration that the broker brings along.
final class Log {
    private static final String PLAIN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{36} [%X{traceId}] %msg%n";

    private Log() {}

    /// Two libraries bring a configuration for the whole log along; the one named here is ours, and empty.
    static void ignoreWhatLibrariesBring() {
        System.setProperty("logback.configurationFile", "charter-logback.xml");
    }

    static LogLines begin(Settings.Log form, Environment environment) {
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        context.putObject(Environment.class.getName(), environment);

        // What libraries log by java.util.logging comes here too; the levels are told there, so that nothing is made that nobody reads.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        var propagator = new LevelChangePropagator();
        propagator.setContext(context);
        propagator.setResetJUL(true);
        context.addListener(propagator);
        propagator.start();

        var encoder = encoder(form, context);
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        encoder.start();
        appender.start();
        var lines = new LogLines();
        lines.setContext(context);
        lines.start();
        var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
        root.addAppender(lines);
        context.getLogger("dev.charter").setLevel(Level.INFO);
        // What these miss at every start is not needed: OSHI's settings, whose defaults hold, with its lists of hypervisors and of Linux's families, of which the client has the first itself;
        // and a home folder, in place of which the broker is told each folder by itself.
        context.getLogger("oshi.util.FileUtil").setLevel(Level.ERROR);
        context.getLogger("com.hivemq.configuration.info.SystemInformationImpl").setLevel(Level.ERROR);
        return lines;
    }

    private static Encoder<ILoggingEvent> encoder(Settings.Log form, LoggerContext context) {
        return switch (form) {
            case JSON -> {
                var encoder = new StructuredLogEncoder();
                encoder.setContext(context);
                encoder.setFormat("ecs");
                yield encoder;
            }
            case PLAIN -> {
                var encoder = new PatternLayoutEncoder();
                encoder.setContext(context);
                encoder.setPattern(PLAIN);
                yield encoder;
            }
        };
    }
}
