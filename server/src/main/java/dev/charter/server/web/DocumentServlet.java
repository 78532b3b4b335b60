package dev.charter.server.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.catalina.connector.ClientAbortException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerMapping;

/// Where hosts post signed documents and get signed documents back. Programs call it, thousands of them at once: nothing is negotiated, bound or converted on the way, which for Spring MVC is
/// as much work as verifying a signature, and several times that in a server that has just started (docs/adr/0024).
///
/// Who calls is not asked: a document's signature says it.
public final class DocumentServlet extends HttpServlet {
    /// RFC 7515, section 9.2.1.
    public static final String DOCUMENT = "application/jose+json";
    private static final long serialVersionUID = 1;
    private static final MediaType TYPE = MediaType.parseMediaType(DOCUMENT);

    /// Answers one document.
    @FunctionalInterface
    public interface Answering {
        /// @throws Rejected where there is no document to answer it with
        Answer answer(byte[] document, RemoteAddress from);
    }

    /// @param document the signed answer
    /// @param askAgain after how long to ask again, where that is said
    public record Answer(int status, byte[] document, Optional<Duration> askAgain) {}

    private final transient Map<String, Answering> routes;

    private DocumentServlet(Map<String, Answering> routes) {
        this.routes = Map.copyOf(routes);
    }

    /// @param routes what answers the documents that are posted to these paths
    public static ServletRegistrationBean<DocumentServlet> at(Map<String, Answering> routes) {
        var registration = new ServletRegistrationBean<>(new DocumentServlet(routes), routes.keySet().toArray(String[]::new));
        registration.setLoadOnStartup(1);
        return registration;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        var path = request.getServletPath();
        request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, path); // so that it is measured by its route
        switch (request.getMethod()) {
            case "POST" -> post(request, response, Objects.requireNonNull(routes.get(path)));
            case "OPTIONS" -> response.setHeader(HttpHeaders.ALLOW, "POST, OPTIONS");
            case String other -> throw new HttpRequestMethodNotSupportedException(other, List.of("POST"));
        }
    }

    private static void post(HttpServletRequest request, HttpServletResponse response, Answering answering) throws IOException {
        if (!isDocument(request.getContentType())) {
            throw Rejected.because(HttpProblem.WRONG_MEDIA_TYPE, "Send " + DOCUMENT + ".");
        }
        var answer = answering.answer(body(request), RemoteAddress.of(request));
        response.setStatus(answer.status());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        answer.askAgain().ifPresent(later -> response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(later.toSeconds())));
        response.setContentType(DOCUMENT);
        response.setContentLength(answer.document().length);
        response.getOutputStream().write(answer.document());
    }

    private static boolean isDocument(@Nullable String type) {
        try {
            return DOCUMENT.equals(type) || type != null && TYPE.equalsTypeAndSubtype(MediaType.parseMediaType(type));
        } catch (InvalidMediaTypeException unreadable) {
            return false;
        }
    }

    private static byte[] body(HttpServletRequest request) throws IOException {
        try {
            int announced = request.getContentLength(); // bounded by EachRequest; what is not announced is, while it is read
            return announced < 0 ? request.getInputStream().readAllBytes() : request.getInputStream().readNBytes(announced);
        } catch (ClientAbortException gone) {
            throw gone;
        } catch (IOException unreadable) {
            throw Rejected.malformed("The request's body cannot be read.");
        }
    }
}
