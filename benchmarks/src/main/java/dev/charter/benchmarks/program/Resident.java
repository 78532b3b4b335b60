package dev.charter.benchmarks.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// What the kernel (Linux, proc(5)) knows of a process.
public final class Resident {
    private static final long TICKS_PER_SECOND = 100; // USER_HZ, the same on every architecture that Java runs on

    private Resident() {}

    /// Resident memory in megabytes (of 1,000,000 bytes).
    public static double megabytes(long process) {
        try {
            return Files.readAllLines(Path.of("/proc/" + process + "/status")).stream().filter(line -> line.startsWith("VmRSS:")).findFirst()
                    .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024 / 1e6).orElseThrow(() -> new IllegalStateException("process " + process + " has no memory"));
        } catch (IOException e) {
            throw new UncheckedIOException("process " + process + " is gone", e);
        }
    }

    /// Processor time used so far by a process and everything it started, those that have ended among them.
    public static Duration processorTime(ProcessHandle process) {
        var own = ownProcessorTime(process.pid());
        return process.children().map(Resident::processorTime).reduce(own, Duration::plus);
    }

    private static Duration ownProcessorTime(long process) {
        try {
            var stat = Files.readString(Path.of("/proc/" + process + "/stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" "); // the name in brackets may hold anything; state is the third field
            long ticks = 0;
            for (int field : new int[] {14, 15, 16, 17}) { // utime, stime, and those of children that have ended
                ticks += Long.parseLong(fields[field - 3]);
            }
            return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
        } catch (IOException gone) {
            return Duration.ZERO; // it ended just now; its parent has its time
        }
    }
}
