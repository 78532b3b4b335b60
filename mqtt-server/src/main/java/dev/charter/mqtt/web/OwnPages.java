package dev.charter.mqtt.web;

import dev.charter.mqtt.settings.Settings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Lets requests in that come from the console's own pages, or from no page at all.
///
/// A page of another site cannot send the header [#HEADER] (that would take CORS, which is not given), has another `Origin`, and where it makes its own name
/// point at this machine (DNS rebinding), its name is in `Host`: only IP addresses, `localhost` and the names from the settings are answered.
final class OwnPages {
    /// Whatever changes something must carry it, with the value `1`.
    static final String HEADER = "X-Charter-Page";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final Set<String> names = new HashSet<>(Set.of("localhost"));

    OwnPages(Settings settings) {
        names.addAll(settings.console().hosts());
        settings.hostName().map(name -> name.toLowerCase(Locale.ROOT)).ifPresent(names::add);
    }

    /// @throws Rejected as FOREIGN_PAGE, or as MALFORMED where the header is missing
    void require(HttpServletRequest request) {
        var host = Optional.ofNullable(request.getHeader("Host")).orElse("");
        if (!isKnown(host)) {
            throw foreign("The name in the address is not known to be this console's. Reach it by its IP address, or name it in CHARTER_MQTT_CONSOLE_HOSTS.");
        }
        var origin = Optional.ofNullable(request.getHeader("Origin"));
        var site = Optional.ofNullable(request.getHeader("Sec-Fetch-Site")).orElse("none");
        boolean api = request.getRequestURI().startsWith("/api/");
        if (SAFE.contains(request.getMethod())) {
            // A link on another page may lead to the console, but not to what it asks for.
            if (api && (site.equals("cross-site") || site.equals("same-site"))) {
                throw foreign("A page of another site asks.");
            }
            return;
        }
        if (origin.isPresent() && !authority(origin.get()).equals(host.toLowerCase(Locale.ROOT)) || site.equals("cross-site") || site.equals("same-site")) {
            throw foreign("A page of another site asks.");
        }
        if (!"1".equals(request.getHeader(HEADER))) {
            throw Rejected.because(ProblemCode.FOREIGN_PAGE, "The header " + HEADER + ": 1 is missing, which the console's own pages send with every change.");
        }
    }

    private boolean isKnown(String host) {
        var name = withoutPort(host.toLowerCase(Locale.ROOT));
        return names.contains(name) || isAddress(name);
    }

    private static String withoutPort(String host) {
        int end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
        return end > 0 ? host.substring(0, end) : host;
    }

    private static boolean isAddress(String name) {
        try {
            InetAddress.ofLiteral(name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name);
            return true;
        } catch (IllegalArgumentException aName) {
            return false;
        }
    }

    private static String authority(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getRawAuthority()).orElse("").toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException unreadable) {
            return "";
        }
    }

    private static Rejected foreign(String detail) {
        return Rejected.because(ProblemCode.FOREIGN_PAGE, detail);
    }
}
