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
import java.util.List;
import java.util.Map;

/// The lines about the floating server: a classical vendor's pool on SQLite.
public final class FloatingLines {
    private static final int SEATS = 1_000_000;
    private static final double AIM_START_NANOSECONDS = 3e9;
    private static final double AIM_IDLE_MEGABYTES = 170;

    private FloatingLines() {}

    /// What taking a seat, keeping it and giving it back costs.
    public static List<Line> seats(boolean quick, FloatingPrograms programs) throws Exception {
        return inFolder((folder, vendor) -> {
            var rates = folder(folder, "rates", vendor, programs);
            try (var running = Running.start(programs.server().command(), rates.settings()); var bare = Running.start(programs.bare(), Map.of())) {
                return new SeatRounds(quick ? new SeatRounds.Effort(500, 1, 2) : new SeatRounds.Effort(2_000, 2, 6), running, bare, folder.resolve("plain.db")).run();
            }
        });
    }

    /// Many products that come back after a restart.
    public static List<Line> herd(boolean quick, FloatingPrograms programs) throws Exception {
        return inFolder((folder, vendor) -> Herd.lines(quick ? 1_000 : 10_000, programs, folder(folder, "herd", vendor, programs)));
    }

    /// Many living leases.
    public static List<Line> leases(boolean quick, FloatingPrograms programs) throws Exception {
        return inFolder((folder, vendor) -> ManyLeases.lines(quick, programs, folder(folder, "few", vendor, programs), folder(folder, "many", vendor, programs)));
    }

    /// Its start, and its memory when it is idle.
    public static List<Line> start(boolean quick, FloatingPrograms programs) throws Exception {
        return inFolder((folder, vendor) -> StartLines.beside("floating server", new StartLines.Subject(programs.server().command(), folder(folder, "idle", vendor, programs).settings()), programs.bare(),
                quick, new StartLines.Aims(AIM_START_NANOSECONDS, AIM_IDLE_MEGABYTES)));
    }

    private interface Measurement {
        List<Line> measure(Path folder, Vendor vendor) throws Exception;
    }

    private static List<Line> inFolder(Measurement measurement) throws Exception {
        var folder = Folders.temporary("floating");
        try {
            return measurement.measure(folder, Vendor.of(Strength.CLASSICAL));
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
