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
import org.slf4j.MDC;

/// What every request passes first: it gets its trace ID, its answer the security headers, its body is bounded, its sender is one of our own pages,
/// and whatever goes wrong further in is answered with a problem.
final class EachRequest extends HttpFilter {
    private static final long serialVersionUID = 1;
    /// MUI puts its styles into the page; scripts come from files of ours only. The built-in MQTT client opens WebSockets to this server's other ports.
    private static final String POLICY = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self' ws: wss:; "
            + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
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
                secure(response);
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

    private static void secure(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
        response.setHeader("Cache-Control", "no-store"); // unless whoever answers says otherwise
    }

    private static void requireNoNul(HttpServletRequest request) {
        var address = request.getRequestURI() + '?' + Optional.ofNullable(request.getQueryString()).orElse("");
        if (address.contains("%00")) {
            throw Rejected.malformed("The address holds the character NUL, which is not allowed.");
        }
    }
}
