package dev.charter.mqtt.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The folder in which a server keeps what is its own. Only its owner may read it, and only one server at a time has it open.
public final class DataFolder implements AutoCloseable {
    /// Where it listens, for other programs: `{"console": URL, "mqtt": URL, ...}`.
    public static final String ADDRESSES = "mqtt-server.json";
    private static final String LOCK = "mqtt-server.lock";

    private final Path folder;
    private final FileChannel lock;

    private DataFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /// Makes the folder if it is missing, and holds it until this is closed or the process ends, however it ends.
    ///
    /// @throws CannotStart when it cannot be made, or another server has it open
    public static DataFolder open(Path folder) {
        try {
            FilesOfOwner.makeFolder(folder);
            var channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isTaken(channel)) {
                return new DataFolder(folder, channel);
            }
            channel.close();
        } catch (IOException fault) {
            throw CannotStart.notAvailable("The data folder " + folder + " cannot be used: " + fault + ".");
        }
        throw CannotStart.notAvailable("Another MQTT server is running on the data folder " + folder + ". Stop it, or give this one its own: " + Setting.DATA.fullName() + ".");
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    public Path path() {
        return folder;
    }

    /// A file in it.
    public Path file(String name) {
        return folder.resolve(name);
    }

    /// A folder in it, which is made if it is missing.
    public Path folder(String name) {
        var inside = folder.resolve(name);
        try {
            FilesOfOwner.makeFolder(inside);
        } catch (IOException fault) {
            throw CannotStart.notAvailable("The folder " + inside + " cannot be made: " + fault + ".");
        }
        return inside;
    }

    /// Tells other programs where this server listens.
    public void tellAddresses(String json) {
        try {
            FilesOfOwner.write(file(ADDRESSES), json);
        } catch (IOException fault) {
            throw CannotStart.notAvailable("The addresses cannot be written into the data folder: " + fault + ".");
        }
    }

    /// Takes the addresses away and lets the next server have the folder.
    @Override
    public void close() {
        try (lock) {
            if (lock.isOpen()) {
                Files.deleteIfExists(file(ADDRESSES));
            }
        } catch (IOException fault) {
            throw new UncheckedIOException("the data folder could not be given back", fault);
        }
    }
}
