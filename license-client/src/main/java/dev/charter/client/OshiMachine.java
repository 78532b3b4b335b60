package dev.charter.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import oshi.SystemInfo;
import oshi.hardware.HWDiskStore;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.util.ExecutingCommand;

/// The marks of this machine, read with OSHI. Each is read for itself: one that cannot be read does not hide the others. Takes up to a second or two.
final class OshiMachine implements Machine {
    private static final System.Logger LOG = System.getLogger(LicenseClient.class.getName());

    @Override
    public Map<String, String> marks() {
        var marks = new HashMap<String, String>();
        put(marks, "machine", OshiMachine::machineId);
        put(marks, "board", OshiMachine::board);
        put(marks, "disk", OshiMachine::systemDisk);
        put(marks, "network", OshiMachine::network);
        return marks;
    }

    private static void put(Map<String, String> marks, String name, Supplier<Optional<String>> read) {
        try {
            read.get().ifPresent(value -> marks.put(name, value));
        } catch (RuntimeException | LinkageError unreadable) {
            // A native library that this system does not have, or a right that this user does not have: one mark less.
            LOG.log(System.Logger.Level.INFO, () -> "The mark \"" + name + "\" of this machine cannot be read: " + unreadable);
        }
    }

    private static HardwareAbstractionLayer hardware() {
        return new SystemInfo().getHardware();
    }

    /// The operating system's own ID (machine-id(5) on Linux, MachineGuid on Windows), else the hardware's UUID.
    private static Optional<String> machineId() {
        if (System.getProperty("os.name", "").startsWith("Windows")) {
            return ExecutingCommand.runNative(new String[] {"reg", "query", "HKLM\\SOFTWARE\\Microsoft\\Cryptography", "/v", "MachineGuid", "/reg:64"}).stream()
                    .filter(line -> line.contains("MachineGuid")).map(line -> line.strip().replaceFirst(".*\\s", "")).filter(OshiMachine::counts).findFirst();
        }
        return Stream.of("/etc/machine-id", "/var/lib/dbus/machine-id").map(OshiMachine::firstLine).flatMap(Optional::stream).filter(OshiMachine::counts).findFirst()
                .or(() -> Optional.of(hardware().getComputerSystem().getHardwareUUID()).filter(OshiMachine::counts));
    }

    private static Optional<String> firstLine(String file) {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.findFirst().map(String::strip);
        } catch (IOException | java.io.UncheckedIOException absent) {
            return Optional.empty();
        }
    }

    private static Optional<String> board() {
        var computer = hardware().getComputerSystem();
        return Stream.<Supplier<String>>of(() -> computer.getBaseboard().getSerialNumber(), computer::getHardwareUUID).map(Supplier::get).filter(OshiMachine::counts).findFirst();
    }

    /// The disk that the system runs from; where that cannot be told, the first by name.
    private static Optional<String> systemDisk() {
        var windowsRoot = System.getenv().getOrDefault("SystemDrive", "C:");
        return hardware().getDiskStores().stream().filter(disk -> counts(disk.getSerial()))
                .min(Comparator.<HWDiskStore, Boolean>comparing(disk -> disk.getPartitions().stream()
                        .noneMatch(p -> p.getMountPoint().equals("/") || p.getMountPoint().regionMatches(true, 0, windowsRoot, 0, windowsRoot.length())))
                        .thenComparing(HWDiskStore::getName))
                .map(disk -> disk.getSerial().strip());
    }

    private static Optional<String> network() {
        return PermanentMac.of(hardware().getNetworkIFs(false).stream()
                .map(i -> new PermanentMac.Interface(i.getName(), i.getMacaddr())).toList());
    }

    private static boolean counts(String value) {
        return !SharedValues.contains(value);
    }
}
