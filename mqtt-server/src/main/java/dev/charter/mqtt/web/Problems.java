package dev.charter.mqtt.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;
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
@Component
public final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private final JsonMapper json;

    Problems(JsonMapper json) {
        this.json = json;
    }

    /// Answers with what the failure means; nothing when the answer is on its way already, or nobody waits for it any more.
    public void answer(HttpServletRequest request, HttpServletResponse response, Throwable failure) throws IOException {
        if (find(failure, ClientAbortException.class).isPresent() || find(failure, AsyncRequestNotUsableException.class).isPresent()) {
            LOG.debug("the connection was closed by its other end");
            return;
        }
        var rejected = rejected(failure);
        log(request, rejected.code(), failure);
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        rejected.retryAfter().ifPresent(wait -> response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()))));
        if (failure instanceof HttpRequestMethodNotSupportedException method && method.getSupportedMethods() != null) {
            response.setHeader(HttpHeaders.ALLOW, String.join(", ", method.getSupportedMethods()));
        }
        if (rejected.code() == ProblemCode.TOO_LARGE || rejected.code() == ProblemCode.TOO_SLOW) {
            response.setHeader(HttpHeaders.CONNECTION, "close"); // what was not read of the request must not be taken for the next one
        }
        response.setStatus(rejected.code().status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.getOutputStream().write(json.writeValueAsBytes(Problem.of(rejected.code(), rejected.detail(), Optional.ofNullable(MDC.get(TraceId.NAME)).orElse(""))));
    }

    private static void log(HttpServletRequest request, ProblemCode code, Throwable failure) {
        switch (code) {
            case FAULT -> LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
            case UNAVAILABLE -> LOG.warn("{} {} was not possible now", request.getMethod(), request.getRequestURI(), failure);
            default -> LOG.debug("{} {} was refused: {}", request.getMethod(), request.getRequestURI(), code);
        }
    }

    private static Rejected rejected(Throwable failure) {
        return find(failure, Rejected.class).orElseGet(() -> switch (failure) {
            case HttpMessageNotReadableException unreadable -> Rejected.malformed(JsonMistakes.explain(unreadable));
            case HttpMediaTypeNotSupportedException wrong -> Rejected.because(ProblemCode.WRONG_MEDIA_TYPE, "Send " + list(wrong.getSupportedMediaTypes()) + ".");
            case HttpMediaTypeNotAcceptableException wrong -> Rejected.because(ProblemCode.NOT_ACCEPTABLE, "The answer is " + list(wrong.getSupportedMediaTypes()) + ".");
            case HttpRequestMethodNotSupportedException wrong -> Rejected.because(ProblemCode.METHOD_NOT_ALLOWED, "Here is no " + wrong.getMethod() + ".");
            case NoHandlerFoundException _ -> Rejected.unknown("There is nothing at this address.");
            case NoResourceFoundException _ -> Rejected.unknown("There is nothing at this address.");
            case MissingServletRequestParameterException missing -> Rejected.malformed("The parameter \"" + missing.getParameterName() + "\" is missing.");
            case MissingRequestHeaderException missing -> Rejected.malformed("The header " + missing.getHeaderName() + " is missing.");
            case InvalidParameterException _ -> Rejected.malformed("The address's parameters cannot be read.");
            case MethodArgumentTypeMismatchException wrong -> Rejected.malformed("The parameter \"" + wrong.getName() + "\" cannot be read.");
            default -> Rejected.because(ProblemCode.FAULT, "Something went wrong in the server; its log tells more under this trace ID.");
        });
    }

    private static String list(Iterable<MediaType> types) {
        var texts = new ArrayList<String>();
        types.forEach(type -> texts.add(type.toString()));
        return texts.isEmpty() ? "another media type" : texts.stream().collect(Collectors.joining(" or "));
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
