package dev.charter.benchmarks.floating;

import dev.charter.benchmarks.Folders;
import dev.charter.benchmarks.Line;
import dev.charter.benchmarks.Vendor;
import dev.charter.benchmarks.program.FloatingPrograms;
import dev.charter.benchmarks.program.Running;
import dev.charter.benchmarks.start.StartLines;
import dev.charter.format.LeaseProfile;
import dev.charter.signing.Strength;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The lines about the floating server: a classical vendor's pool on SQLite.
public final class FloatingLines {
    private static final int SEATS = 1_000_000;
    private static final double AIM_START_NANOSECONDS = 3e9;
    private static final double AIM_IDLE_MEGABYTES = 170;

    private FloatingLines() {}

    public static List<Line> measure(boolean quick, FloatingPrograms programs) throws Exception {
        var folder = Folders.temporary("floating");
        try {
            var vendor = Vendor.of(Strength.CLASSICAL);
            var lines = new ArrayList<Line>();
            var rates = folder(folder, "rates", vendor, programs);
            try (var running = Running.start(programs.server().command(), rates.settings()); var bare = Running.start(programs.bare(), Map.of())) {
                lines.addAll(new SeatRounds(quick ? new SeatRounds.Effort(500, 1, 2) : new SeatRounds.Effort(2_000, 2, 6), running, bare, folder.resolve("plain.db")).run());
            }
            lines.addAll(Herd.lines(quick ? 1_000 : 10_000, programs, folder(folder, "herd", vendor, programs)));
            lines.addAll(ManyLeases.lines(quick, programs, folder(folder, "few", vendor, programs), folder(folder, "many", vendor, programs)));
            var idle = folder(folder, "idle", vendor, programs);
            lines.addAll(StartLines.beside("floating server", new StartLines.Subject(programs.server().command(), idle.settings()), programs.bare(), quick,
                    new StartLines.Aims(AIM_START_NANOSECONDS, AIM_IDLE_MEGABYTES)));
            return lines;
        } finally {
            Folders.delete(folder);
        }
    }

    /// A licensed server that is stopped.
    private static FloatingFolder folder(Path folder, String name, Vendor vendor, FloatingPrograms programs) throws Exception {
        var made = FloatingFolder.make(folder.resolve(name), vendor);
        try (var running = Running.start(programs.server().command(), made.settings())) {
            made.license(running, vendor, SEATS, LeaseProfile.PLANT);
        }
        return made;
    }
}
