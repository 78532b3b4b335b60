package dev.charter.mqtt.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.mqtt.RunningServer;
import dev.charter.server.access.Role;
import dev.charter.server.access.RouteTable.Access;
import dev.charter.server.testing.Browser;
import dev.charter.server.testing.RouteMatrix;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// The routes of the console and those of the License page.
class RouteMatrixTest extends RouteMatrix {
    private static final RunningServer SERVER = RunningServer.start();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Override
    protected Map<String, Access> table() {
        return Routes.all();
    }

    @Override
    protected RequestMappingHandlerMapping served() {
        return SERVER.part(RequestMappingHandlerMapping.class);
    }

    @Override
    protected Browser anonymous() {
        return SERVER.anonymous();
    }

    @Override
    protected Browser as(String role) {
        return SERVER.as(role);
    }

    /// A login page's, and an operator's tools'.
    @Override
    protected Stream<String> open() {
        return Stream.of("GET /health", "GET /metrics", "GET /openapi.json", "GET /docs/license-types.html", "GET /api/session", "POST /api/session", "POST /api/setup");
    }

    @Override
    protected boolean isTame(Route route) {
        return !route.path().equals("/api/session") && !route.path().endsWith("/stream") && !route.path().equals("/api/clients/delete-disconnected")
                && !route.path().endsWith("/deactivations") && !route.path().endsWith("/trials") && !route.path().endsWith("/emergencies") && !route.path().endsWith("/reactivations")
                && !route.path().endsWith("/doctor") && !route.path().endsWith("/support-bundle");
    }

    /// The License page has a description of its own.
    @Override
    protected boolean isDescribed(Route route) {
        return !route.path().startsWith("/api/license");
    }

    @Test
    void every_change_of_the_configuration_takes_an_administrator() {
        assertThat(all().filter(route -> route.access().configuration())).isNotEmpty().allMatch(route -> route.access().role().equals(Optional.of(Role.ADMINISTRATOR)));
    }

    @Test
    void roles_are_three_each_of_which_includes_those_before() {
        assertThat(Arrays.stream(Role.values()).map(Role::text)).containsExactly("viewer", "operator", "administrator");
        assertThat(Role.ADMINISTRATOR.includes(Role.VIEWER)).isTrue();
        assertThat(Role.VIEWER.includes(Role.OPERATOR)).isFalse();
    }
}
