package dev.charter.server.testing;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A browser with a cookie of its own, which sends what a console's own pages send.
public final class Browser {
    private final URI console;
    private final String cookieName;
    private Optional<String> cookie = Optional.empty();

    /// @param cookieName of the console's session
    public Browser(URI console, String cookieName) {
        this.console = console;
        this.cookieName = cookieName;
    }

    public Answer get(String path) {
        return send("GET", path, null, Map.of());
    }

    public Answer delete(String path) {
        return send("DELETE", path, null, Map.of());
    }

    public Answer post(String path, String json) {
        return send("POST", path, json.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/json"));
    }

    public Answer put(String path, String json) {
        return send("PUT", path, json.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/json"));
    }

    public Optional<String> cookie() {
        return cookie;
    }

    public Browser withCookie(String text) {
        cookie = Optional.of(text);
        return this;
    }

    public Answer send(String method, String path, byte @Nullable [] body, Map<String, String> headers) {
        var all = new LinkedHashMap<>(headers);
        all.putIfAbsent("X-Charter-Page", "1");
        return sendExactly(method, path, body, all);
    }

    /// Without the header that the console's own pages send.
    public Answer sendExactly(String method, String path, byte @Nullable [] body, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(URI.create(console + path)).method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
        cookie.ifPresent(text -> request.header("Cookie", cookieName + "=" + text));
        headers.forEach(request::header);
        var answer = Answer.to(request.build());
        answer.header("Set-Cookie").filter(text -> text.startsWith(cookieName + "=")).ifPresent(text -> {
            var value = text.substring(cookieName.length() + 1, text.indexOf(';'));
            cookie = value.isEmpty() ? Optional.empty() : Optional.of(value);
            Secrets.remember(value);
        });
        return answer;
    }
}
