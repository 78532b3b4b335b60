package dev.charter.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.json.JsonMapper;

/// Turns what goes wrong at the License page's endpoints, and a feature that is not licensed wherever it is asked for, into an answer. Everything else is the
/// product's own affair. What went wrong inside stays inside: it is logged once, and the sender gets a trace ID.
final class LicenseProblems implements HandlerExceptionResolver {
    private static final Logger LOG = LoggerFactory.getLogger(LicenseProblems.class);
    private static final int DEEPEST = 20;

    private final JsonMapper json;
    private final String path;

    LicenseProblems(JsonMapper json, String path) {
        this.json = json;
        this.path = path;
    }

    @Override
    public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        var unlicensed = unlicensed(failure);
        boolean own = handler instanceof HandlerMethod method && method.getBeanType() == LicensePageResource.class || handler == null && isOwnPath(request);
        if (unlicensed.isEmpty() && !own || response.isCommitted()) {
            return null;
        }
        var traceId = Optional.ofNullable(MDC.get("traceId")).orElseGet(() -> UUID.randomUUID().toString());
        var problem = unlicensed.map(feature -> Problem.of(ProblemCode.FEATURE_NOT_LICENSED, String.valueOf(feature.getMessage()), traceId, Optional.of(feature.feature())))
                .or(() -> problem(failure, traceId));
        if (problem.isEmpty()) {
            return null;
        }
        if (problem.get().code() == ProblemCode.FAULT) {
            LOG.error("{} {} failed (trace ID {})", request.getMethod(), request.getRequestURI(), traceId, failure);
        }
        write(response, problem.get());
        return new ModelAndView();
    }

    private boolean isOwnPath(HttpServletRequest request) {
        var asked = request.getRequestURI().substring(request.getContextPath().length());
        return asked.equals(path) || asked.startsWith(path + "/");
    }

    private static Optional<Problem> problem(Exception failure, String traceId) {
        if (failure instanceof Refused refused) {
            return Optional.of(Problem.of(refused.code(), refused.detail(), traceId, Optional.empty()));
        }
        if (failure instanceof HttpMessageNotReadableException unreadable) {
            // The mistake's own words could quote what was typed, and that may be a license key.
            var tooLarge = unreadable.getCause() instanceof Refused refused ? refused : null;
            return Optional.of(tooLarge != null ? Problem.of(tooLarge.code(), tooLarge.detail(), traceId, Optional.empty())
                    : Problem.of(ProblemCode.MALFORMED, "The body is not the JSON that is read here; see the API's description.", traceId, Optional.empty()));
        }
        if (failure instanceof HttpMediaTypeNotSupportedException) {
            return Optional.of(Problem.of(ProblemCode.WRONG_MEDIA_TYPE, "Send application/json.", traceId, Optional.empty()));
        }
        if (failure instanceof HttpMediaTypeNotAcceptableException) {
            return Optional.of(Problem.of(ProblemCode.NOT_ACCEPTABLE, "The answer is application/json.", traceId, Optional.empty()));
        }
        if (failure instanceof HttpRequestMethodNotSupportedException method) {
            return Optional.of(Problem.of(ProblemCode.METHOD_NOT_ALLOWED, "Here is no " + method.getMethod() + ".", traceId, Optional.empty()));
        }
        if (failure instanceof org.springframework.web.ErrorResponse) {
            return Optional.empty(); // such as an address under which there is nothing
        }
        return Optional.of(Problem.of(ProblemCode.FAULT, "The product's log tells more under this trace ID.", traceId, Optional.empty()));
    }

    private void write(HttpServletResponse response, Problem problem) {
        try {
            response.resetBuffer();
            response.setStatus(problem.status());
            response.setHeader("Cache-Control", "no-store");
            response.setContentType(Problem.MEDIA_TYPE);
            response.getOutputStream().write(json.writeValueAsBytes(problem));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /// Whatever wraps it.
    private static Optional<FeatureNotLicensed> unlicensed(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < DEEPEST; cause = cause.getCause()) {
            if (cause instanceof FeatureNotLicensed found) {
                return Optional.of(found);
            }
            depth++;
        }
        return Optional.empty();
    }
}
