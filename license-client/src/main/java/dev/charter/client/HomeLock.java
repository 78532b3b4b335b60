package dev.charter.client;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Keeps the home folder for one program at a time. The operating system frees it when the program ends, however it ends.
final class HomeLock implements AutoCloseable {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Waits that long for another program; throws [HomeInUse] after it, and [IOException] where the folder cannot be written.
    static HomeLock take(Path home, Duration wait) throws IOException {
        var channel = FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            long rest = wait.toNanos();
            while (tryLock(channel) == null) {
                if (rest <= 0 || Thread.currentThread().isInterrupted()) {
                    throw new HomeInUse(home);
                }
                java.util.concurrent.locks.LockSupport.parkNanos(Math.min(PAUSE_NANOS, rest));
                rest -= PAUSE_NANOS;
            }
            taken = true;
            return new HomeLock(channel);
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException sameProgram) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
