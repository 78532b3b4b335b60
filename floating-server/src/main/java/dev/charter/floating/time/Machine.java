package dev.charter.floating.time;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/// The clocks of the machine that the server runs on.
///
/// @param wall the one that people set
/// @param nanos one that only goes forward
/// @param boot names the time since the machine was booted, in which `nanos` of several processes have one origin; none where that is not known
public record Machine(InstantSource wall, LongSupplier nanos, Optional<String> boot) {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /// This machine. Linux tells one boot from another, and its Java counts all processes' nanoseconds from the boot.
    public static Machine thisOne(InstantSource wall) {
        Optional<String> boot;
        try {
            boot = Files.isReadable(BOOT_ID) ? Optional.of(Files.readString(BOOT_ID).strip()) : Optional.empty();
        } catch (IOException unreadable) {
            boot = Optional.empty();
        }
        return new Machine(wall, System::nanoTime, boot);
    }
}
