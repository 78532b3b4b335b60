package dev.charter.floating.access;

import dev.charter.floating.RunningConsole;
import dev.charter.server.access.RouteTable.Access;
import dev.charter.server.testing.Browser;
import dev.charter.server.testing.OpenApiOfExchange;
import dev.charter.server.testing.RouteMatrix;
import jakarta.servlet.ServletContext;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class RouteMatrixTest extends RouteMatrix {
    private static final RunningConsole SERVER = RunningConsole.start();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Override
    protected Map<String, Access> table() {
        return Routes.table().all();
    }

    @Override
    protected RequestMappingHandlerMapping served() {
        return SERVER.part(RequestMappingHandlerMapping.class);
    }

    @Override
    protected Stream<String> servedOtherwise() {
        return OpenApiOfExchange.routes(SERVER.part(ServletContext.class));
    }

    @Override
    protected Browser anonymous() {
        return SERVER.anonymous();
    }

    @Override
    protected Browser as(String role) {
        return SERVER.as(role);
    }

    /// What products, a login page and an operator's tools need.
    @Override
    protected Stream<String> open() {
        return Stream.concat(table().keySet().stream().filter(route -> route.contains(" /v1/")), Stream.of("GET /health", "GET /metrics", "GET /openapi.json", "GET /api/session", "POST /api/session", "POST /api/setup"));
    }

    /// It would end the session for all of these tests.
    @Override
    protected boolean isTame(Route route) {
        return !route.path().equals("/api/session");
    }
}
