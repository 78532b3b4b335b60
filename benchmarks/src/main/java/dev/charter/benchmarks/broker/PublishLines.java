package dev.charter.benchmarks.broker;

import dev.charter.benchmarks.Jmh;
import dev.charter.benchmarks.Line;
import dev.charter.benchmarks.Unit;
import dev.charter.benchmarks.program.PackagedServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The lines about one message on its way through the MQTT server's own code. The benchmarks lie with that code's tests: it is nobody else's business.
public final class PublishLines {
    private static final String RIGHTS = "dev.charter.mqtt.access.RightsBenchmark.";
    private static final String GATE = "dev.charter.mqtt.broker.GateBenchmark.";
    private static final double MOST_FOR_RULES = 200;

    private PublishLines() {}

    public static List<Line> measure(boolean quick, Path installation, PackagedServer server) throws IOException, InterruptedException {
        var effort = quick ? new Jmh.Effort(1, 5, Duration.ofMillis(150)) : new Jmh.Effort(3, 20, Duration.ofMillis(150));
        var more = new ArrayList<>(List.of(installation.resolve("mqtt-server/target/test-classes")));
        more.addAll(server.classPath());
        var results = Jmh.inTurn(effort, List.of(RIGHTS + "lastOfTwentyRules", RIGHTS + "noneOfTwentyRules", GATE + "publishThroughTheGate", GATE + "publishWithoutTheGate"), more);
        var gate = results.of(GATE + "publishThroughTheGate").beside(results.of(GATE + "publishWithoutTheGate"));
        return List.of(
                rules("the last matches", results.of(RIGHTS + "lastOfTwentyRules")),
                rules("none matches", results.of(RIGHTS + "noneOfTwentyRules")),
                Line.beside("gate, one publish of a client with 20 rules", Unit.NANOSECONDS, gate, "the same without it"),
                Line.note("gate, allocated for one publish", String.format(Locale.ROOT, "%.1f B", results.of(GATE + "publishThroughTheGate").bytesAllocated()),
                        String.format(Locale.ROOT, "%.1f B without it", results.of(GATE + "publishWithoutTheGate").bytesAllocated())));
    }

    private static Line rules(String which, Jmh.Scores scores) {
        return Line.below(MOST_FOR_RULES, "ACL, 20 rules, " + which, Unit.NANOSECONDS, scores.middle());
    }
}
