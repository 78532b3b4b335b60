package dev.charter.authority.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The folder in which an authority keeps what is its own. Only its owner may read it, and only one authority at a time has it open.
public final class DataFolder implements AutoCloseable {
    private static final String LOCK = "authority.lock";
    private static final String ADDRESS = "authority.address";

    private final Path folder;
    private final Lock lock;

    private DataFolder(Path folder, Lock lock) {
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
        } catch (IOException fault) {
            throw CannotStart.notAvailable("The data folder " + folder + " cannot be made: " + fault + ".");
        }
        return new DataFolder(folder, Lock.take(folder.resolve(LOCK), "the data folder " + folder));
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
            if (lock.isHeld()) {
                Files.deleteIfExists(folder.resolve(ADDRESS));
            }
        } catch (IOException fault) {
            throw new UncheckedIOException("the data folder could not be given back", fault);
        }
    }
}
