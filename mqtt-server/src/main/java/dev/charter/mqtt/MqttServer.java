package dev.charter.mqtt;

import dev.charter.mqtt.broker.Broker;
import dev.charter.mqtt.broker.Listener;
import dev.charter.mqtt.broker.ListenerPlan;
import dev.charter.mqtt.console.AuditLog;
import dev.charter.mqtt.logs.LogLines;
import dev.charter.mqtt.settings.CannotStart;
import dev.charter.mqtt.settings.DataFolder;
import dev.charter.mqtt.settings.ReadSettings;
import dev.charter.mqtt.settings.Settings;
import dev.charter.mqtt.settings.Surroundings;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import tools.jackson.databind.json.JsonMapper;

/// The MQTT server as a program: it starts with the settings that it is given, or says in a sentence why not.
public final class MqttServer implements AutoCloseable {
    static {
        Log.ignoreWhatLibrariesBring(); // before the first logger is made
    }

    private static final Logger LOG = LoggerFactory.getLogger(MqttServer.class);
    private static final int WRONG_USAGE = 64; // EX_USAGE of BSD's sysexits.h

    private final ServletWebServerApplicationContext context;
    private final URI console;

    private MqttServer(ServletWebServerApplicationContext context, URI console) {
        this.context = context;
        this.console = console;
    }

    public static void main(String[] arguments) {
        if (arguments.length > 0) {
            boolean asked = arguments[0].equals("--help");
            (asked ? System.out : System.err).println((asked ? "" : "The MQTT server takes no arguments.\n") + ReadSettings.explained());
            System.exit(asked ? 0 : WRONG_USAGE);
        }
        try {
            start(Surroundings.ofProcess());
        } catch (CannotStart sayWhy) {
            System.err.println(sayWhy.getMessage());
            System.exit(sayWhy.exitCode());
        }
    }

    /// Starts it and returns once it listens. It runs until it is closed or the process is told to end.
    ///
    /// @throws CannotStart when its operator has to change something first
    public static MqttServer start(Surroundings surroundings) {
        return start(surroundings, BrokerParts.class);
    }

    /// The same with other parts in the broker's place, for tests of the console.
    static MqttServer start(Surroundings surroundings, Class<?>... parts) {
        var settings = switch (ReadSettings.from(surroundings.environment())) {
            case ReadSettings.Outcome.Ready(var ready) -> ready;
            case ReadSettings.Outcome.Mistaken(var mistakes) -> throw CannotStart.wrongSettings(String.join("\n", mistakes));
        };
        var environment = new ClosedEnvironment(LicenseProperties.of(settings));
        var lines = Log.begin(settings.log(), environment);
        var foundation = new Foundation(settings, DataFolder.open(settings.data()));
        try {
            var context = (ServletWebServerApplicationContext) application(surroundings, environment, foundation, lines, parts).run();
            var console = url(settings.console().address(), Objects.requireNonNull(context.getWebServer(), "a context that runs has its web server").getPort());
            var mqtt = context.getBeanProvider(Broker.class).stream().flatMap(broker -> broker.listeners().stream()).toList();
            foundation.dataFolder().tellAddresses(addresses(console, mqtt));
            context.getBean(AuditLog.class).happened("start", console + (mqtt.isEmpty() ? "" : ", " + mqtt.stream().map(Listener::url).collect(Collectors.joining(", "))));
            surroundings.say("The console listens at " + console);
            mqtt.forEach(listener -> surroundings.say("MQTT listens at " + listener.url()));
            LOG.info("the console listens at {}", console);
            if (!settings.console().address().isLoopbackAddress()) {
                LOG.warn("the console listens beyond this machine without TLS: put a proxy that speaks it in front");
            }
            return new MqttServer(context, console);
        } catch (Throwable fault) {
            foundation.close();
            if (NestedExceptionUtils.getMostSpecificCause(fault) instanceof CannotStart sayWhy) {
                throw sayWhy;
            }
            if (fault instanceof PortInUseException || fault.getCause() instanceof PortInUseException) {
                throw CannotStart.notAvailable("CHARTER_MQTT_CONSOLE_PORT is " + settings.console().port() + ", which another program uses on " + settings.console().address().getHostAddress() + ".");
            }
            throw fault;
        }
    }

    private static SpringApplication application(Surroundings surroundings, ClosedEnvironment environment, Foundation foundation, LogLines lines, Class<?>... parts) {
        var application = new SpringApplication(Parts.class);
        application.addPrimarySources(List.of(parts));
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setEnvironment(environment);
        application.setAddCommandLineProperties(false);
        application.addInitializers(context -> {
            var beans = (GenericApplicationContext) context;
            beans.registerBean(Surroundings.class, () -> surroundings);
            beans.registerBean(Foundation.class, () -> foundation);
            beans.registerBean(LogLines.class, () -> lines);
        });
        return application;
    }

    /// `{"console": URL, "mqtt": URL, "tls": URL, ...}`: of each kind of listener the first.
    private static String addresses(URI console, List<Listener> listeners) {
        var all = new LinkedHashMap<String, String>();
        all.put("console", console.toString());
        listeners.forEach(listener -> all.putIfAbsent(listener.kind() == ListenerPlan.Kind.TCP ? "mqtt" : listener.kind().scheme(), listener.url()));
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
    }

    /// Where to reach it from this machine.
    private static URI url(InetAddress address, int port) {
        var host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
        return URI.create("http://" + (address instanceof Inet6Address && !address.isAnyLocalAddress() ? "[" + host + "]" : host) + ":" + port);
    }

    /// Where the console is reached from this machine.
    public URI console() {
        return console;
    }

    /// A part of it, for tests.
    <T> T part(Class<T> type) {
        return context.getBean(type);
    }

    /// Finishes what was accepted, then stops.
    @Override
    public void close() {
        context.close();
    }
}
