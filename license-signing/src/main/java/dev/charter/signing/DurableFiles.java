package dev.charter.signing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
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
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Writes files that only their owner can read, each wholly or not at all: a power cut leaves the old content or the new.
class DurableFiles {
    private static final String OWNER_ONLY_FILE = "rw-------";
    private static final String OWNER_ONLY_FOLDER = "rwx------";
    private static final String UNFINISHED = ".part";

    /// What is written in turn, and what a power cut may come before.
    enum Step { FOLDER, TEMPORARY, REST_OF_TEMPORARY, RENAME, AFTER_RENAME }

    /// Called before each step; tests cut the power here.
    void before(Step step, Path file) {}

    void write(Path file, byte[] content) {
        var folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a folder");
        var temporary = file.resolveSibling(file.getFileName() + UNFINISHED);
        try {
            before(Step.FOLDER, file);
            createFolder(folder);
            before(Step.TEMPORARY, file);
            Files.deleteIfExists(temporary);
            Files.createFile(temporary);
            ownerOnly(temporary, OWNER_ONLY_FILE);
            try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                writeFully(channel, ByteBuffer.wrap(content, 0, content.length / 2));
                before(Step.REST_OF_TEMPORARY, file);
                writeFully(channel, ByteBuffer.wrap(content, content.length / 2, content.length - content.length / 2));
                channel.force(true);
            }
            before(Step.RENAME, file);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            before(Step.AFTER_RENAME, file);
            force(folder);
        } catch (IOException fault) {
            throw new UncheckedIOException("The file " + file + " cannot be written", fault);
        }
    }

    Optional<byte[]> read(Path file) {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException fault) {
            throw new UncheckedIOException("The file " + file + " cannot be read", fault);
        }
    }

    /// Removes what writes that were cut off have left in the folder.
    void sweep(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var unfinished = Files.newDirectoryStream(folder, "*" + UNFINISHED)) {
            for (var file : unfinished) {
                Files.delete(file);
            }
        } catch (IOException fault) {
            throw new UncheckedIOException("The folder " + folder + " cannot be swept", fault);
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer content) throws IOException {
        while (content.hasRemaining()) {
            channel.write(content);
        }
    }

    private static void createFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        var parent = folder.getParent();
        if (parent != null) {
            // Folders above it are made as well, but they are not this vendor's to close: only what holds keys is owner-only.
            Files.createDirectories(parent);
        }
        Files.createDirectory(folder);
        ownerOnly(folder, OWNER_ONLY_FOLDER);
        if (parent != null) {
            force(parent);
        }
    }

    private static void ownerOnly(Path path, String permissions) throws IOException {
        if (Files.getFileAttributeView(path, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
            return;
        }
        var acl = Files.getFileAttributeView(path, AclFileAttributeView.class);
        if (acl != null) {
            acl.setAcl(List.of(AclEntry.newBuilder().setType(AclEntryType.ALLOW).setPrincipal(acl.getOwner()).setPermissions(EnumSet.allOf(AclEntryPermission.class)).build()));
        }
    }

    /// Makes a rename durable. Windows has no such thing for folders, and keeps renames in its journal.
    private static void force(Path folder) throws IOException {
        if (Files.getFileAttributeView(folder, PosixFileAttributeView.class) != null) {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
