package dev.charter.server.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.databind.json.JsonMapper;

/// The one place that turns whatever went wrong into an answer. What went wrong inside stays inside: it is logged once, and the sender gets the trace ID.
public final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final Duration WHEN_UNAVAILABLE = Duration.ofSeconds(2);

    private final JsonMapper json;
    private final List<Explanation> explanations;

    Problems(JsonMapper json, List<Explanation> explanations) {
        this.json = json;
        this.explanations = List.copyOf(explanations);
    }

    /// Answers with what the failure means; nothing when the answer is on its way already, or nobody waits for it any more.
    public void answer(HttpServletRequest request, HttpServletResponse response, Throwable failure) throws IOException {
        if (has(failure, ClientAbortException.class) || has(failure, AsyncRequestNotUsableException.class)) {
            LOG.debug("the connection was closed by its other end");
            return;
        }
        var rejected = rejected(failure);
        log(request, rejected, failure);
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        headers(response, rejected, failure);
        response.setStatus(rejected.code().status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.getOutputStream().write(json.writeValueAsBytes(Problem.of(rejected.code(), rejected.detail(), Optional.ofNullable(MDC.get(TraceId.NAME)).orElse(""))));
    }

    private static void headers(HttpServletResponse response, Rejected rejected, Throwable failure) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        var retryAfter = rejected.code() == HttpProblem.UNAVAILABLE ? rejected.retryAfter().or(() -> Optional.of(WHEN_UNAVAILABLE)) : rejected.retryAfter();
        retryAfter.ifPresent(wait -> response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()))));
        if (failure instanceof HttpRequestMethodNotSupportedException method && method.getSupportedMethods() != null) {
            response.setHeader(HttpHeaders.ALLOW, String.join(", ", method.getSupportedMethods()));
        }
        rejected.code().headers().forEach(response::setHeader);
    }

    private static void log(HttpServletRequest request, Rejected rejected, Throwable failure) {
        switch (rejected.code()) {
            case HttpProblem.FAULT -> LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
            // A crowd that is told when to come again must not fill the log as well.
            case HttpProblem.UNAVAILABLE -> LOG.atLevel(rejected.isCrowded() ? Level.DEBUG : Level.WARN).setCause(failure)
                    .log("{} {} was not possible now", request.getMethod(), request.getRequestURI());
            default -> LOG.debug("{} {} was refused: {}", request.getMethod(), request.getRequestURI(), rejected.code());
        }
    }

    private Rejected rejected(Throwable failure) {
        return find(failure, Rejected.class).or(() -> explanations.stream().flatMap(each -> each.of(failure).stream()).findFirst()).orElseGet(() -> ofSpring(failure));
    }

    private static Rejected ofSpring(Throwable failure) {
        return switch (failure) {
            case HttpMessageNotReadableException unreadable -> Rejected.malformed(JsonMistakes.explain(unreadable));
            case HttpMediaTypeNotSupportedException wrong -> Rejected.because(HttpProblem.WRONG_MEDIA_TYPE, "Send " + list(wrong.getSupportedMediaTypes()) + ".");
            case HttpMediaTypeNotAcceptableException wrong -> Rejected.because(HttpProblem.NOT_ACCEPTABLE, "The answer is " + list(wrong.getSupportedMediaTypes()) + ".");
            case HttpRequestMethodNotSupportedException wrong -> Rejected.because(HttpProblem.METHOD_NOT_ALLOWED, "Here is no " + wrong.getMethod() + ".");
            case NoHandlerFoundException _ -> Rejected.unknown("There is nothing at this address.");
            case NoResourceFoundException _ -> Rejected.unknown("There is nothing at this address.");
            case MissingServletRequestParameterException missing -> Rejected.malformed("The parameter \"" + missing.getParameterName() + "\" is missing.");
            case MissingRequestHeaderException missing -> Rejected.malformed("The header " + missing.getHeaderName() + " is missing.");
            case InvalidParameterException _ -> Rejected.malformed("The address's parameters cannot be read.");
            case MethodArgumentTypeMismatchException wrong -> Rejected.malformed("The parameter \"" + wrong.getName() + "\" cannot be read.");
            default -> Rejected.because(HttpProblem.FAULT, "Something went wrong in the server; its log tells more under this trace ID.");
        };
    }

    private static String list(Iterable<MediaType> types) {
        var texts = new ArrayList<String>();
        types.forEach(type -> texts.add(type.toString()));
        return texts.isEmpty() ? "another media type" : texts.stream().collect(Collectors.joining(" or "));
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
        return find(failure, kind).isPresent();
    }

    /// Whatever wraps it: Jackson, Spring and Tomcat all do.
    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> kind) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return Optional.of(kind.cast(cause));
            }
            depth++;
        }
        return Optional.empty();
    }
}
