package dev.charter.client;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/// The machine's own files.
final class FileDisk implements Disk {
    /// Far more than anything that is kept; what is larger is not ours.
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    @Override
    public Optional<byte[]> read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return Optional.of(in.readNBytes(MOST_BYTES));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    @Override
    public void create(Path file, byte[] content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, ownerOnly(file, "rw-------"));
        restrictAcl(file);
        // A stream and no channel: an interrupt closes a channel in the middle of its work.
        try (var out = new FileOutputStream(file.toFile())) {
            out.write(content);
            out.getFD().sync();
        }
    }

    @Override
    public void replace(Path file, Path other) throws IOException {
        Files.move(file, other, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void sync(Path folder) throws IOException {
        if (!isPosix(folder)) {
            return; // Windows cannot open a folder; it makes a rename durable with the file system's own log
        }
        boolean interrupted = Thread.interrupted();
        try {
            while (!forced(folder)) {
                interrupted = true;
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Whether it was done before an interrupt came, which closes a channel and is taken note of here.
    private static boolean forced(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
            return true;
        } catch (ClosedByInterruptException again) {
            return !Thread.interrupted();
        }
    }

    /// Makes the folder for its owner only, if it is missing.
    static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            var parent = folder.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(folder, ownerOnly(parent == null ? folder.getRoot() : parent, "rwx------"));
            restrictAcl(folder);
        }
    }

    /// From the first moment on, so that there is none at which others could open it.
    private static FileAttribute<?>[] ownerOnly(Path where, String permissions) {
        return isPosix(where) ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))} : new FileAttribute<?>[0];
    }

    private static void restrictAcl(Path file) throws IOException {
        var view = isPosix(file) ? null : Files.getFileAttributeView(file, AclFileAttributeView.class);
        if (view != null) {
            view.setAcl(List.of(AclEntry.newBuilder().setType(AclEntryType.ALLOW).setPrincipal(view.getOwner())
                    .setPermissions(EnumSet.allOf(AclEntryPermission.class)).build()));
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
