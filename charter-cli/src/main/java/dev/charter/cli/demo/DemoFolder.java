package dev.charter.cli.demo;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Ending;
import dev.charter.cli.trust.Anchors;
import dev.charter.cli.trust.DemoFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// The data folder of `charter up`. A file in it marks it as made here: a folder without the mark is neither used nor deleted.
/// It is held by one `up` at a time.
final class DemoFolder implements AutoCloseable {
    private static final String MARK = ".charter-demo";
    private static final String LOCK = ".lock";

    private final Path folder;
    private final FileChannel lock;

    private DemoFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /// Takes the folder, which is made if it is missing.
    static DemoFolder take(Path folder) {
        try {
            if (Files.exists(folder) && !isMarked(folder) && !isEmpty(folder)) {
                throw CommandFailed.with(Ending.USAGE, "The folder " + folder + " holds files that charter up did not make. It is left as it is.", "Name another: --data DIR");
            }
            makeFolder(folder);
            // First of all, so that whatever is cut off later lies in a folder that is known as ours.
            write(folder.resolve(MARK), "Made by charter up. charter up --fresh deletes what is in this folder.\n");
            var lock = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isTaken(lock)) {
                return new DemoFolder(folder, lock);
            }
            lock.close();
        } catch (IOException unusable) {
            throw CommandFailed.with(Ending.NOT_PERMITTED, "The data folder " + folder + " cannot be used: " + unusable + ".", "Name another: --data DIR");
        }
        throw CommandFailed.with(Ending.REFUSED, "charter up runs on " + folder + " already.", "Use that one; or stop it first; or start another beside it: --data DIR --offset 20");
    }

    private static boolean isTaken(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    private static boolean isMarked(Path folder) {
        return Files.isRegularFile(folder.resolve(MARK));
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /// Deletes everything in it but the mark and the lock. Links are deleted, not followed.
    void clear() {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (!file.equals(folder.resolve(MARK)) && !file.equals(folder.resolve(LOCK))) {
                        Files.delete(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException fault) throws IOException {
                    if (!visited.equals(folder)) {
                        Files.delete(visited);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException stuck) {
            throw CommandFailed.with(Ending.NOT_PERMITTED, "Not everything in " + folder + " can be deleted: " + stuck + ".", "Delete the folder by hand, or name another: --data DIR");
        }
    }

    Path folder() {
        return folder;
    }

    Path vendor() {
        return folder.resolve("vendor");
    }

    Path root() {
        return vendor().resolve("root");
    }

    Path issuing() {
        return vendor().resolve("issuing");
    }

    Path passphrase() {
        return vendor().resolve("passphrase");
    }

    Path authority() {
        return folder.resolve("authority");
    }

    Path log() {
        return authority().resolve("authority.log");
    }

    Path token() {
        return folder.resolve(DemoFile.TOKEN);
    }

    Path trustAnchor() {
        return folder.resolve(Anchors.FILE);
    }

    Path demoFile() {
        return folder.resolve(DemoFile.NAME);
    }

    /// Where the authority lives.
    RunningProgram.Place authorityPlace() {
        return new RunningProgram.Place(authority(), log(), folder.resolve(".authority-process"));
    }

    /// Where the MQTT server lives.
    RunningProgram.Place mqttPlace() {
        return new RunningProgram.Place(mqttServer(), mqttServer().resolve("mqtt-server.log"), folder.resolve(".mqtt-server-process"));
    }

    /// Where the floating server lives.
    RunningProgram.Place floatingPlace() {
        return new RunningProgram.Place(floatingServer(), floatingServer().resolve("floating-server.log"), folder.resolve(".floating-server-process"));
    }

    Path floatingServer() {
        return folder.resolve("floating-server");
    }

    Path mqttServer() {
        return folder.resolve("mqtt-server");
    }

    /// Holds the token with which the MQTT server's console is set up; it is gone once that was done.
    Path setupToken() {
        return folder.resolve("mqtt-setup-token");
    }

    /// Holds the token with which the floating server's console is set up; it is gone once that was done.
    Path floatingSetupToken() {
        return folder.resolve("floating-setup-token");
    }

    /// Makes a folder that only its owner may read.
    static void makeFolder(Path folder) throws IOException {
        Files.createDirectories(folder, ofOwner("rwx------", folder));
    }

    /// Writes a file that only its owner may read: whole, or not at all.
    static void write(Path file, String content) throws IOException {
        var directory = file.toAbsolutePath().getParent();
        var draft = Files.createTempFile(directory == null ? Path.of(".") : directory, ".draft", "", ofOwner("rw-------", file));
        Files.writeString(draft, content, StandardCharsets.UTF_8);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static FileAttribute<?>[] ofOwner(String permissions, Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))} : new FileAttribute<?>[0];
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
