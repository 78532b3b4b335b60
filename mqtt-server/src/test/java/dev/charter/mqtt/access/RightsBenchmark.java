package dev.charter.mqtt.access;

import dev.charter.mqtt.access.Rule.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Whether a user with 20 rules may publish: asked for each message. `./charter bench publish` runs it.
public class RightsBenchmark {
    private static final int OTHERS = 19;

    @State(Scope.Benchmark)
    public static class User {
        @Nullable UserRights rights;
        String allowed = "plant/hall-7/line-3/pump/temperature";
        String denied = "plant/hall-7/line-4/pump/temperature";

        @Setup
        public void make() throws IOException {
            var rules = Stream.concat(IntStream.range(0, OTHERS).mapToObj(i -> Rule.allow(Action.BOTH, "plant/hall-" + i % 5 + "/machine-" + i + "/+/%u/#")),
                    Stream.of(Rule.allow(Action.BOTH, "plant/+/line-3/#"))).toList();
            var folder = Files.createTempDirectory("rights");
            try (var users = MqttUsers.open(folder, new SecureRandom())) {
                rights = new UserRights(users, new MqttUser("pump", true, "", List.copyOf(rules)), "pump-1");
            } finally {
                Files.delete(folder);
            }
        }
    }

    @Benchmark
    public boolean lastOfTwentyRules(User user) {
        return Objects.requireNonNull(user.rights).mayPublish(user.allowed);
    }

    @Benchmark
    public boolean noneOfTwentyRules(User user) {
        return Objects.requireNonNull(user.rights).mayPublish(user.denied);
    }
}
