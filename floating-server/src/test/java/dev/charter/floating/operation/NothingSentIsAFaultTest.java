package dev.charter.floating.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.floating.RunningConsole;
import dev.charter.floating.testing.TestPool;
import dev.charter.floating.testing.TestVendor;
import dev.charter.server.testing.AttemptRoutes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever is sent to whichever route, by somebody who may do everything: the answer is never a fault, and always in the form that is promised.
@Timeout(300)
class NothingSentIsAFaultTest {
    private static final int TRIES_OF_EACH_ROUTE = 25;
    private static final List<String> WORDS = List.of("queue", "host", "group", "pump-*", "held", "csv", "2026-11-28", "lic-1", "mqtt-server");
    /// These end the session that the test goes by.
    private static final Set<String> LEFT_OUT = Set.of("/api/session", "/api/session/password");

    @Test
    void every_route_refuses_what_makes_no_sense() {
        try (var server = RunningConsole.start()) {
            server.licensed(TestPool.of(3));
            server.acquire(TestVendor.signer(), "pump");
            var administrator = server.as("administrator");

            new AttemptRoutes(server.anonymous().get("/openapi.json").json(), (method, path, body, headers) -> {
                var answer = administrator.send(method, path, body.orElse(null), headers);
                return new AttemptRoutes.Answer(answer.status(), answer.header("Content-Type"), answer.body());
            }, WORDS, Map.of(AttemptRoutes.IDS, List.of("lic-1", "mqtt-server"), "whenFull", List.of("queue", "refuse"), "kind", List.of("host", "group"), "role", List.of("viewer")))
                    .each(TRIES_OF_EACH_ROUTE, LEFT_OUT::contains);

            assertThat(administrator.get("/api/session").json().at("/user/name").asString()).isEqualTo("administrator");
        }
    }
}
