package dev.charter.benchmarks.verify;

import dev.charter.benchmarks.Jmh;
import dev.charter.benchmarks.Line;
import dev.charter.benchmarks.Pairs;
import dev.charter.benchmarks.Unit;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// The lines about verifying and signing.
public final class VerifyLines {
    private VerifyLines() {}

    public static List<Line> measure(boolean quick) throws IOException, InterruptedException {
        var effort = quick ? new Jmh.Effort(1, 5, Duration.ofMillis(150)) : new Jmh.Effort(2, 30, Duration.ofMillis(150));
        var results = Jmh.inTurn(effort, Stream.of("verifyClassicalWarm", "verifyClassicalBare", "verifyHybridWarm", "verifyHybridBare", "verifyClassicalCold",
                "verifyHybridCold", "issueClassical", "signClassicalBare", "issueHybrid", "signHybridBare").map(VerifyLines::named).toList());
        return List.of(
                Line.atMost(1.5, "verify, classical, chain seen before", Unit.NANOSECONDS, pairs(results, "verifyClassicalWarm", "verifyClassicalBare"), "bare Ed25519"),
                Line.atMost(1.3, "verify, hybrid, chain seen before", Unit.NANOSECONDS, pairs(results, "verifyHybridWarm", "verifyHybridBare"), "bare Ed25519 + ML-DSA-65"),
                Line.beside("verify, classical, chain new", Unit.NANOSECONDS, pairs(results, "verifyClassicalCold", "verifyClassicalBare"), "bare, one of its three"),
                Line.beside("verify, hybrid, chain new", Unit.NANOSECONDS, pairs(results, "verifyHybridCold", "verifyHybridBare"), "bare, one of its three"),
                Line.beside("issue, classical", Unit.NANOSECONDS, pairs(results, "issueClassical", "signClassicalBare"), "bare Ed25519 sign"),
                Line.beside("issue, hybrid", Unit.NANOSECONDS, pairs(results, "issueHybrid", "signHybridBare"), "bare Ed25519 + ML-DSA-65 sign"));
    }

    private static Pairs pairs(Jmh.Results results, String subject, String peer) {
        return results.of(named(subject)).beside(results.of(named(peer)));
    }

    private static String named(String benchmark) {
        return VerifyBenchmark.class.getName() + "." + benchmark;
    }
}
