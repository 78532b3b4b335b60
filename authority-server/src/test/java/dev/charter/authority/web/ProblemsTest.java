package dev.charter.authority.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.RunningAuthority;
import dev.charter.server.testing.Answer;
import dev.charter.server.web.Problem;
import dev.charter.store.Engine;
import dev.charter.store.StoreUrl;
import dev.charter.store.testing.MortalPostgres;
import dev.charter.unthinking.Failing;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ProblemsTest {

    @Test
    void everything_that_goes_wrong_is_a_problem_with_code_and_trace_id() {
        var authority = RunningAuthority.on(Engine.SQLITE);

        assertProblem(authority.anonymous().get("/admin/v1/products"), 401, "UNAUTHENTICATED", false);
        assertProblem(authority.anonymous().get("/nothing"), 404, "UNKNOWN", false);
        assertProblem(authority.anonymous().delete("/health"), 405, "METHOD_NOT_ALLOWED", false);
        assertProblem(authority.admin().get("/admin/v1/products/none"), 404, "UNKNOWN", false);
        assertProblem(authority.admin().post("/admin/v1/products", "{"), 400, "MALFORMED", false);
        assertProblem(authority.anonymous().send("GET", "/health", null, Map.of("Accept", "image/png")), 406, "NOT_ACCEPTABLE", false);
        assertProblem(authority.anonymous().get("/health;jsessionid=1"), 400, "MALFORMED", false);
        assertProblem(authority.anonymous().get("/admin/..%2fhealth"), 400, "MALFORMED", false);
    }

    @Test
    void what_a_problem_says_goes_by_its_rfcs() {
        var authority = RunningAuthority.on(Engine.SQLITE);

        assertThat(authority.anonymous().get("/admin/v1/products").header("WWW-Authenticate")).contains("Bearer realm=\"charter\"");
        assertThat(authority.as(authority.tokenWith(List.of("audit:read"))).get("/admin/v1/products").header("WWW-Authenticate").orElseThrow()).contains("insufficient_scope");
        assertThat(authority.anonymous().delete("/health").header("Allow")).contains("GET");
    }

    @Test
    void a_trace_that_came_along_goes_on() {
        var trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        var anonymous = RunningAuthority.on(Engine.SQLITE).anonymous();

        assertThat(anonymous.send("GET", "/nothing", null, Map.of("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")).json().get("traceId").asString()).isEqualTo(trace);
        assertThat(anonymous.send("GET", "/nothing", null, Map.of("traceparent", "00-" + "0".repeat(32) + "-00f067aa0ba902b7-01")).json().get("traceId").asString()).matches("[0-9a-f]{32}").isNotEqualTo("0".repeat(32));
        assertThat(anonymous.send("GET", "/nothing", null, Map.of("traceparent", "<script>")).json().get("traceId").asString()).matches("[0-9a-f]{32}");
    }

    @Test
    void a_fault_is_logged_once_under_the_trace_id_and_stays_inside() {
        var log = new ByteArrayOutputStream();
        var before = System.err;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try (var authority = RunningAuthority.start(Engine.SQLITE, Map.of(), InstantSource.system(), Failing.class)) {
            var answer = authority.anonymous().get("/failing");

            assertProblem(answer, 500, "FAULT", true);
            assertThat(answer.text()).doesNotContain("inside", "Exception", "dev.charter");
            var traceId = answer.json().get("traceId").asString();
            assertThat(log.toString(StandardCharsets.UTF_8)).containsOnlyOnce("what went wrong inside").containsOnlyOnce("[" + traceId + "]").contains("at dev.charter.unthinking.Failing");
        } finally {
            System.setErr(before);
        }
    }

    @Test
    void a_database_that_is_away_is_told_as_503_and_recovers_by_itself(@TempDir Path folder) throws Exception {
        try (var postgres = new MortalPostgres()) {
            var database = ((StoreUrl.PostgresDatabase) postgres.fresh("away")).jdbcUrl();
            try (var authority = RunningAuthority.start(folder, Map.of("DATABASE", database), InstantSource.system())) {
                var admin = authority.admin();
                assertThat(admin.get("/admin/v1/products").status()).isEqualTo(200);
                assertThat(authority.anonymous().get("/health").status()).isEqualTo(200);

                postgres.kill();
                var refused = admin.get("/admin/v1/products");
                assertProblem(refused, 503, "UNAVAILABLE", true);
                assertThat(refused.header("Retry-After")).contains("2");
                assertThat(refused.text()).doesNotContain("postgres", "Connection");
                assertEventually(() -> authority.anonymous().get("/health").status() == 503);

                postgres.startAgain();
                assertEventually(() -> admin.get("/admin/v1/products").status() == 200 && authority.anonymous().get("/health").status() == 200);
            }
        }
    }

    /// Asks again and again; the test's own time limit ends it.
    private static void assertEventually(BooleanSupplier holds) {
        while (!holds.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private static void assertProblem(Answer answer, int status, String code, boolean retry) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).contains(Problem.MEDIA_TYPE);
        assertThat(answer.header("Cache-Control")).hasValueSatisfying(value -> assertThat(value).contains("no-store"));
        var problem = answer.json();
        assertThat(problem.propertyNames()).containsExactly("status", "code", "title", "detail", "retry", "traceId");
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("code").asString()).isEqualTo(code);
        assertThat(problem.get("retry").asBoolean()).isEqualTo(retry);
        assertThat(problem.get("detail").asString()).isNotBlank();
        assertThat(problem.get("traceId").asString()).matches("[0-9a-f]{32}");
    }
}
