package dev.charter.authority.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.RunningAuthority;
import dev.charter.store.Engine;
import dev.charter.unthinking.Forgetful;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DenyByDefaultTest {

    @Test
    void what_declares_nothing_is_denied_to_everybody() {
        try (var authority = RunningAuthority.start(Engine.SQLITE, Map.of(), InstantSource.system(), Forgetful.class)) {
            for (var path : new String[] {"/admin/v1/forgotten", "/forgotten", "/admin/v1/wrongly-open"}) {
                assertThat(authority.anonymous().get(path).status()).as(path).isEqualTo(401);
                assertThat(authority.admin().get(path).status()).as(path).isEqualTo(403);
                assertThat(authority.admin().get(path).text()).as(path).doesNotContain("secret").contains("SCOPE_MISSING");
            }
        }
    }

    @Test
    void what_does_not_exist_is_denied_too_below_admin() {
        var authority = RunningAuthority.on(Engine.SQLITE);

        assertThat(authority.anonymous().get("/admin/v1/nothing").status()).isEqualTo(401);
        assertThat(authority.admin().get("/admin/v1/nothing").status()).isEqualTo(404);
        assertThat(authority.anonymous().get("/nothing").status()).isEqualTo(404);
    }

    @Test
    void asking_which_methods_there_are_needs_a_scope_as_well() {
        var authority = RunningAuthority.on(Engine.SQLITE);

        assertThat(authority.anonymous().send("OPTIONS", "/admin/v1/tokens", null, Map.of()).status()).isEqualTo(401);
        assertThat(authority.anonymous().send("OPTIONS", "/admin/v1/tokens", null, Map.of("Origin", "https://evil.example", "Access-Control-Request-Method", "POST")).headers())
                .doesNotContainKeys("access-control-allow-origin");
    }
}
