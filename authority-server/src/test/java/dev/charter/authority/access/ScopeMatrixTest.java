package dev.charter.authority.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.RunningAuthority;
import dev.charter.server.testing.OpenApiOfExchange;
import dev.charter.store.Engine;
import jakarta.servlet.ServletContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Who may do what, for every route that the OpenAPI document names: and that it names every route.
class ScopeMatrixTest {
    private static final RunningAuthority AUTHORITY = RunningAuthority.on(Engine.SQLITE);

    /// @param scope that it needs; none where it is open
    record Route(String method, String path, Optional<String> scope, Optional<String> contentType) {
        static Stream<Route> all() {
            return AUTHORITY.anonymous().get("/openapi.json").json().get("paths").propertyStream().flatMap(path -> path.getValue().propertyStream().map(operation -> {
                var needed = operation.getValue().get("security").valueStream().map(requirement -> requirement.get("token").get(0).asString()).toList();
                var contentType = Optional.ofNullable(operation.getValue().get("requestBody")).map(body -> body.get("content").propertyNames().iterator().next());
                return new Route(operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), needed.stream().findFirst(), contentType);
            }));
        }

        static Stream<Route> guarded() {
            return all().filter(route -> route.scope().isPresent());
        }

        int statusFor(Optional<String> token) {
            var client = token.map(AUTHORITY::as).orElseGet(AUTHORITY::anonymous);
            var body = contentType.isPresent() ? "{}".getBytes(StandardCharsets.UTF_8) : null;
            return client.send(method, path.replaceAll("\\{[a-z]+}", "nothing"), body, contentType.map(type -> Map.of("Content-Type", type)).orElse(Map.of())).status();
        }
    }

    static Stream<Route> all() {
        return Route.all();
    }

    static Stream<Route> guarded() {
        return Route.guarded();
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void nobody_gets_in_without_a_token(Route route) {
        assertThat(route.statusFor(Optional.empty())).isEqualTo(401);
        assertThat(route.statusFor(Optional.of("charter_" + "0".repeat(32)))).isEqualTo(401);
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void a_token_with_every_scope_but_this_one_is_refused(Route route) {
        var others = Arrays.stream(Scope.values()).map(Scope::text).filter(text -> !text.equals(route.scope().orElseThrow())).toList();

        assertThat(route.statusFor(Optional.of(AUTHORITY.tokenWith(others)))).isEqualTo(403);
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void a_token_with_this_scope_alone_is_let_in(Route route) {
        // What it asks for makes no sense, so it is not done; but that is said by others.
        assertThat(route.statusFor(Optional.of(AUTHORITY.tokenWith(List.of(route.scope().orElseThrow()))))).isNotIn(401, 403).isLessThan(500);
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_route_is_guarded_exactly_if_it_is_for_administrators(Route route) {
        assertThat(route.scope().isPresent()).isEqualTo(route.path().startsWith("/admin/v1/"));
        if (route.scope().isEmpty()) {
            assertThat(route.statusFor(Optional.empty())).isNotIn(401, 403);
        }
    }

    @Test
    void every_route_is_in_the_document() {
        var declared = new TreeSet<String>();
        AUTHORITY.part(RequestMappingHandlerMapping.class).getHandlerMethods().forEach((mapping, _) -> mapping.getMethodsCondition().getMethods()
                .forEach(method -> mapping.getPatternValues().forEach(path -> declared.add(method + " " + path))));
        OpenApiOfExchange.routes(AUTHORITY.part(ServletContext.class)).forEach(declared::add);

        assertThat(Route.all().map(route -> route.method() + " " + route.path())).containsExactlyInAnyOrderElementsOf(declared);
    }

    @Test
    void every_route_declares_who_may_call_it() {
        assertThat(AUTHORITY.part(RequestMappingHandlerMapping.class).getHandlerMethods().values())
                .allMatch(method -> method.hasMethodAnnotation(Needs.class) != method.hasMethodAnnotation(Open.class));
    }

    @Test
    void every_scope_is_needed_somewhere() {
        // Whose activations are shown is decided within the answer.
        assertThat(Route.guarded().map(route -> route.scope().orElseThrow()).distinct())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Scope.values()).filter(scope -> scope != Scope.ACTIVATIONS_READ).map(Scope::text).toList());
    }
}
