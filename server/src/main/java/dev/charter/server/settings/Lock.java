package dev.charter.server.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file that one process at a time holds, until it lets go or ends, however it ends.
public final class Lock implements AutoCloseable {
    private final FileChannel held;

    private Lock(FileChannel held) {
        this.held = held;
    }

    /// Makes the file if it is missing, and takes it.
    ///
    /// @param holder who takes it, as in "another MQTT server"
    /// @param what it guards, such as `the data folder x`
    /// @param setting the setting that names what it guards
    /// @throws CannotStart when somebody else holds it, or it cannot be made
    public static Lock take(Path file, String holder, String what, String setting) {
        try {
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isTaken(channel)) {
                return new Lock(channel);
            }
            channel.close();
        } catch (IOException fault) {
            throw CannotStart.notAvailable("The file " + file + " cannot be used: " + fault + ".");
        }
        throw CannotStart.notAvailable("Another " + holder + " is running on " + what + ". Stop it, or give this one its own: " + setting + ".");
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    boolean isHeld() {
        return held.isOpen();
    }

    @Override
    public void close() {
        try {
            held.close();
        } catch (IOException fault) {
            throw new UncheckedIOException("a lock could not be given back", fault);
        }
    }
}
