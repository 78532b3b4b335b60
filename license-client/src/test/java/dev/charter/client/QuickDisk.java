package dev.charter.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// Real files that nobody waits for: for tests that write often and pull no plug.
class QuickDisk implements Disk {
    @Override
    public Optional<byte[]> read(Path file) throws IOException {
        return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    @Override
    public void create(Path file, byte[] content) throws IOException {
        Files.write(file, content);
    }

    @Override
    public void replace(Path file, Path other) throws IOException {
        Files.move(file, other, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void sync(Path folder) {
        // Nobody waits.
    }
}
