package dev.charter.cli.authority;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// One authority's admin API, below `/admin/v1`. What it answers otherwise than asked becomes a [CommandFailed] with the ending that fits.
public final class AdminApi implements AutoCloseable {
    /// A page of 200 licenses is far smaller.
    private static final int MOST_BYTES = 16 << 20;

    private final URI authority;
    private final String token;
    private final Console console;
    private final HttpClient client = HttpClient.newBuilder().version(Version.HTTP_1_1).followRedirects(Redirect.NEVER).connectTimeout(Duration.ofSeconds(10)).build();

    public AdminApi(URI authority, String token, Console console) {
        this.authority = URI.create(authority.toString().replaceFirst("/+$", "") + "/admin/v1/");
        this.token = token;
        this.console = console;
    }

    /// An answer: the object, or the problem that came instead.
    private sealed interface Answer {
        record Given(ObjectNode object) implements Answer {}

        record Problem(int status, String code, String detail) implements Answer {}
    }

    public ObjectNode get(String path) {
        return demanded(send("GET", path, BodyPublishers.noBody(), Optional.empty()));
    }

    /// The object there; none where there is no such thing.
    public Optional<ObjectNode> find(String path) {
        return switch (send("GET", path, BodyPublishers.noBody(), Optional.empty())) {
            case Answer.Given(var object) -> Optional.of(object);
            case Answer.Problem(var status, var code, var detail) when status == 404 -> Optional.empty();
            case Answer.Problem problem -> throw failed(problem);
        };
    }

    public ObjectNode post(String path, ObjectNode body) {
        return demanded(send("POST", path, BodyPublishers.ofString(body.toString()), Optional.empty()));
    }

    public ObjectNode put(String path, ObjectNode body) {
        return demanded(send("PUT", path, BodyPublishers.ofString(body.toString()), Optional.empty()));
    }

    /// A JSON merge patch (RFC 7396) of the thing as it was in that revision.
    public ObjectNode patch(String path, ObjectNode changes, long revision) {
        return demanded(send("PATCH", path, BodyPublishers.ofString(changes.toString()), Optional.of(revision)));
    }

    /// One part of a path or a query, made safe.
    public static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private ObjectNode demanded(Answer answer) {
        return switch (answer) {
            case Answer.Given(var object) -> object;
            case Answer.Problem problem -> throw failed(problem);
        };
    }

    private Answer send(String method, String path, BodyPublisher body, Optional<Long> revision) {
        var request = HttpRequest.newBuilder(authority.resolve(path)).timeout(Duration.ofSeconds(30)).method(method, body)
                .header("Authorization", "Bearer " + token).header("Accept", "application/json, application/problem+json");
        if (!method.equals("GET")) {
            request.header("Content-Type", method.equals("PATCH") ? "application/merge-patch+json" : "application/json");
        }
        revision.ifPresent(number -> request.header("If-Match", "\"" + number + "\""));
        try {
            var response = client.send(request.build(), BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                var type = response.headers().firstValue("Content-Type").map(t -> t.split(";", 2)[0].strip().toLowerCase(Locale.ROOT)).orElse("");
                return read(response.statusCode(), type, in.readNBytes(MOST_BYTES));
            }
        } catch (IOException noAnswer) {
            throw unreachable("No authority answers at " + shown() + ".");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw unreachable("Asking " + shown() + " was interrupted.");
        } catch (IllegalArgumentException unsendable) {
            // Such as a token with a line break in it; the message would show it.
            throw CommandFailed.with(Ending.USAGE, "The token cannot be sent: it holds a character that no token has.");
        }
    }

    private Answer read(int status, String type, byte[] body) {
        var json = Json.read(body);
        if (status >= 200 && status < 300 && type.equals("application/json") && json.isPresent()) {
            return new Answer.Given(json.get());
        }
        // A problem (RFC 9457) with a code is the authority's word; anything else is some other program's.
        if (type.equals("application/problem+json") && json.isPresent() && json.get().has("code")) {
            var problem = json.get();
            return new Answer.Problem(status, problem.path("code").asString(""), problem.path("detail").asString(problem.path("title").asString("")));
        }
        throw unreachable("What answers at " + shown() + " is no Charter authority (" + status + ").");
    }

    private CommandFailed failed(Answer.Problem problem) {
        var ending = switch (problem.status()) {
            case 401, 403 -> Ending.NOT_PERMITTED;
            case 404 -> Ending.NOT_FOUND;
            case 408, 429, 500, 502, 503, 504 -> Ending.UNREACHABLE;
            default -> Ending.REFUSED;
        };
        var next = switch (ending) {
            case NOT_PERMITTED -> new String[] {"Use another token: --token-file FILE, or CHARTER_TOKEN."};
            case UNREACHABLE -> new String[] {"Run the same command again in a moment."};
            default -> new String[0];
        };
        return CommandFailed.named(ending, problem.code(), problem.detail(), next);
    }

    private CommandFailed unreachable(String message) {
        return CommandFailed.with(Ending.UNREACHABLE, message, "Check the address, or start the demo: " + console.command("up"));
    }

    private String shown() {
        return authority.resolve("/").toString().replaceFirst("/$", "");
    }

    @Override
    public void close() {
        client.close();
    }
}
