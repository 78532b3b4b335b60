package dev.charter.authority;

import dev.charter.authority.fault.FailPoint;
import dev.charter.authority.settings.CannotStart;
import dev.charter.authority.settings.ReadSettings;
import dev.charter.authority.settings.Settings;
import dev.charter.authority.settings.Surroundings;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.NestedExceptionUtils;

/// The authority as a program: it starts with the settings that it is given, or says in a sentence why not.
public final class Authority implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Authority.class);
    private static final int WRONG_USAGE = 64; // EX_USAGE of BSD's sysexits.h

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
        if (arguments.length > 0) {
            boolean asked = arguments[0].equals("--help");
            (asked ? System.out : System.err).println((asked ? "" : "The authority takes no arguments.\n") + ReadSettings.explained());
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
    /// @param more further parts, for tests
    /// @throws CannotStart when its operator has to change something first
    public static Authority start(Surroundings surroundings, Class<?>... more) {
        var settings = switch (ReadSettings.from(surroundings.environment())) {
            case ReadSettings.Outcome.Ready(var ready) -> ready;
            case ReadSettings.Outcome.Mistaken(var mistakes) -> throw CannotStart.wrongSettings(String.join("\n", mistakes));
        };
        var environment = new ClosedEnvironment();
        Log.begin(settings.log(), environment);
        var foundation = Foundation.lay(settings);
        try {
            var context = (ServletWebServerApplicationContext) application(surroundings, environment, foundation, more).run();
            var url = url(settings.address(), Objects.requireNonNull(context.getWebServer(), "a context that runs has its web server").getPort());
            foundation.dataFolder().tellAddress(url.toString());
            surroundings.out().println("The authority listens at " + url);
            surroundings.out().flush();
            LOG.info("listening at {} on {}", url, settings.database());
            if (!settings.address().isLoopbackAddress()) {
                LOG.warn("listening beyond this machine without TLS: put a proxy that speaks it in front, and name that in CHARTER_AUTHORITY_TRUSTED_PROXIES");
            }
            return new Authority(context, url);
        } catch (Throwable fault) {
            foundation.close();
            if (NestedExceptionUtils.getMostSpecificCause(fault) instanceof CannotStart sayWhy) {
                throw sayWhy;
            }
            if (fault instanceof PortInUseException || fault.getCause() instanceof PortInUseException) {
                throw CannotStart.notAvailable("CHARTER_AUTHORITY_PORT is " + settings.port() + ", which another program uses on " + settings.address().getHostAddress() + ".");
            }
            throw fault;
        }
    }

    private static SpringApplication application(Surroundings surroundings, ClosedEnvironment environment, Foundation foundation, Class<?>... more) {
        var application = new SpringApplication(Parts.class);
        application.addPrimarySources(List.of(more));
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setEnvironment(environment);
        application.setAddCommandLineProperties(false);
        application.addInitializers(context -> {
            var beans = (GenericApplicationContext) context;
            beans.registerBean(Surroundings.class, () -> surroundings);
            beans.registerBean(Foundation.class, () -> foundation);
        });
        return application;
    }

    /// Where to reach it from this machine.
    private static URI url(InetAddress address, int port) {
        var host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
        return URI.create("http://" + (address instanceof Inet6Address && !address.isAnyLocalAddress() ? "[" + host + "]" : host) + ":" + port);
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
