package dev.charter.mqtt.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/// What every request passes first: it gets its trace ID, its answer the security headers, its body is bounded, its sender is one of our own pages,
/// and whatever goes wrong further in is answered with a problem.
final class EachRequest extends HttpFilter {
    private static final long serialVersionUID = 1;
    /// Whatever the pages need comes from files of ours; nothing stands within a page.
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            + "connect-src 'self'";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.-]{1,253}(?=(:[0-9]{1,5})?$)");
    /// A backup that is restored.
    private static final String LARGE = "/api/system/restore";
    private static final long LARGEST_BACKUP = 512L * 1024 * 1024;
    private static final Duration LONGEST_UPLOAD = Duration.ofMinutes(10);

    private final transient OwnPages ownPages;
    private final transient Problems problems;
    private final transient RandomGenerator random;

    EachRequest(OwnPages ownPages, Problems problems, RandomGenerator random) {
        this.ownPages = ownPages;
        this.problems = problems;
        this.random = random;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException {
        MDC.put(TraceId.NAME, TraceId.of(Optional.ofNullable(request.getHeader("traceparent")), random).text());
        try {
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                secure(request, response);
                ownPages.require(request);
                requireNoNul(request);
            }
            boolean large = request.getRequestURI().equals(LARGE);
            chain.doFilter(new BoundedBody(request, large ? LARGEST_BACKUP : BoundedBody.LARGEST, large ? LONGEST_UPLOAD : BoundedBody.LONGEST), response);
        } catch (Exception | StackOverflowError failure) {
            problems.answer(request, response, failure);
        } finally {
            MDC.remove(TraceId.NAME);
        }
    }

    private static void secure(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", POLICY + webSockets(Optional.ofNullable(request.getHeader("Host")).orElse("")));
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
        response.setHeader("Cache-Control", "no-store"); // unless whoever answers says otherwise
    }

    /// The built-in MQTT client opens WebSockets to this machine's other ports. A policy cannot name an IPv6 address (CSP 3, section 2.3.1), so there it allows any.
    private static String webSockets(String host) {
        var name = NAME.matcher(host);
        return name.find() && name.start() == 0 ? " ws://" + name.group() + ":* wss://" + name.group() + ":*" : host.startsWith("[") ? " ws: wss:" : "";
    }

    private static void requireNoNul(HttpServletRequest request) {
        var address = request.getRequestURI() + '?' + Optional.ofNullable(request.getQueryString()).orElse("");
        if (address.contains("%00")) {
            throw Rejected.malformed("The address holds the character NUL, which is not allowed.");
        }
    }
}
