package dev.charter.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.jul.LevelChangePropagator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;

/// The log, on the standard error stream: one JSON object on each line (Elastic Common Schema), or plain lines. What the operator is told, addresses and the first
/// token, goes to the standard output stream and never into the log.
///
/// Set up here and not by Spring Boot, because the foundation is laid, and may have something to say, before Boot begins; nor by what libraries bring along.
public final class Log {
    private static final String PLAIN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{36} [%X{traceId}] %msg%n";

    private Log() {}

    /// @param more who else gets what is logged
    public static void begin(LogForm form, Environment environment, List<Appender<ILoggingEvent>> more) {
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
        var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
        more.forEach(each -> {
            each.setContext(context);
            each.start();
            root.addAppender(each);
        });
        context.getLogger("dev.charter").setLevel(Level.INFO);
    }

    private static Encoder<ILoggingEvent> encoder(LogForm form, LoggerContext context) {
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
