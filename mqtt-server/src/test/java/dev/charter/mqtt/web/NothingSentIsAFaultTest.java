package dev.charter.mqtt.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.mqtt.BrokerInMemory;
import dev.charter.mqtt.RunningServer;
import dev.charter.server.testing.AttemptRoutes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever is sent to whichever route of the console, by somebody who may do everything: the answer is never a fault, and always in the form that is promised.
@Timeout(300)
class NothingSentIsAFaultTest {
    private static final int TRIES_OF_EACH_ROUTE = 25;
    private static final List<String> WORDS = List.of("$SYS/#", "viewer", "tcp", "publish", "desc", "clientId");
    /// These end the session that the test goes by, watch for ever, or look at the network.
    private static final Set<String> LEFT_OUT = Set.of("/api/session", "/api/session/password", "/api/logs/stream", "/api/system/doctor", "/api/system/support-bundle");

    @Test
    void every_route_refuses_what_makes_no_sense() {
        try (var server = RunningServer.start(RunningServer.folder(), Map.of("TRIAL", "true"), BrokerInMemory.class)) {
            var administrator = server.as("administrator");

            new AttemptRoutes(server.anonymous().get("/openapi.json").json(), (method, path, body, headers) -> {
                var answer = administrator.send(method, path, body.orElse(null), headers);
                return new AttemptRoutes.Answer(answer.status(), answer.header("Content-Type"), answer.body());
            }, WORDS, Map.of()).each(TRIES_OF_EACH_ROUTE, LEFT_OUT::contains);

            assertThat(administrator.get("/api/session").json().at("/user/name").asString()).isEqualTo("administrator");
        }
    }
}
