package dev.charter.mqtt.doctor;

import dev.charter.mqtt.settings.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Asks the vendor's authority for its health, on the way that licenses take too.
@Component
final class AskAuthority {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(6);

    sealed interface Answer {
        /// None is set up.
        record NotAsked() implements Answer {}

        /// @param says the authority's clock, as it stands in the answer's head
        record Answered(URI url, int status, Optional<Instant> says, Instant at) implements Answer {}

        record Silent(URI url, String why) implements Answer {}
    }

    private final Settings.License settings;

    AskAuthority(Settings settings) {
        this.settings = settings.license();
    }

    Answer ask(Instant now) {
        return settings.authority().map(url -> ask(url, now)).orElseGet(Answer.NotAsked::new);
    }

    private Answer ask(URI url, Instant now) {
        var builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER).connectTimeout(CONNECT);
        settings.proxy().ifPresent(proxy -> builder.proxy(ProxySelector.of(new InetSocketAddress(proxy.getHostString(), proxy.getPort()))));
        try (var client = builder.build()) {
            var asked = HttpRequest.newBuilder(URI.create(url.toString().replaceFirst("/+$", "") + "/health")).timeout(ANSWER).build();
            var answer = client.send(asked, BodyHandlers.discarding());
            return new Answer.Answered(url, answer.statusCode(), answer.headers().firstValue("Date").flatMap(AskAuthority::date), now);
        } catch (IOException silence) {
            return new Answer.Silent(url, Optional.ofNullable(silence.getMessage()).orElseGet(() -> silence.getClass().getSimpleName()));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Answer.Silent(url, "the question was interrupted");
        }
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }

    /// Whether the proxy takes a connection; empty where none is set up.
    Optional<Check> proxy() {
        return settings.proxy().map(proxy -> {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(proxy.getHostString(), proxy.getPort()), Math.toIntExact(CONNECT.toMillis()));
                return Check.good("proxy", "Proxy", "The proxy " + proxy.getHostString() + ":" + proxy.getPort() + " takes connections.");
            } catch (IOException closed) {
                return Check.bad("proxy", "Proxy", "The proxy " + proxy.getHostString() + ":" + proxy.getPort() + " does not take connections: " + closed.getMessage() + ".",
                        "Check CHARTER_MQTT_PROXY, and ask whoever runs the proxy.");
            }
        });
    }
}
