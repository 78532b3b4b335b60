package dev.charter.authority.web;

import dev.charter.authority.RunningAuthority;
import dev.charter.server.testing.AttemptRoutes;
import dev.charter.store.Engine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever is sent to whichever route, by somebody who may do everything: the answer is never a fault, and always in the form that is promised.
@Timeout(600)
class NothingSentIsAFaultTest {
    private static final int TRIES_OF_EACH_ROUTE = 40;
    private static final List<String> WORDS = List.of("cus-000000000000", "lic-000000000000", "online", "offline", "floating", "leased", "plant");

    @ParameterizedTest
    @EnumSource
    void every_route_refuses_what_makes_no_sense(Engine engine) {
        try (var authority = RunningAuthority.start(engine)) {
            var admin = authority.admin();
            var sensible = prepare(admin);

            new AttemptRoutes(authority.anonymous().get("/openapi.json").json(), (method, path, body, headers) -> {
                var answer = admin.send(method, path, body.orElse(null), headers);
                return new AttemptRoutes.Answer(answer.status(), answer.header("Content-Type"), answer.body());
            }, WORDS, sensible).each(TRIES_OF_EACH_ROUTE, path -> path.contains("/tokens/{id}")); // it might revoke the token that the test goes by
        }
    }

    /// So that something of what is sent makes sense, and gets further.
    private static Map<String, List<String>> prepare(RunningAuthority.Client admin) {
        admin.post("/admin/v1/products", "{\"id\":\"a\",\"name\":\"a\",\"features\":[{\"name\":\"a\",\"title\":\"a\"}],\"meters\":[{\"name\":\"a\",\"title\":\"a\",\"unit\":\"a\"}]}");
        var customer = admin.post("/admin/v1/customers", "{\"name\":\"a\",\"email\":\"a@b.example\"}").json().get("id").asString();
        var license = admin.post("/admin/v1/licenses", "{\"product\":\"a\",\"customer\":\"" + customer + "\",\"type\":\"online\",\"entitlements\":[{\"feature\":\"a\"}]}").json().get("id").asString();
        return Map.of("product", List.of("a"), "customer", List.of(customer), "type", List.of("online", "offline", "floating", "leased"), "lease", List.of("plant", "elastic"),
                "feature", List.of("a"), "meter", List.of("a"), "until", List.of("2031-01-01T00:00:00Z", "0001-01-01T00:00:00Z"), AttemptRoutes.IDS, List.of("a", customer, license));
    }
}
