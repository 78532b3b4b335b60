package dev.charter.benchmarks.allows;

import dev.charter.benchmarks.Jmh;
import dev.charter.benchmarks.Line;
import dev.charter.benchmarks.Pairs;
import dev.charter.benchmarks.Unit;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The lines about the question that a product asks all day.
public final class AllowsLines {
    private AllowsLines() {}

    public static List<Line> measure(boolean quick) throws IOException, InterruptedException {
        var effort = quick ? new Jmh.Effort(1, 5, Duration.ofMillis(150)) : new Jmh.Effort(3, 20, Duration.ofMillis(150));
        var results = Jmh.inTurn(effort, Stream.of("charter", "volatileReadAndLookUp", "license3j", "trueLicenseVerify", "trueLicenseExtra").map(AllowsLines::named).toList());
        // What the profiler itself allocates shows as a fraction of a byte.
        var bytes = results.of(named("charter")).bytesAllocated();
        return List.of(
                Line.atMost(1.5, "allows", Unit.NANOSECONDS, pairs(results, "volatileReadAndLookUp"), "volatile read + immutable map"),
                new Line("allows, allocated", String.format(Locale.ROOT, "%.3f B", bytes), "", "", "0 B", Optional.of(bytes < 0.5)),
                Line.beside("allows", Unit.NANOSECONDS, pairs(results, "license3j"), "License3j get"),
                Line.beside("allows", Unit.NANOSECONDS, pairs(results, "trueLicenseVerify"), "TrueLicense verify()"),
                Line.beside("allows", Unit.NANOSECONDS, pairs(results, "trueLicenseExtra"), "TrueLicense load().getExtra()"));
    }

    private static Pairs pairs(Jmh.Results results, String peer) {
        return results.of(named("charter")).beside(results.of(named(peer)));
    }

    private static String named(String benchmark) {
        return AllowsBenchmark.class.getName() + "." + benchmark;
    }
}
