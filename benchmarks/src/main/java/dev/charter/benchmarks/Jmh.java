package dev.charter.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs JMH benchmarks in turn, for a fraction of a second each, round after round within one JVM: what is compared then meets the same machine, the same
/// compiler and the same profile of the code that it shares. Several JVMs one after another even out how each of them happened to compile.
public final class Jmh {
    private static final String RESULT = "result";
    // Rounds of a JVM that do not count, while it still compiles.
    private static final int WARM_UP = 8;

    private Jmh() {}

    /// How long benchmarks are run.
    ///
    /// @param jvms how many JVMs, one after another
    /// @param rounds how often each benchmark is run in each of them
    /// @param each how long it is run each time
    public record Effort(int jvms, int rounds, Duration each) {}

    /// What a benchmark took per operation in each round.
    public record Scores(List<Double> nanoseconds, List<Double> bytes) {
        public Pairs beside(Scores peer) {
            return Pairs.of(nanoseconds, peer.nanoseconds);
        }

        /// What the middle round took.
        public double middle() {
            return Pairs.quantile(0.5, nanoseconds.stream().mapToDouble(Double::doubleValue).toArray());
        }

        /// What most rounds allocated per operation.
        public double bytesAllocated() {
            return Pairs.quantile(0.5, bytes.stream().mapToDouble(Double::doubleValue).toArray());
        }
    }

    /// The scores of several benchmarks that were run in turn.
    public record Results(Map<String, Scores> byBenchmark) {
        static Results of(List<String> benchmarks) {
            var scores = new HashMap<String, Scores>();
            benchmarks.forEach(benchmark -> scores.put(benchmark, new Scores(new ArrayList<>(), new ArrayList<>())));
            return new Results(scores);
        }

        public Scores of(String benchmark) {
            return Optional.ofNullable(byBenchmark.get(benchmark)).orElseThrow(() -> new IllegalArgumentException("the benchmark " + benchmark + " was not run"));
        }

        private void keep(String benchmark, double nanoseconds, double bytes) {
            of(benchmark).nanoseconds().add(nanoseconds);
            of(benchmark).bytes().add(bytes);
        }
    }

    /// Runs benchmarks, named by class and method.
    public static Results inTurn(Effort effort, List<String> benchmarks) throws IOException, InterruptedException {
        return inTurn(effort, benchmarks, List.of());
    }

    /// @param more of the class path, where the benchmarks are not this module's own
    public static Results inTurn(Effort effort, List<String> benchmarks, List<Path> more) throws IOException, InterruptedException {
        var classPath = Stream.concat(Stream.of(System.getProperty("java.class.path")), more.stream().map(Path::toString)).collect(Collectors.joining(File.pathSeparator));
        var results = Results.of(benchmarks);
        for (int jvm = 0; jvm < effort.jvms(); jvm++) {
            inNewJvm(effort, benchmarks, classPath, results);
        }
        return results;
    }

    private static void inNewJvm(Effort effort, List<String> benchmarks, String classPath, Results results) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"), "-Xms512m", "-Xmx512m", "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Djmh.ignoreLock=true",
                "-cp", classPath, Jmh.class.getName(), Integer.toString(effort.rounds()), Long.toString(effort.each().toMillis())));
        command.addAll(benchmarks);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var others = new StringBuilder();
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var parts = line.split("\t", -1);
                if (parts[0].equals(RESULT)) {
                    results.keep(parts[1], Double.parseDouble(parts[2]), Double.parseDouble(parts[3]));
                } else {
                    others.append(line).append('\n');
                }
            }
            if (process.waitFor() != 0) {
                throw new IllegalStateException("the JVM of the benchmarks failed:\n" + others);
            }
        } finally {
            process.destroy();
        }
    }

    /// The JVM that runs them.
    public static void main(String[] arguments) throws RunnerException {
        int rounds = Integer.parseInt(arguments[0]);
        var each = TimeValue.milliseconds(Long.parseLong(arguments[1]));
        var order = new ArrayList<>(List.of(arguments).subList(2, arguments.length));
        for (int round = -WARM_UP; round < rounds; round++) {
            for (var benchmark : order) {
                var options = new OptionsBuilder().include("^" + Pattern.quote(benchmark) + "$").mode(Mode.AverageTime).timeUnit(TimeUnit.NANOSECONDS)
                        .forks(0).threads(1).warmupIterations(0).measurementIterations(1).measurementTime(each)
                        .addProfiler(GCProfiler.class).verbosity(VerboseMode.SILENT).shouldFailOnError(true).build();
                var result = new Runner(options).runSingle();
                var bytes = Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"), "JMH counted no bytes");
                if (round >= 0) {
                    System.out.println(String.join("\t", RESULT, benchmark, Double.toString(result.getPrimaryResult().getScore()), Double.toString(bytes.getScore())));
                }
            }
            Collections.reverse(order); // no one is always the first
        }
    }
}
