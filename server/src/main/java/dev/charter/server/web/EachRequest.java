package dev.charter.server.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.MDC;

/// What every request passes first: it gets its trace ID and its remote address, its body is bounded, what the server demands of every request is asked for, and
/// whatever goes wrong further in is answered with a problem.
final class EachRequest extends HttpFilter {
    private static final long serialVersionUID = 1;

    private final transient HttpSettings settings;
    private final transient List<AtEntry> atEntry;
    private final transient Problems problems;

    EachRequest(HttpSettings settings, List<AtEntry> atEntry, Problems problems) {
        this.settings = settings;
        this.atEntry = List.copyOf(atEntry);
        this.problems = problems;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException {
        MDC.put(TraceId.NAME, TraceId.of(Optional.ofNullable(request.getHeader("traceparent"))).text());
        try {
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                RemoteAddress.tell(request, settings.trustedProxies());
                atEntry.forEach(each -> each.at(request, response));
                requireNoNul(request);
            }
            chain.doFilter(new BoundedBody(request, settings.bodyLimit(request.getRequestURI())), response);
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
