package dev.charter.authority.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Files and folders that only their owner may read, from the moment they appear. Where the file system knows no POSIX permissions, its own defaults hold.
public final class FilesOfOwner {
    private FilesOfOwner() {}

    static void makeFolder(Path folder) throws IOException {
        var parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.createDirectory(folder, permissions(folder, "rwx------"));
    }

    /// The file appears whole and durable, or not at all; one that is there already is replaced.
    public static void write(Path file, String content) throws IOException {
        var draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.deleteIfExists(draft);
        try (var channel = FileChannel.open(draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), permissions(draft, "rw-------"))) {
            var bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolder(file);
    }

    private static void syncFolder(Path file) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder != null && knowsPermissions(folder)) {
            try (var channel = FileChannel.open(folder)) {
                channel.force(true);
            }
        }
    }

    private static FileAttribute<?>[] permissions(Path of, String permissions) throws IOException {
        var folder = of.toAbsolutePath().getParent();
        return folder != null && knowsPermissions(folder)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }

    private static boolean knowsPermissions(Path existing) throws IOException {
        return Files.getFileStore(existing).supportsFileAttributeView("posix");
    }
}
