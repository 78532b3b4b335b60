package dev.charter.floating;

import dev.charter.client.Machine;
import dev.charter.floating.access.ConsoleAudit;
import dev.charter.floating.backup.BackupCommands;
import dev.charter.floating.installation.ThisServer;
import dev.charter.floating.protocol.Rehearsal;
import dev.charter.floating.seal.StateAltered;
import dev.charter.floating.settings.ReadSettings;
import dev.charter.server.log.Log;
import dev.charter.server.settings.CannotStart;
import dev.charter.server.settings.Surroundings;
import dev.charter.server.start.ClosedEnvironment;
import dev.charter.server.start.StartServer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/// The floating license server as a program: it starts with the settings that it is given, or says in a sentence why not.
public final class FloatingServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FloatingServer.class);

    private final ServletWebServerApplicationContext context;
    private final Foundation foundation;
    private final URI url;

    private FloatingServer(ServletWebServerApplicationContext context, Foundation foundation, URI url) {
        this.context = context;
        this.foundation = foundation;
        this.url = url;
    }

    public static void main(String[] arguments) {
        if (BackupCommands.areMeant(arguments)) {
            System.exit(BackupCommands.run(arguments, Surroundings.ofProcess()));
        }
        StartServer.asProgram(ReadSettings.PROGRAM, ReadSettings.explained() + "\n" + BackupCommands.explained(), arguments, surroundings -> {
            Rehearsal.begin();
            start(surroundings, Optional.empty());
        });
    }

    /// Starts it and returns once it listens. It runs until it is closed or the process is told to end.
    ///
    /// @param machine what tells this machine from others; none: as it is read
    /// @throws CannotStart when its operator has to change something first
    static FloatingServer start(Surroundings surroundings, Optional<Machine> machine) {
        return start(surroundings, machine, List.of());
    }

    /// The same with further parts, for tests.
    static FloatingServer start(Surroundings surroundings, Optional<Machine> machine, List<Class<?>> more) {
        var settings = ReadSettings.from(surroundings.environment()).orCannotStart();
        var environment = new ClosedEnvironment(Map.of());
        Log.begin(settings.log(), environment, List.of());
        var foundation = Foundation.lay(settings, surroundings, machine);
        try {
            var context = StartServer.run(environment, Stream.concat(Stream.of(Parts.class), more.stream()).toList(), beans -> {
                beans.registerBean(Foundation.class, () -> foundation);
                beans.registerBean(Surroundings.class, () -> surroundings);
            });
            var url = StartServer.url(foundation.tls().identity().isPresent() ? "https" : "http", context, settings.address());
            foundation.dataFolder().tellAddresses(url + "\n");
            foundation.installation().begin(foundation.time().instant());
            context.getBean(ThisServer.class).listensAt(url);
            context.getBean(ConsoleAudit.class).happened("start", url.toString());
            surroundings.say("The floating license server listens at " + url);
            LOG.info("listening at {} {} on {}", url, foundation.tls(), settings.database());
            if (foundation.tls().identity().isEmpty() && !settings.address().isLoopbackAddress() && settings.trustedProxies().isEmpty()) {
                LOG.warn("listening beyond this machine without TLS: set CHARTER_FLOATING_TLS=own, or put a proxy that speaks TLS in front and name that in CHARTER_FLOATING_TRUSTED_PROXIES");
            }
            return new FloatingServer(context, foundation, url);
        } catch (StateAltered altered) {
            foundation.close();
            throw CannotStart.notAvailable(String.valueOf(altered.getMessage()));
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

    /// What it stands on, for tests.
    Foundation foundation() {
        return foundation;
    }

    /// Finishes what was accepted, then stops.
    @Override
    public void close() {
        context.close();
    }
}
