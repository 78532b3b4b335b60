package dev.charter.floating.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.floating.RunningConsole;
import dev.charter.floating.testing.TestPool;
import dev.charter.floating.testing.TestVendor;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConsoleAccessTest {
    private final RunningConsole server = RunningConsole.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private static String json(Map<String, String> fields) {
        return RunningConsole.JSON.writeValueAsString(fields);
    }

    @Test
    void the_first_visit_takes_the_printed_token_once_and_makes_the_administrator() throws Exception {
        var browser = server.anonymous();
        assertThat(browser.get("/api/session").json().get("setupNeeded").asBoolean()).isTrue();
        assertThat(browser.post("/api/setup", json(Map.of("token", "AAAAAA-AAAAAA-AAAAAA-AAAAAA", "name", "admin", "password", RunningConsole.PASSWORD))).status()).isEqualTo(401);

        var answer = browser.post("/api/setup", json(Map.of("token", server.setupToken(), "name", "admin", "password", RunningConsole.PASSWORD)));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/user/role").asString()).isEqualTo("administrator");
        assertThat(server.anonymous().post("/api/setup", json(Map.of("token", server.setupToken(), "name", "other", "password", RunningConsole.PASSWORD))).status()).isEqualTo(409);
        try (var files = Files.walk(server.data())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)).as(file.toString()).doesNotContain(server.setupToken(), RunningConsole.PASSWORD);
            }
        }
    }

    @Test
    void a_page_of_another_site_and_a_name_that_is_not_the_servers_get_nothing_of_the_console_and_products_need_neither() {
        var administrator = server.as("administrator");
        assertThat(administrator.sendExactly("POST", "/api/users", "{}".getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/json")).status()).isEqualTo(403);
        assertThat(administrator.send("GET", "/api/overview", null, Map.of("Sec-Fetch-Site", "cross-site")).status()).isEqualTo(403);
        assertThat(administrator.send("POST", "/api/users", "{}".getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/json", "Origin", "https://elsewhere.example")).status()).isEqualTo(403);

        server.licensed(TestPool.of(1));
        assertThat(server.acquire(TestVendor.signer(), "plant-a").status()).isEqualTo(200);
        assertThat(server.anonymous().get("/api/session").header("Content-Security-Policy")).isPresent();
    }

    @Test
    void what_was_done_and_tried_is_in_the_audit_without_any_password_and_what_products_do_is_in_their_pools() {
        server.licensed(TestPool.of(1));
        server.as("viewer").post("/api/users", json(Map.of("name", "eve", "role", "administrator", "password", RunningConsole.PASSWORD)));
        server.acquire(TestVendor.signer(), "plant-a");

        var log = server.as("administrator").get("/api/audit?limit=200");
        assertThat(log.text()).contains("POST /api/setup", "viewer, viewer", "\"status\":403", "POST /api/products/{product}/usage-licenses").doesNotContain(RunningConsole.PASSWORD, "/v1/");
        var first = server.as("administrator").get("/api/audit?limit=1").json();
        var second = server.as("administrator").get("/api/audit?limit=1&after=" + first.get("next").asString()).json();
        assertThat(second.at("/items/0/number").asLong()).isEqualTo(first.at("/items/0/number").asLong() - 1);

        var ofPool = server.as("administrator").get("/api/audit?pool=lic-1");
        assertThat(ofPool.text()).contains("\"installed\"", "\"acquired\"", "features mqtt");
        assertThat(ofPool.json().at("/items").valueStream().filter(entry -> entry.get("action").asString().equals("installed")).map(entry -> entry.get("who").asString())).containsExactly("(server)");
        assertThat(ofPool.json().has("next")).isFalse();
    }

    @Test
    void one_browser_is_logged_in_at_two_servers_of_one_machine() throws Exception {
        try (var other = RunningConsole.start(); var browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            for (var each : List.of(server, other)) {
                each.as("administrator");
                var login = json(Map.of("name", "administrator", "password", RunningConsole.PASSWORD));
                assertThat(browser.send(HttpRequest.newBuilder(URI.create(each.url() + "/api/session")).header("X-Charter-Page", "1").header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(login)).build(), HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
            }
            for (var each : List.of(server, other)) {
                assertThat(browser.send(HttpRequest.newBuilder(URI.create(each.url() + "/api/overview")).build(), HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void the_last_administrator_cannot_go() {
        var administrator = server.as("administrator");
        assertThat(administrator.send("DELETE", "/api/users/administrator", null, Map.of()).status()).isEqualTo(409);
        assertThat(administrator.put("/api/users/Administrator", "{\"role\":\"viewer\"}").status()).isEqualTo(409);
    }
}
