package dev.charter.mqtt.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.mqtt.BrokerInMemory;
import dev.charter.mqtt.RunningServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// What a page of another site, or a name that was made to point here, gets.
class OwnPagesTest {
    private static final RunningServer SERVER = RunningServer.start(RunningServer.folder(), Map.of("CONSOLE_HOSTS", "console.plant.example"), BrokerInMemory.class);

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    /// Java's own client does not let a Host header through.
    private static String raw(String host, String request, String more) throws IOException {
        try (var socket = new Socket(SERVER.url().getHost(), SERVER.url().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write((request + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n" + more + "\r\n").getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void a_name_that_is_not_the_consoles_is_not_answered_even_where_it_points_here() throws IOException {
        assertThat(raw("evil.example:" + SERVER.url().getPort(), "GET /api/session", "")).startsWith("HTTP/1.1 403").contains("FOREIGN_PAGE");
        assertThat(raw("evil.example", "GET /", "")).startsWith("HTTP/1.1 403");
        assertThat(raw("127.0.0.1.evil.example", "GET /health", "")).startsWith("HTTP/1.1 403");
    }

    @Test
    void addresses_localhost_and_the_names_of_the_settings_are_answered() throws IOException {
        for (var host : new String[] {"127.0.0.1:" + SERVER.url().getPort(), "localhost:1234", "[::1]:99", "console.plant.example", "Console.Plant.Example:443"}) {
            assertThat(raw(host, "GET /api/session", "")).as(host).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void behind_a_proxy_that_speaks_tls_the_cookie_is_for_tls_only() throws IOException {
        SERVER.as("viewer");
        var login = "{\"name\":\"viewer\",\"password\":\"" + RunningServer.PASSWORD + "\"}";
        try (var socket = new Socket(SERVER.url().getHost(), SERVER.url().getPort())) {
            socket.getOutputStream().write(("POST /api/session HTTP/1.1\r\nHost: console.plant.example\r\nOrigin: https://console.plant.example\r\nX-Charter-Page: 1\r\nContent-Type: application/json\r\n"
                    + "Connection: close\r\nContent-Length: " + login.length() + "\r\n\r\n" + login).getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 200").contains("; Secure");
        }
    }

    @Test
    void a_change_that_another_sites_page_sends_is_refused_before_anything_is_done() throws IOException {
        var viewer = SERVER.as("viewer");
        var json = Map.of("Content-Type", "application/json");

        assertThat(viewer.sendExactly("DELETE", "/api/session", null, Map.of()).status()).as("without the header that only our pages can send").isEqualTo(403);
        assertThat(viewer.send("DELETE", "/api/session", null, Map.of("Origin", "https://evil.example")).status()).isEqualTo(403);
        assertThat(viewer.send("DELETE", "/api/session", null, Map.of("Origin", "null")).status()).isEqualTo(403);
        assertThat(viewer.send("PUT", "/api/session/password", "{}".getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "text/plain")).status()).isEqualTo(415);
        assertThat(viewer.send("POST", "/api/session", "{}".getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/json", "Sec-Fetch-Site", "cross-site")).status()).isEqualTo(403);
        assertThat(raw(SERVER.url().getAuthority(), "GET /api/system", "Sec-Fetch-Site: cross-site\r\nCookie: " + SERVER.cookieName() + "=" + viewer.cookie().orElseThrow() + "\r\n")).startsWith("HTTP/1.1 403");
        assertThat(viewer.get("/api/system").status()).as("the session is still there").isEqualTo(200);
        assertThat(json).hasSize(1);
    }

    @Test
    void no_other_site_is_ever_allowed_by_cors() {
        var answer = SERVER.anonymous().send("OPTIONS", "/api/system", null, Map.of("Origin", "https://evil.example", "Access-Control-Request-Method", "GET"));

        assertThat(answer.headers().keySet()).noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control"));
    }

    @Test
    void every_answer_says_that_it_is_not_to_be_framed_guessed_or_kept() {
        for (var path : new String[] {"/health", "/api/session", "/api/nothing", "/"}) {
            var answer = SERVER.anonymous().get(path);
            assertThat(answer.header("Content-Security-Policy").orElse("")).as(path).contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'").doesNotContain("unsafe");
            assertThat(answer.header("Content-Security-Policy").orElse("")).as("the built-in MQTT client reaches this machine and no other").contains("connect-src 'self' ws://127.0.0.1:* wss://127.0.0.1:*");
            assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.header("Referrer-Policy")).contains("no-referrer");
            assertThat(answer.header("Server")).isEmpty();
        }
        assertThat(SERVER.anonymous().get("/api/session").header("Cache-Control")).contains("no-store");
    }

    @Test
    void bodies_are_bounded_json_is_strict_and_nothing_is_told_of_what_is_inside() {
        var browser = SERVER.anonymous();

        assertThat(browser.post("/api/session", "{\"name\":\"" + "x".repeat(70_000) + "\",\"password\":\"\"}").status()).isEqualTo(413);
        assertThat(browser.post("/api/session", "{\"name\":\"a\",\"name\":\"b\",\"password\":\"\"}").json().get("detail").asString()).contains("twice");
        assertThat(browser.post("/api/session", "{\"name\":\"a\",\"password\":\"\",\"more\":1}").json().get("detail").asString()).contains("no field \"more\"");
        assertThat(browser.post("/api/session", "{\"name\":\"a\"}").json().get("detail").asString()).contains("\"password\" is missing");
        assertThat(browser.post("/api/session", "[[[[[[[[[[[[1]]]]]]]]]]]]").status()).isEqualTo(400);
        assertThat(browser.post("/api/session", "x").text()).doesNotContain("jackson", "Exception", "dev.charter");
    }
}
