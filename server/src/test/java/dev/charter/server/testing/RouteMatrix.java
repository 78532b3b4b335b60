package dev.charter.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.server.access.Role;
import dev.charter.server.access.RouteTable.Access;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Who may call what, for every route that a server has.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class RouteMatrix {

    public record Route(String method, String path, Access access) {
        /// Asks for what is not there, so that whoever is let in changes nothing.
        int statusFor(Browser client) {
            var body = method.equals("POST") || method.equals("PUT") ? "{\"nonsense\":1}".getBytes(StandardCharsets.UTF_8) : null;
            return client.send(method, path.replaceAll("\\{[a-z]+}", "bm90aGluZw"), body, body == null ? Map.of() : Map.of("Content-Type", path.endsWith("/restore") ? "application/zip" : "application/json")).status();
        }

        /// As the table names it.
        public String name() {
            return method + " " + path;
        }

        @Override
        public String toString() {
            return name() + " takes " + access.text();
        }
    }

    /// What the server declares.
    protected abstract Map<String, Access> table();

    /// What it serves.
    protected abstract RequestMappingHandlerMapping served();

    /// What it serves besides.
    protected Stream<String> servedOtherwise() {
        return Stream.empty();
    }

    protected abstract Browser anonymous();

    protected abstract Browser as(String role);

    /// What is open to everybody.
    protected abstract Stream<String> open();

    /// False for what can be called without a body that makes sense, and then changes something for all of these tests, or never ends.
    protected abstract boolean isTame(Route route);

    /// Whether the server's own description tells of it.
    protected boolean isDescribed(Route route) {
        return true;
    }

    protected final Stream<Route> all() {
        return table().entrySet().stream().map(entry -> {
            var parts = entry.getKey().split(" ", 2);
            return new Route(parts[0], parts[1], entry.getValue());
        });
    }

    protected final Stream<Route> guarded() {
        return all().filter(route -> route.access().role().isPresent());
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void nobody_gets_in_without_a_session(Route route) {
        assertThat(route.statusFor(anonymous())).isEqualTo(401);
        assertThat(route.statusFor(anonymous().withCookie("invented"))).isEqualTo(401);
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void a_role_below_the_one_that_it_takes_is_refused_and_one_that_is_not_is_let_in(Route route) {
        var needed = route.access().role().orElseThrow();
        for (var role : Role.values()) {
            if (!role.includes(needed)) {
                assertThat(route.statusFor(as(role.text()))).as(role.text()).isEqualTo(403);
            } else if (isTame(route)) {
                assertThat(route.statusFor(as(role.text()))).as(role.text()).isNotIn(401, 403).isLessThan(500);
            }
        }
    }

    @Test
    void every_route_declares_its_role_and_every_role_is_declared_for_a_route_that_there_is() {
        var there = new TreeSet<String>();
        served().getHandlerMethods().forEach((mapping, _) -> mapping.getMethodsCondition().getMethods().forEach(method -> mapping.getPatternValues().forEach(path -> there.add(method + " " + path))));

        servedOtherwise().forEach(there::add);

        assertThat(table().keySet()).containsExactlyInAnyOrderElementsOf(there);
    }

    @Test
    void what_is_open_is_what_has_to_be_and_nothing_else() {
        assertThat(all().filter(route -> route.access().role().isEmpty()).map(Route::name)).containsExactlyInAnyOrderElementsOf(open().toList());
    }

    @Test
    void what_does_not_exist_below_the_api_is_denied_to_whoever_is_not_logged_in() {
        assertThat(anonymous().get("/api/nothing").status()).isEqualTo(401);
        assertThat(as("viewer").get("/api/nothing").status()).isEqualTo(404);
    }

    @Test
    void the_description_tells_of_each_route_the_role_that_it_takes() {
        var document = anonymous().get("/openapi.json").json();
        all().filter(this::isDescribed).forEach(route -> assertThat(document.at("/paths").path(route.path()).path(route.method().toLowerCase(Locale.ROOT)).path("x-role").asString("")).as(route.toString())
                .isEqualTo(route.access().text()));
    }
}
