package dev.charter.floating.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.floating.RunningConsole;
import dev.charter.server.access.Role;
import dev.charter.server.access.RouteTable.Access;
import dev.charter.server.testing.Browser;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Who may call what, for every route that there is.
class RouteMatrixTest {
    private static final RunningConsole SERVER = RunningConsole.start();

    record Route(String method, String path, Access access) {
        static Stream<Route> all() {
            return Routes.table().all().entrySet().stream().map(entry -> {
                var parts = entry.getKey().split(" ", 2);
                return new Route(parts[0], parts[1], entry.getValue());
            });
        }

        /// Asks for what is not there, so that whoever is let in changes nothing.
        int statusFor(Browser client) {
            var body = method.equals("POST") || method.equals("PUT") ? "{\"nonsense\":1}".getBytes(StandardCharsets.UTF_8) : null;
            return client.send(method, path.replaceAll("\\{[a-z]+}", "nothing"), body, body == null ? Map.of() : Map.of("Content-Type", "application/json")).status();
        }

        @Override
        public String toString() {
            return method + " " + path + " takes " + access.text();
        }
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    static Stream<Route> guarded() {
        return Route.all().filter(route -> route.access().role().isPresent());
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void nobody_gets_in_without_a_session(Route route) {
        assertThat(route.statusFor(SERVER.anonymous())).isEqualTo(401);
        assertThat(route.statusFor(SERVER.anonymous().withCookie("invented"))).isEqualTo(401);
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void a_role_below_the_one_that_it_takes_is_refused_and_one_that_is_not_is_let_in(Route route) {
        var needed = route.access().role().orElseThrow();
        for (var role : Role.values()) {
            if (!role.includes(needed)) {
                assertThat(route.statusFor(SERVER.as(role.text()))).as(role.text()).isEqualTo(403);
            } else if (!route.path().equals("/api/session")) { // which would end it for all of these tests
                assertThat(route.statusFor(SERVER.as(role.text()))).as(role.text()).isNotIn(401, 403).isLessThan(500);
            }
        }
    }

    @Test
    void every_route_declares_its_role_and_every_role_is_declared_for_a_route_that_there_is() {
        var served = new TreeSet<String>();
        SERVER.part(RequestMappingHandlerMapping.class).getHandlerMethods().forEach((mapping, _) -> mapping.getMethodsCondition().getMethods()
                .forEach(method -> mapping.getPatternValues().forEach(path -> served.add(method + " " + path))));

        assertThat(Routes.table().all().keySet()).containsExactlyInAnyOrderElementsOf(served);
    }

    @Test
    void what_is_open_is_what_hosts_a_login_page_and_an_operators_tools_need_and_nothing_else() {
        assertThat(Route.all().filter(route -> route.access().role().isEmpty()).map(route -> route.method() + " " + route.path())).allMatch(route -> route.contains(" /v1/")
                || Stream.of("GET /health", "GET /metrics", "GET /openapi.json", "GET /api/session", "POST /api/session", "POST /api/setup").anyMatch(route::equals));
    }

    @Test
    void what_does_not_exist_below_the_api_is_denied_to_whoever_is_not_logged_in() {
        assertThat(SERVER.anonymous().get("/api/nothing").status()).isEqualTo(401);
        assertThat(SERVER.as("viewer").get("/api/nothing").status()).isEqualTo(404);
    }

    @Test
    void the_description_tells_of_each_route_the_role_that_it_takes() {
        var document = SERVER.anonymous().get("/openapi.json").json();
        Route.all().forEach(route -> assertThat(document.at("/paths").path(route.path()).path(route.method().toLowerCase(Locale.ROOT)).path("x-role").asString("")).as(route.toString())
                .isEqualTo(route.access().text()));
    }
}
