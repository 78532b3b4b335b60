package dev.charter.server.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The folder in which a server keeps what is its own. Only its owner may read it, and only one server at a time has it open.
public final class DataFolder implements AutoCloseable {
    private final Path folder;
    private final String addresses;
    private final Lock lock;

    private DataFolder(Path folder, String addresses, Lock lock) {
        this.folder = folder;
        this.addresses = addresses;
        this.lock = lock;
    }

    /// Makes the folder if it is missing, and holds it until this is closed or the process ends, however it ends.
    ///
    /// @param program whose folder it is; its setting `DATA` names it
    /// @param addresses the file that tells other programs where the server listens
    /// @throws CannotStart when it cannot be made, or another server has it open
    public static DataFolder open(Path folder, Program program, String addresses) {
        try {
            FilesOfOwner.makeFolder(folder);
        } catch (IOException fault) {
            throw CannotStart.notAvailable("The data folder " + folder + " cannot be made: " + fault + ".");
        }
        return new DataFolder(folder, addresses, Lock.take(folder.resolve(program.file() + ".lock"), program.name(), "the data folder " + folder, program.setting("DATA")));
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
    public void tellAddresses(String content) {
        try {
            FilesOfOwner.write(file(addresses), content);
        } catch (IOException fault) {
            throw CannotStart.notAvailable("The addresses cannot be written into the data folder: " + fault + ".");
        }
    }

    /// Takes the addresses away and lets the next server have the folder.
    @Override
    public void close() {
        try (lock) {
            if (lock.isHeld()) {
                Files.deleteIfExists(file(addresses));
            }
        } catch (IOException fault) {
            throw new UncheckedIOException("the data folder could not be given back", fault);
        }
    }
}
