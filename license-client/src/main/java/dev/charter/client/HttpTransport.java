package dev.charter.client;

import dev.charter.format.DocumentKind;
import dev.charter.format.SignedDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// HTTP to the authority or to a floating server. Follows no redirects, reads no more than the route's answers may have, and waits no longer than it was told, also for a body that drips.
final class HttpTransport implements ServerLink {
    /// RFC 7515, section 9.2.1.
    private static final String DOCUMENT = "application/jose+json";
    private static final String JSON = "application/json";
    /// RFC 9457, section 3.
    private static final String PROBLEM = "application/problem+json";
    private static final String CATALOG = "v1/catalog?";
    /// 200 items with the longest descriptions, and some more.
    private static final int MOST_OF_A_CATALOG = 2 * 1024 * 1024;

    private final String what;
    private final URI authority;
    private final Optional<ProxySelector> proxy;
    private final Optional<Credentials> credentials;
    private final Duration connectTimeout;
    private final Duration answerTimeout;
    private final Optional<SSLContext> tls;
    private Optional<HttpClient> client = Optional.empty();

    /// What a proxy asks for. Prints without the password.
    record Credentials(String user, char[] password) {
        @Override
        public String toString() {
            return user + ":***";
        }
    }

    /// @param what answers there, in words: `authority` or `floating server`
    HttpTransport(String what, URI authority, Optional<ProxySelector> proxy, Optional<Credentials> credentials, Duration connectTimeout, Duration answerTimeout) {
        this(what, authority, proxy, credentials, connectTimeout, answerTimeout, Optional.empty());
    }

    /// @param tls by which certificates are trusted; none: as this machine does
    HttpTransport(String what, URI authority, Optional<ProxySelector> proxy, Optional<Credentials> credentials, Duration connectTimeout, Duration answerTimeout, Optional<SSLContext> tls) {
        this.what = what;
        this.authority = URI.create(authority.toString().replaceFirst("/+$", "") + "/");
        this.proxy = proxy;
        this.credentials = credentials;
        this.connectTimeout = connectTimeout;
        this.answerTimeout = answerTimeout;
        this.tls = tls;
    }

    @Override
    public Reply post(DocumentKind kind, byte[] document) {
        var request = HttpRequest.newBuilder(authority.resolve(path(kind))).header("Content-Type", DOCUMENT).header("Accept", DOCUMENT)
                .timeout(answerTimeout).POST(HttpRequest.BodyPublishers.ofByteArray(document)).build();
        return exchange(request, DOCUMENT, SignedDocument.MOST_BYTES);
    }

    @Override
    public boolean sells() {
        return true;
    }

    @Override
    public Reply ask(String path, Optional<byte[]> json) {
        var request = HttpRequest.newBuilder(authority.resolve(path)).header("Accept", JSON + ", " + PROBLEM).timeout(answerTimeout);
        json.ifPresent(body -> request.header("Content-Type", JSON).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
        return exchange(request.build(), PROBLEM, path.startsWith(CATALOG) ? MOST_OF_A_CATALOG : SignedDocument.MOST_BYTES);
    }

    @Override
    public Reply pools() {
        return get("v1/pools", JSON);
    }

    @Override
    public Reply pool(String license) {
        return get("v1/pools/" + URLEncoder.encode(license, StandardCharsets.UTF_8).replace("+", "%20"), DOCUMENT);
    }

    private Reply get(String path, String type) {
        return exchange(HttpRequest.newBuilder(authority.resolve(path)).header("Accept", type).timeout(answerTimeout).GET().build(), type, SignedDocument.MOST_BYTES);
    }

    /// @param wanted the type of the answer: a document or a problem with any status, JSON with 200; in place of a problem, JSON
    /// @param mostBytes that are read of it
    private Reply exchange(HttpRequest request, String wanted, int mostBytes) {
        var answer = client().sendAsync(request, response -> new Bounded(mostBytes));
        try {
            return reply(answer.get(answerTimeout.toNanos(), TimeUnit.NANOSECONDS), wanted, mostBytes);
        } catch (TimeoutException slow) {
            answer.cancel(true);
            return unreachable("No whole answer came from " + authority + " within " + answerTimeout.toMillis() / 1000.0 + " seconds.");
        } catch (ExecutionException failed) {
            return unreachable(reason(Objects.requireNonNullElse(failed.getCause(), failed)));
        } catch (InterruptedException stopped) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return unreachable("Asking " + authority + " was interrupted.");
        }
    }

    private static String path(DocumentKind kind) {
        return switch (kind) {
            case USAGE_REQUEST -> "v1/usage-requests";
            case RELEASE -> "v1/releases";
            default -> throw new IllegalArgumentException("a " + kind.documentName() + " is not posted to an authority");
        };
    }

    /// Made at the first use: a product whose license comes by letter never pays for it.
    private synchronized HttpClient client() {
        if (client.isEmpty()) {
            var builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER).connectTimeout(connectTimeout)
                    .proxy(proxy.orElse(HttpClient.Builder.NO_PROXY));
            tls.ifPresent(builder::sslContext);
            credentials.ifPresent(c -> builder.authenticator(new Authenticator() {
                @Override
                protected @Nullable PasswordAuthentication getPasswordAuthentication() {
                    // Only the proxy is told; a server that asks gets nothing.
                    return getRequestorType() == RequestorType.PROXY ? new PasswordAuthentication(c.user(), c.password()) : null;
                }
            }));
            client = Optional.of(builder.build());
        }
        return client.get();
    }

    private Reply reply(HttpResponse<Optional<byte[]>> response, String wanted, int mostBytes) {
        var type = response.headers().firstValue("Content-Type").map(t -> t.split(";", 2)[0].strip().toLowerCase(java.util.Locale.ROOT)).orElse("");
        if (response.body().isEmpty()) {
            return new Reply.Unreachable("What answered at " + authority + " sent more than " + mostBytes / 1024 + " KiB, which no " + what + " does here.", retryAfter(response));
        }
        boolean ok = response.statusCode() == 200;
        if (type.equals(wanted) && (!wanted.equals(JSON) || ok) || wanted.equals(PROBLEM) && type.equals(JSON) && ok) {
            return new Reply.Answered(response.body().get(), retryAfter(response), Optional.of(authority));
        }
        return new Reply.Unreachable(explain(response.statusCode(), type, wanted), retryAfter(response));
    }

    private String explain(int status, String type, String wanted) {
        if (status == 407) {
            return "The HTTP proxy asks for a user and a password, or does not accept those given (407).";
        }
        if (status == 429 || status == 503) {
            return "The " + what + " at " + authority + " is busy or being looked after (" + status + ").";
        }
        if (status >= 300 && status < 400) {
            return "What answered at " + authority + " points elsewhere (" + status + "), and licenses are not fetched from elsewhere. Check the address.";
        }
        return "What answered at " + authority + " sent " + (type.isEmpty() ? "something" : type) + " in place of " + (wanted.equals(DOCUMENT) ? "a signed document" : "what was asked for") + " (" + status
                + "). A proxy or a login page may stand in between, or the address is wrong.";
    }

    /// Seconds, or a date (RFC 9110, section 10.2.3), which counts from the date of the answer: whether the clocks agree does not matter.
    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        var value = response.headers().firstValue("Retry-After").map(String::strip).orElse("");
        if (value.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        var sent = response.headers().firstValue("Date").flatMap(HttpTransport::date);
        return date(value).flatMap(until -> sent.map(from -> Duration.between(from, until))).filter(wait -> !wait.isNegative());
    }

    private static Optional<Instant> date(String value) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value)));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    private String reason(Throwable cause) {
        if (cause instanceof HttpTimeoutException) {
            return "No answer came from " + authority + " in time.";
        }
        if (cause instanceof javax.net.ssl.SSLException) {
            return "No secure connection to " + authority + ": " + cause.getMessage();
        }
        if (cause instanceof IOException) {
            var detail = cause.getMessage();
            return "No connection to " + authority + (detail == null ? " (" + cause.getClass().getSimpleName() + ")." : ": " + detail);
        }
        return "Asking " + authority + " failed: " + cause;
    }

    private static Reply unreachable(String reason) {
        return new Reply.Unreachable(reason, Optional.empty());
    }

    @Override
    public synchronized void close() {
        // From Java 21 on it can be closed; before, it ends with its last reference.
        if (client.isPresent() && (Object) client.get() instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception fault) {
                System.getLogger(LicenseClient.class.getName()).log(System.Logger.Level.WARNING, "The HTTP client cannot be closed", fault);
            }
        }
    }

    /// Collects a body of at most so many bytes; a longer one is dropped, and the connection with it.
    private static final class Bounded implements HttpResponse.BodySubscriber<Optional<byte[]>> {
        private final CompletableFuture<Optional<byte[]>> body = new CompletableFuture<>();
        private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
        private final int mostBytes;
        private Flow.@Nullable Subscription subscription;

        Bounded(int mostBytes) {
            this.mostBytes = mostBytes;
        }

        @Override
        public CompletionStage<Optional<byte[]>> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> parts) {
            for (var part : parts) {
                if (collected.size() + part.remaining() > mostBytes) {
                    if (subscription != null) {
                        subscription.cancel();
                    }
                    body.complete(Optional.empty());
                    return;
                }
                var bytes = new byte[part.remaining()];
                part.get(bytes);
                collected.writeBytes(bytes);
            }
        }

        @Override
        public void onError(Throwable fault) {
            body.completeExceptionally(fault);
        }

        @Override
        public void onComplete() {
            body.complete(Optional.of(collected.toByteArray()));
        }
    }
}
