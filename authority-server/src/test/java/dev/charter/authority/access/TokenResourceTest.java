package dev.charter.authority.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.RunningAuthority;
import dev.charter.store.Engine;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TokenResourceTest {

    @ParameterizedTest
    @EnumSource
    void a_token_works_until_it_is_revoked(Engine engine) {
        var authority = RunningAuthority.on(engine);
        var made = authority.admin().post("/admin/v1/tokens", "{\"name\":\"build server\",\"scopes\":[\"catalog:read\"]}");
        assertThat(made.status()).isEqualTo(201);
        var client = authority.as(made.json().get("token").asString());
        assertThat(client.get("/admin/v1/products").status()).isEqualTo(200);

        assertThat(authority.admin().delete("/admin/v1/tokens/" + made.json().get("id").asString()).status()).isEqualTo(204);

        assertThat(client.get("/admin/v1/products").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    void a_revoked_token_is_still_listed_because_the_audit_log_names_it(Engine engine) {
        var authority = RunningAuthority.on(engine);
        var id = authority.admin().post("/admin/v1/tokens", "{\"name\":\"gone\",\"scopes\":[\"catalog:read\"]}").json().get("id").asString();
        authority.admin().delete("/admin/v1/tokens/" + id);

        var listed = authority.admin().get("/admin/v1/tokens").json().get("tokens").valueStream().filter(token -> token.get("id").asString().equals(id)).findFirst().orElseThrow();

        assertThat(listed.get("name").asString()).isEqualTo("gone");
        assertThat(listed.has("revokedAt")).isTrue();
        assertThat(listed.get("madeBy").asString()).startsWith("tok-");
        assertThat(listed.has("token")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void of_two_last_tokens_that_can_make_others_only_one_can_be_revoked_even_at_once(Engine engine) throws Exception {
        try (var authority = RunningAuthority.start(engine); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var second = authority.admin().post("/admin/v1/tokens", "{\"name\":\"second\",\"scopes\":[\"tokens:write\"]}").json();
            var first = authority.admin().get("/admin/v1/tokens").json().get("tokens").get(0).get("id").asString();
            Callable<Integer> revokeFirst = () -> authority.as(second.get("token").asString()).delete("/admin/v1/tokens/" + first).status();
            Callable<Integer> revokeSecond = () -> authority.admin().delete("/admin/v1/tokens/" + second.get("id").asString()).status();

            var statuses = threads.invokeAll(List.of(revokeFirst, revokeSecond)).stream().map(Future::resultNow).toList();

            // Whoever comes second is refused, or finds its own token revoked already.
            assertThat(statuses).containsOnlyOnce(204).containsAnyOf(401, 409);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_last_token_that_can_make_others_stays(Engine engine) {
        try (var authority = RunningAuthority.start(engine)) {
            var only = authority.admin().get("/admin/v1/tokens").json().get("tokens").get(0).get("id").asString();

            assertThat(authority.admin().delete("/admin/v1/tokens/" + only).status()).isEqualTo(409);
            assertThat(authority.admin().get("/admin/v1/tokens").status()).isEqualTo(200);
        }
    }

    @Test
    void mistakes_are_explained() {
        var admin = RunningAuthority.on(Engine.SQLITE).admin();

        assertThat(admin.post("/admin/v1/tokens", "{\"name\":\"a\",\"scopes\":[\"catalog\"]}").text()).contains("There is no scope").contains("catalog:read");
        assertThat(admin.post("/admin/v1/tokens", "{\"name\":\"a\",\"scopes\":[]}").text()).contains("at least one scope");
        assertThat(admin.post("/admin/v1/tokens", "{\"name\":\" \",\"scopes\":[\"catalog:read\"]}").status()).isEqualTo(400);
        assertThat(admin.delete("/admin/v1/tokens/tok-none").status()).isEqualTo(404);
    }

    @Test
    void who_sends_wrong_tokens_again_and_again_has_to_wait() {
        var settings = Map.of("FAILED_TOKENS_BURST", "3", "FAILED_TOKENS_PER_SECOND", "1");
        try (var authority = RunningAuthority.start(Engine.SQLITE, settings, InstantSource.system())) {
            var guesser = authority.as("charter_" + "x".repeat(32));
            for (int i = 0; i < 3; i++) {
                assertThat(guesser.get("/admin/v1/tokens").status()).isEqualTo(401);
            }

            var refused = Stream.generate(() -> guesser.get("/admin/v1/tokens")).limit(20).filter(answer -> answer.status() == 429).findFirst().orElseThrow();

            assertThat(refused.header("Retry-After")).contains("1");
            assertThat(refused.json().get("code").asString()).isEqualTo("TOO_MANY_ATTEMPTS");
            assertThat(refused.json().get("retry").asBoolean()).isTrue();
            assertThat(authority.anonymous().get("/health").status()).isEqualTo(200);
        }
    }
}
