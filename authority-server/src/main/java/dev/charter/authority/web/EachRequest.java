package dev.charter.authority.web;

import dev.charter.authority.settings.Settings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.MDC;

/// What every request passes first: it gets its trace ID and its remote address, its body is bounded, and whatever goes wrong further in is answered with a problem.
final class EachRequest extends HttpFilter {
    private static final long serialVersionUID = 1;

    private final transient Settings settings;
    private final transient Problems problems;
    private final transient RandomGenerator random;

    EachRequest(Settings settings, Problems problems, RandomGenerator random) {
        this.settings = settings;
        this.problems = problems;
        this.random = random;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException {
        MDC.put(TraceId.NAME, TraceId.of(Optional.ofNullable(request.getHeader("traceparent")), random).text());
        try {
            RemoteAddress.tell(request, settings.trustedProxies());
            requireNoNul(request);
            chain.doFilter(new BoundedBody(request), response);
        } catch (Exception | StackOverflowError failure) {
            problems.answer(request, response, failure);
        } finally {
            MDC.remove(TraceId.NAME);
        }
    }

    /// As in JSON. Tomcat refuses it in the header already.
    private static void requireNoNul(HttpServletRequest request) {
        var address = request.getRequestURI() + '?' + Optional.ofNullable(request.getQueryString()).orElse("");
        if (address.contains("%00")) {
            throw Rejected.malformed("The address holds the character NUL, which is not allowed.");
        }
    }
}
