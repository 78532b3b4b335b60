package dev.charter.server.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Lets requests in that come from the server's own pages, or from no page at all.
///
/// A page of another site cannot send the header [#HEADER] (that would take CORS, which is not given), has another `Origin`, and where it makes its own name
/// point at this machine (DNS rebinding), its name is in `Host`: only IP addresses, `localhost` and the names that the server was told are answered.
public final class OwnPages implements AtEntry {
    /// Whatever changes something must carry it, with the value `1`.
    static final String HEADER = "X-Charter-Page";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final Set<String> names;
    private final String setting;

    /// @param names by which browsers reach the server
    /// @param setting the setting that further names are given with
    public OwnPages(Stream<String> names, String setting) {
        this.names = Stream.concat(Stream.of("localhost"), names.map(name -> name.toLowerCase(Locale.ROOT))).collect(Collectors.toUnmodifiableSet());
        this.setting = setting;
    }

    /// @throws Rejected as FOREIGN_PAGE, or as MALFORMED where the header is missing
    @Override
    public void at(HttpServletRequest request, HttpServletResponse response) {
        var host = Optional.ofNullable(request.getHeader("Host")).orElse("");
        if (!isKnown(host)) {
            throw foreign("The name in the address is not known to be this console's. Reach it by its IP address, or name it in " + setting + ".");
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
            throw Rejected.because(HttpProblem.FOREIGN_PAGE, "The header " + HEADER + ": 1 is missing, which the console's own pages send with every change.");
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
        return Rejected.because(HttpProblem.FOREIGN_PAGE, detail);
    }
}
