package dev.charter.authority;

import dev.charter.authority.fault.FailPoint;
import dev.charter.authority.settings.ReadSettings;
import dev.charter.server.log.Log;
import dev.charter.server.settings.CannotStart;
import dev.charter.server.settings.Surroundings;
import dev.charter.server.start.ClosedEnvironment;
import dev.charter.server.start.StartServer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/// The authority as a program: it starts with the settings that it is given, or says in a sentence why not.
public final class Authority implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Authority.class);

    private final ServletWebServerApplicationContext context;
    private final URI url;

    private Authority(ServletWebServerApplicationContext context, URI url) {
        this.context = context;
        this.url = url;
    }

    public static void main(String[] arguments) {
        if (List.of(arguments).equals(List.of("--fail-points"))) {
            FailPoint.printAll(System.out);
            return;
        }
        StartServer.asProgram(ReadSettings.PROGRAM, ReadSettings.explained(), arguments, Authority::start);
    }

    /// Starts it and returns once it listens. It runs until it is closed or the process is told to end.
    ///
    /// @param more further parts, for tests
    /// @throws CannotStart when its operator has to change something first
    public static Authority start(Surroundings surroundings, Class<?>... more) {
        var settings = ReadSettings.from(surroundings.environment()).orCannotStart();
        var environment = new ClosedEnvironment(Map.of());
        Log.begin(settings.log(), environment, List.of());
        var foundation = Foundation.lay(settings);
        try {
            var parts = Stream.concat(Stream.of(Parts.class), Stream.of(more)).toList();
            var context = StartServer.run(environment, parts, beans -> {
                beans.registerBean(Surroundings.class, () -> surroundings);
                beans.registerBean(Foundation.class, () -> foundation);
            });
            var url = StartServer.url(context, settings.address());
            foundation.dataFolder().tellAddresses(url + "\n");
            surroundings.say("The authority listens at " + url);
            LOG.info("listening at {} on {}", url, settings.database());
            if (!settings.address().isLoopbackAddress()) {
                LOG.warn("listening beyond this machine without TLS: put a proxy that speaks it in front, and name that in CHARTER_AUTHORITY_TRUSTED_PROXIES");
            }
            return new Authority(context, url);
        } catch (Throwable fault) {
            foundation.close();
            StartServer.reason(fault, ReadSettings.PROGRAM.setting("PORT"), settings.address(), settings.port()).ifPresent(sayWhy -> {
                throw sayWhy;
            });
            throw fault;
        }
    }

    /// Where it listens.
    public URI url() {
        return url;
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
