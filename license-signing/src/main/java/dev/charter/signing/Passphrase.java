package dev.charter.signing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Opens keys that are at rest. It prints as `***`, and closing it wipes it from memory.
public final class Passphrase implements AutoCloseable {
    /// Characters of the shortest passphrase under which new keys are kept.
    public static final int SHORTEST = 12;

    private final byte[] utf8;
    private final int characters;
    private boolean wiped;

    private Passphrase(byte[] utf8, int characters) {
        this.utf8 = utf8;
        this.characters = characters;
    }

    /// A copy; the caller wipes its own characters.
    public static Passphrase of(char[] characters) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters));
        var bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        Arrays.fill(encoded.array(), (byte) 0);
        return new Passphrase(bytes, characters.length);
    }

    /// The first line of a file, in UTF-8, without its line end.
    public static Passphrase read(Path file) {
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (IOException fault) {
            throw new UncheckedIOException("The passphrase cannot be read from " + file, fault);
        }
        int end = 0;
        while (end < content.length && content[end] != '\n' && content[end] != '\r') {
            end++;
        }
        var line = Arrays.copyOf(content, end);
        Arrays.fill(content, (byte) 0);
        return new Passphrase(line, StandardCharsets.UTF_8.decode(ByteBuffer.wrap(line)).length());
    }

    boolean isTooShort() {
        return characters < SHORTEST;
    }

    /// The secret itself; the caller wipes it.
    byte[] revealSecret() {
        synchronized (utf8) {
            if (wiped) {
                throw new IllegalStateException("the passphrase was wiped before it was used");
            }
            return utf8.clone();
        }
    }

    /// Wipes it from memory.
    @Override
    public void close() {
        synchronized (utf8) {
            wiped = true;
            Arrays.fill(utf8, (byte) 0);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
