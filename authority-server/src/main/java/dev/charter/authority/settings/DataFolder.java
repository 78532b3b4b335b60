package dev.charter.authority.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The folder in which an authority keeps what is its own. Only its owner may read it, and only one authority at a time has it open.
public final class DataFolder implements AutoCloseable {
    private static final String LOCK = "authority.lock";
    private static final String ADDRESS = "authority.address";

    private final Path folder;
    private final FileChannel lock;

    private DataFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /// Makes the folder if it is missing, and locks it until this is closed or the process ends, however it ends.
    ///
    /// @throws CannotStart when it cannot be made, or another authority has it open
    public static DataFolder open(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                FilesOfOwner.makeFolder(folder);
            }
            var lock = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isTaken(lock)) {
                return new DataFolder(folder, lock);
            }
            lock.close();
        } catch (IOException fault) {
            throw CannotStart.notAvailable("The data folder " + folder + " cannot be used: " + fault + ".");
        }
        throw CannotStart.notAvailable("Another authority is running on the data folder " + folder + ". Stop it, or give this one a folder of its own.");
    }

    private static boolean isTaken(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    /// Tells other programs where this authority listens.
    public void tellAddress(String url) {
        try {
            FilesOfOwner.write(folder.resolve(ADDRESS), url + "\n");
        } catch (IOException fault) {
            throw CannotStart.notAvailable("The address cannot be written into the data folder: " + fault + ".");
        }
    }

    /// Takes the address away and lets the next authority have the folder.
    @Override
    public void close() {
        try (lock) {
            if (lock.isOpen()) {
                Files.deleteIfExists(folder.resolve(ADDRESS));
            }
        } catch (IOException fault) {
            throw new UncheckedIOException("the data folder could not be given back", fault);
        }
    }
}
