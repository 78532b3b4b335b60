package dev.charter.benchmarks.start;

import dev.charter.benchmarks.Folders;
import dev.charter.benchmarks.Line;
import dev.charter.benchmarks.Pairs;
import dev.charter.benchmarks.Unit;
import dev.charter.benchmarks.program.AuthorityFolder;
import dev.charter.benchmarks.program.Programs;
import dev.charter.benchmarks.program.Running;
import dev.charter.benchmarks.program.VendorFolder;
import dev.charter.signing.Strength;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The lines about starting.
public final class StartLines {
    private static final int IDLE_MILLIS = 4_000;
    private static final double AIM_NANOSECONDS = 3e9;
    private static final double AIM_MEGABYTES = 200;

    private StartLines() {}

    private record Start(double nanoseconds, double megabytes) {}

    /// A server that is started.
    ///
    /// @param command starts it
    /// @param settings as its environment
    public record Subject(List<String> command, Map<String, String> settings) {}

    /// What is aimed at, beside the ratios.
    public record Aims(double nanoseconds, double megabytes) {}

    public static List<Line> measure(boolean quick, Programs programs) throws IOException, InterruptedException {
        var folder = Folders.temporary("start");
        try {
            var authority = AuthorityFolder.make(folder.resolve("data"), VendorFolder.make(folder.resolve("vendor"), Strength.HYBRID));
            return beside("authority", new Subject(programs.authority(), authority.settings()), programs.bare(), quick, new Aims(AIM_NANOSECONDS, AIM_MEGABYTES));
        } finally {
            Folders.delete(folder);
        }
    }

    /// A server's start and idle memory beside those of a bare program.
    ///
    /// @param name of the server, in the lines
    public static List<Line> beside(String name, Subject server, List<String> bare, boolean quick, Aims aims) throws IOException, InterruptedException {
        start(server.command(), server.settings(), 0); // makes its database; from now on it only opens it
        start(bare, Map.of(), 0);
        var subject = new ArrayList<Start>();
        var peer = new ArrayList<Start>();
        for (int pair = 0; pair < (quick ? 2 : 7); pair++) {
            boolean bareFirst = pair % 2 == 1;
            if (bareFirst) {
                peer.add(start(bare, Map.of(), IDLE_MILLIS));
            }
            subject.add(start(server.command(), server.settings(), IDLE_MILLIS));
            if (!bareFirst) {
                peer.add(start(bare, Map.of(), IDLE_MILLIS));
            }
        }
        var times = Pairs.of(subject.stream().map(Start::nanoseconds).toList(), peer.stream().map(Start::nanoseconds).toList());
        var memory = Pairs.of(subject.stream().map(Start::megabytes).toList(), peer.stream().map(Start::megabytes).toList());
        return List.of(
                Line.atMost(1.3, name + ", first 200 on /health", Unit.NANOSECONDS, times, "bare Boot, same jars, AOT cache"),
                Line.atMost(1.3, name + ", resident when idle", Unit.MEGABYTES, memory, "bare Boot, same jars, AOT cache"),
                Line.note(name + ", aims", times.subject() <= aims.nanoseconds() && memory.subject() <= aims.megabytes() ? "reached" : "not reached here",
                        Unit.NANOSECONDS.written(aims.nanoseconds()) + ", " + Unit.MEGABYTES.written(aims.megabytes())));
    }

    private static Start start(List<String> command, Map<String, String> settings, long idleMillis) throws IOException, InterruptedException {
        try (var running = Running.start(command, settings)) {
            Thread.sleep(idleMillis);
            return new Start(running.firstAnswer().toNanos(), running.residentMegabytes());
        }
    }
}
