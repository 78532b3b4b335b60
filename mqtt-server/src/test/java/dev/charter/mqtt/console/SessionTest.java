package dev.charter.mqtt.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.mqtt.RunningServer;
import dev.charter.server.access.FailedLogins;
import dev.charter.server.access.LocalToken;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The first visit, logging in, and what ends a session.
class SessionTest {
    private final RunningServer server = RunningServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private static String json(Map<String, String> fields) {
        return RunningServer.JSON.writeValueAsString(fields);
    }

    @Test
    void the_first_visit_takes_the_printed_token_once_and_makes_the_administrator() {
        var browser = server.anonymous();
        assertThat(browser.get("/api/session").json().get("setupNeeded").asBoolean()).isTrue();
        assertThat(browser.post("/api/setup", json(Map.of("token", "AAAAAA-AAAAAA-AAAAAA-AAAAAA", "name", "admin", "password", RunningServer.PASSWORD))).status()).isEqualTo(401);

        var answer = browser.post("/api/setup", json(Map.of("token", server.setupToken(), "name", "admin", "password", RunningServer.PASSWORD)));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/user/role").asString()).isEqualTo("administrator");
        assertThat(browser.get("/api/session").json().get("setupNeeded").asBoolean()).isFalse();
        assertThat(server.anonymous().post("/api/setup", json(Map.of("token", server.setupToken(), "name", "other", "password", RunningServer.PASSWORD))).status()).isEqualTo(409);
    }

    @Test
    void a_fresh_install_has_no_user_no_password_and_tells_its_token_nowhere_but_on_standard_output() throws Exception {
        for (var name : List.of("admin", "root", "user", "charter", "administrator", "guest")) {
            for (var password : List.of("admin", "password", "changeit", "", "hivemq", "public")) {
                assertThat(server.anonymous().post("/api/session", json(Map.of("name", name, "password", password))).status()).as(name + "/" + password).isIn(401, 429);
            }
        }
        var token = server.setupToken();
        try (var files = Files.walk(server.data())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)).as(file.toString()).doesNotContain(token);
            }
        }
        assertThat(server.data().resolve(Users.FILE)).doesNotExist();
    }

    @Test
    void the_cookie_is_kept_from_scripts_and_from_other_sites_and_is_another_after_each_login() {
        server.as("administrator");
        var browser = server.anonymous();

        var first = browser.post("/api/session", json(Map.of("name", "administrator", "password", RunningServer.PASSWORD)));
        var before = browser.cookie().orElseThrow();
        var second = browser.post("/api/session", json(Map.of("name", "Administrator", "password", RunningServer.PASSWORD)));

        assertThat(first.header("Set-Cookie").orElseThrow()).contains("HttpOnly", "SameSite=Strict", "Path=/");
        assertThat(second.status()).isEqualTo(200);
        assertThat(browser.cookie().orElseThrow()).isNotEqualTo(before);
        assertThat(server.anonymous().withCookie(before).get("/api/system").status()).as("the session before ended").isEqualTo(401);
        assertThat(browser.get("/api/system").status()).isEqualTo(200);
    }

    @Test
    void logging_out_ends_the_session_and_forgets_the_cookie() {
        server.as("administrator");
        var browser = server.login("administrator");
        var token = browser.cookie().orElseThrow();

        assertThat(browser.delete("/api/session").status()).isEqualTo(204);

        assertThat(browser.cookie()).isEmpty();
        assertThat(server.anonymous().withCookie(token).get("/api/system").status()).isEqualTo(401);
    }

    @Test
    void a_users_sessions_end_when_the_user_is_changed_or_deleted() {
        var viewer = server.as("viewer");
        assertThat(viewer.get("/api/system").status()).isEqualTo(200);

        server.as("administrator").put("/api/users/viewer", "{\"role\":\"operator\"}");
        assertThat(viewer.get("/api/system").status()).isEqualTo(401);
        var again = server.login("viewer");
        assertThat(again.get("/api/session").json().at("/user/role").asString()).isEqualTo("operator");

        server.as("administrator").delete("/api/users/viewer");
        assertThat(again.get("/api/system").status()).isEqualTo(401);
    }

    @Test
    void a_new_password_ends_all_other_sessions_of_its_user() {
        var one = server.as("viewer");
        var other = server.login("viewer");

        assertThat(one.put("/api/session/password", json(Map.of("present", "not this one", "next", "quite another one"))).status()).isEqualTo(401);
        assertThat(one.put("/api/session/password", json(Map.of("present", RunningServer.PASSWORD, "next", "quite another one"))).status()).isEqualTo(200);

        assertThat(one.get("/api/system").status()).isEqualTo(200);
        assertThat(other.get("/api/system").status()).isEqualTo(401);
    }

    @Test
    void the_last_administrator_cannot_go() {
        var administrator = server.as("administrator");

        assertThat(administrator.delete("/api/users/administrator").status()).isEqualTo(409);
        assertThat(administrator.put("/api/users/administrator", "{\"role\":\"viewer\"}").status()).isEqualTo(409);
    }

    @Test
    void poor_passwords_and_names_are_refused_with_a_sentence() {
        var administrator = server.as("administrator");
        for (var wrong : List.of(Map.of("name", "a", "role", "viewer", "password", "short"), Map.of("name", "a", "role", "viewer", "password", "aaaaaaaaaaaa"),
                Map.of("name", "<script>", "role", "viewer", "password", RunningServer.PASSWORD), Map.of("name", "a", "role", "king", "password", RunningServer.PASSWORD))) {
            var answer = administrator.post("/api/users", json(wrong));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
            assertThat(answer.json().get("detail").asString()).doesNotContain(wrong.get("password")).endsWith(".");
        }
    }

    @Test
    void guessing_is_slowed_down_and_says_for_how_long() {
        server.as("administrator");
        var browser = server.anonymous();
        for (int i = 0; i < FailedLogins.OF_ADDRESS; i++) {
            assertThat(browser.post("/api/session", json(Map.of("name", "administrator", "password", "guess number " + i))).status()).isEqualTo(401);
        }

        var refused = browser.post("/api/session", json(Map.of("name", "administrator", "password", RunningServer.PASSWORD)));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(Long.parseLong(refused.header("Retry-After").orElseThrow())).isBetween(1L, 60L);
    }

    @Test
    void what_was_done_and_tried_is_in_the_audit_log_without_any_password() {
        server.as("viewer");
        server.anonymous().post("/api/session", json(Map.of("name", "viewer", "password", "a wrong password")));
        server.as("viewer").delete("/api/clients/bm90aGluZw");

        var log = server.as("administrator").get("/api/audit?limit=200");

        assertThat(log.text()).contains("POST /api/setup", "POST /api/users", "viewer, viewer", "POST /api/session", "DELETE /api/clients/{id}", "\"status\":403", "\"status\":401")
                .doesNotContain("a wrong password", RunningServer.PASSWORD);
        var csv = server.as("administrator").get("/api/audit/download");
        assertThat(csv.header("Content-Type").orElseThrow()).startsWith("text/csv");
        assertThat(csv.text().lines().count()).isGreaterThan(4);
    }

    @Test
    void programs_of_this_machine_get_in_by_a_file_of_the_data_folder_that_only_its_owner_can_read() throws Exception {
        var file = server.data().resolve(LocalToken.FILE);

        var answer = server.anonymous().send("GET", "/api/system", null, Map.of("Authorization", "Bearer " + Files.readString(file).strip()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(server.anonymous().send("GET", "/api/system", null, Map.of("Authorization", "Bearer x")).status()).isEqualTo(401);
    }
}
