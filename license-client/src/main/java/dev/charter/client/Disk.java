package dev.charter.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// The few things that are done to the files of a host's folder: another place for them than the file system, for a server whose nodes share one host. Each is one step that a power cut may stand before or
/// after, which is how it is tested. What cannot be done throws [IOException], and then the client goes on with what it has.
public interface Disk {
    /// The file's bytes; none when there is no such file.
    Optional<byte[]> read(Path file) throws IOException;

    /// Makes a file that only its owner can read, in place of any other of that name, and waits until its content is durable.
    void create(Path file, byte[] content) throws IOException;

    /// Gives the file the other's name, whose content is gone at the same moment.
    void replace(Path file, Path other) throws IOException;

    /// Waits until the names in the folder are durable.
    void sync(Path folder) throws IOException;
}
