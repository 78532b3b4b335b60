package dev.charter.server.start;

import dev.charter.server.settings.CannotStart;
import dev.charter.server.settings.Program;
import dev.charter.server.settings.Surroundings;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.NestedExceptionUtils;

/// Starts a server as a program.
public final class StartServer {
    private static final int WRONG_USAGE = 64; // EX_USAGE of BSD's sysexits.h

    private StartServer() {}

    /// Starts it with what surrounds this process. A server takes no arguments; asked for help, it explains its settings.
    ///
    /// @param start may throw [CannotStart]
    public static void asProgram(Program program, String explained, String[] arguments, Consumer<Surroundings> start) {
        if (arguments.length > 0) {
            boolean asked = arguments[0].equals("--help");
            (asked ? System.out : System.err).println((asked ? "" : "The " + program.name() + " takes no arguments.\n") + explained);
            System.exit(asked ? 0 : WRONG_USAGE);
        }
        try {
            start.accept(Surroundings.ofProcess());
        } catch (CannotStart sayWhy) {
            System.err.println(sayWhy.getMessage());
            System.exit(sayWhy.exitCode());
        }
    }

    /// Puts its parts together, and returns once it listens.
    ///
    /// @param given parts that are there already
    public static ServletWebServerApplicationContext run(ClosedEnvironment environment, List<Class<?>> parts, Consumer<GenericApplicationContext> given) {
        var application = new SpringApplication(parts.toArray(Class<?>[]::new));
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setEnvironment(environment);
        application.setAddCommandLineProperties(false);
        application.addInitializers(context -> given.accept((GenericApplicationContext) context));
        return (ServletWebServerApplicationContext) application.run();
    }

    /// Where to reach it from this machine.
    ///
    /// @param address the one that it listens on
    public static URI url(ServletWebServerApplicationContext context, InetAddress address) {
        return url("http", context, address);
    }

    /// The same where it speaks another scheme, such as `https`.
    public static URI url(String scheme, ServletWebServerApplicationContext context, InetAddress address) {
        int port = Objects.requireNonNull(context.getWebServer(), "a context that runs has its web server").getPort();
        var host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
        return URI.create(scheme + "://" + (address instanceof Inet6Address && !address.isAnyLocalAddress() ? "[" + host + "]" : host) + ":" + port);
    }

    /// Why it did not start, where its operator can do something about it.
    ///
    /// @param setting the setting that names the port
    public static Optional<CannotStart> reason(Throwable fault, String setting, InetAddress address, int port) {
        if (NestedExceptionUtils.getMostSpecificCause(fault) instanceof CannotStart sayWhy) {
            return Optional.of(sayWhy);
        }
        return fault instanceof PortInUseException || fault.getCause() instanceof PortInUseException
                ? Optional.of(CannotStart.notAvailable(setting + " is " + port + ", which another program uses on " + address.getHostAddress() + ".")) : Optional.empty();
    }
}
