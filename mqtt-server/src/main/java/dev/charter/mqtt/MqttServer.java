package dev.charter.mqtt;

import dev.charter.mqtt.broker.Broker;
import dev.charter.mqtt.broker.Listener;
import dev.charter.mqtt.broker.ListenerPlan;
import dev.charter.mqtt.console.AuditLog;
import dev.charter.mqtt.logs.LogLines;
import dev.charter.mqtt.settings.ReadSettings;
import dev.charter.server.settings.CannotStart;
import dev.charter.server.settings.DataFolder;
import dev.charter.server.settings.Surroundings;
import dev.charter.server.start.ClosedEnvironment;
import dev.charter.server.start.StartServer;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/// The MQTT server as a program: it starts with the settings that it is given, or says in a sentence why not.
public final class MqttServer implements AutoCloseable {
    static {
        WholeLog.ignoreWhatLibrariesBring(); // before the first logger is made
    }

    private static final Logger LOG = LoggerFactory.getLogger(MqttServer.class);
    /// Where it listens, for other programs: `{"console": URL, "mqtt": URL, ...}`.
    private static final String ADDRESSES = "mqtt-server.json";

    private final ServletWebServerApplicationContext context;
    private final URI console;

    private MqttServer(ServletWebServerApplicationContext context, URI console) {
        this.context = context;
        this.console = console;
    }

    public static void main(String[] arguments) {
        StartServer.asProgram(ReadSettings.PROGRAM, ReadSettings.explained(), arguments, MqttServer::start);
    }

    /// Starts it and returns once it listens. It runs until it is closed or the process is told to end.
    ///
    /// @throws CannotStart when its operator has to change something first
    public static MqttServer start(Surroundings surroundings) {
        return start(surroundings, BrokerParts.class);
    }

    /// The same with other parts in the broker's place, for tests of the console.
    static MqttServer start(Surroundings surroundings, Class<?>... parts) {
        var settings = ReadSettings.from(surroundings.environment()).orCannotStart();
        var environment = new ClosedEnvironment(LicenseProperties.of(settings));
        var lines = WholeLog.begin(settings.log(), environment);
        var foundation = new Foundation(settings, DataFolder.open(settings.data(), ReadSettings.PROGRAM, ADDRESSES));
        try {
            var all = Stream.concat(Stream.of(Parts.class), Stream.of(parts)).toList();
            var context = StartServer.run(environment, all, beans -> {
                beans.registerBean(Surroundings.class, () -> surroundings);
                beans.registerBean(Foundation.class, () -> foundation);
                beans.registerBean(LogLines.class, () -> lines);
            });
            var console = StartServer.url(context, settings.console().address());
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
            StartServer.reason(fault, ReadSettings.PROGRAM.setting("CONSOLE_PORT"), settings.console().address(), settings.console().port()).ifPresent(sayWhy -> {
                throw sayWhy;
            });
            throw fault;
        }
    }

    /// `{"console": URL, "mqtt": URL, "tls": URL, ...}`: of each kind of listener the first.
    private static String addresses(URI console, List<Listener> listeners) {
        var all = new LinkedHashMap<String, String>();
        all.put("console", console.toString());
        listeners.forEach(listener -> all.putIfAbsent(listener.kind() == ListenerPlan.Kind.TCP ? "mqtt" : listener.kind().scheme(), listener.url()));
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
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
