package dev.charter.server.web;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.http.MimeHeaders;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.json.JsonMapper;

/// Answers in place of Tomcat's own error pages, where a request is refused before the application sees it, or a
/// fault passes all that the application does about it. Tomcat makes it by its name, so it is public and takes no arguments.
public final class ProblemValve extends ErrorReportValve {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemValve.class);
    static final int MOST_HEADERS = 100;
    /// Tomcat tells these from other broken headers by their messages only.
    private static final Set<String> HEADER_TOO_LARGE = Set.of(StringManager.getManager(Http11Processor.class).getString("iib.requestheadertoolarge.error"),
            StringManager.getManager(MimeHeaders.class).getString("headers.maxCountFail", MOST_HEADERS));

    private final JsonMapper json = StrictJson.mapper();

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        var code = failure != null && failure.getMessage() != null && HEADER_TOO_LARGE.contains(failure.getMessage()) ? HttpProblem.HEADER_TOO_LARGE : code(response.getStatus());
        var traceId = TraceId.of(Optional.empty()).text();
        if (code == HttpProblem.FAULT) {
            LOG.error("a request failed outside of the application, {} {}", TraceId.NAME, traceId, failure);
        }
        try {
            response.setStatus(code.status());
            response.setContentType(Problem.MEDIA_TYPE);
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            response.setHeader(HttpHeaders.CONNECTION, "close"); // who knows where the next request would begin
            response.getOutputStream().write(json.writeValueAsBytes(Problem.of(code, code.title(), traceId)));
            response.finishResponse();
        } catch (IOException gone) {
            LOG.debug("nobody waited for the answer", gone);
        }
    }

    /// The problem of that status.
    private static HttpProblem code(int status) {
        return Arrays.stream(HttpProblem.values()).filter(each -> each.status() == status).findFirst().orElse(status < 500 ? HttpProblem.MALFORMED : HttpProblem.FAULT);
    }
}
