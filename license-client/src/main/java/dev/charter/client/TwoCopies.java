package dev.charter.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;

/// One thing that must not be lost, kept in two files. Each carries a generation and a checksum of everything in it; the newest whole one counts.
/// Both are written each time, one after the other, the older one first: a power cut at any moment leaves at least one whole copy.
/// A damaged copy is renamed and kept, and a whole one takes its place.
///
/// A copy is one line - `charter-host 1`, the generation, the SHA-256 of the generation, a NUL and the content - and then the content.
final class TwoCopies {
    private static final String MARK = "charter-host 1 ";
    private static final int MOST_SET_ASIDE = 99;

    private final Disk disk;
    private final Path folder;
    private final String name;
    private final Consumer<String> notices;
    private long generation;
    private int older = 1;

    TwoCopies(Disk disk, Path folder, String name, Consumer<String> notices) {
        this.disk = disk;
        this.folder = folder;
        this.name = name;
        this.notices = notices;
    }

    /// What reading found.
    sealed interface Found {
        record Whole(byte[] content) implements Found {}

        /// Never written.
        record Nothing() implements Found {}

        /// Written once, and no copy is whole any more.
        record Lost() implements Found {}
    }

    private sealed interface Copy {
        record Whole(long generation, byte[] content) implements Copy {}

        record Absent() implements Copy {}

        record Damaged() implements Copy {}
    }

    /// Reads the newest whole copy, sets a damaged one aside, and heals what is missing, damaged or older. What cannot be healed now is a notice.
    Found read() throws IOException {
        var first = copy(1);
        var second = copy(2);
        setAsideIfDamaged(1, first);
        setAsideIfDamaged(2, second);
        long one = generation(first);
        long two = generation(second);
        if (one < 0 && two < 0) {
            return first instanceof Copy.Damaged || second instanceof Copy.Damaged || wasSetAside() ? new Found.Lost() : new Found.Nothing();
        }
        generation = Math.max(one, two);
        older = one < two ? 1 : 2;
        var newest = (Copy.Whole) (one < two ? second : first);
        if (one != two) {
            heal(newest.content());
        }
        return new Found.Whole(newest.content());
    }

    /// Durable in both copies when it returns. Where it throws, one copy may hold the new content: only reading tells.
    void write(byte[] content) throws IOException {
        var bytes = encode(generation + 1, content);
        int begin = older;
        put(begin, bytes);
        generation++;
        older = 3 - begin;
        put(older, bytes);
    }

    Path file(int copy) {
        return folder.resolve(name + "-" + copy);
    }

    private void put(int copy, byte[] bytes) throws IOException {
        var written = folder.resolve(name + "-" + copy + ".new");
        disk.create(written, bytes);
        disk.replace(written, file(copy));
        disk.sync(folder);
    }

    private void heal(byte[] content) {
        try {
            put(older, encode(generation, content));
        } catch (IOException later) {
            notices.accept("The second copy of " + file(older) + " cannot be written: " + later + ". It is tried again with the next change.");
        }
    }

    private static long generation(Copy copy) {
        return copy instanceof Copy.Whole whole ? whole.generation() : -1;
    }

    private Copy copy(int copy) throws IOException {
        try {
            var bytes = disk.read(file(copy));
            return bytes.isEmpty() ? new Copy.Absent() : decode(bytes.get());
        } catch (AccessDeniedException otherUser) {
            throw otherUser; // nothing is damaged: the program runs as somebody else
        } catch (IOException badSector) {
            notices.accept("The file " + file(copy) + " cannot be read: " + badSector);
            return new Copy.Damaged();
        }
    }

    private void setAsideIfDamaged(int copy, Copy found) {
        if (!(found instanceof Copy.Damaged)) {
            return;
        }
        var aside = asideName();
        try {
            disk.replace(file(copy), aside);
            disk.sync(folder);
            notices.accept("The file " + file(copy) + " was damaged. It is kept as " + aside.getFileName() + "; the second copy is used where it is whole.");
        } catch (IOException readOnly) {
            notices.accept("The file " + file(copy) + " is damaged and cannot be renamed: " + readOnly + ". The second copy is used where it is whole.");
        }
    }

    private Path asideName() {
        int number = 1;
        while (number < MOST_SET_ASIDE && Files.exists(aside(number))) {
            number++;
        }
        return aside(number);
    }

    private Path aside(int number) {
        return folder.resolve(name + ".damaged-" + number);
    }

    private boolean wasSetAside() {
        return Files.exists(aside(1));
    }

    static byte[] encode(long generation, byte[] content) {
        var header = (MARK + generation + " " + checksum(generation, content) + "\n").getBytes(StandardCharsets.US_ASCII);
        var bytes = new byte[header.length + content.length];
        System.arraycopy(header, 0, bytes, 0, header.length);
        System.arraycopy(content, 0, bytes, header.length, content.length);
        return bytes;
    }

    private static Copy decode(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        var header = new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
        var content = end < bytes.length ? java.util.Arrays.copyOfRange(bytes, end + 1, bytes.length) : new byte[0];
        return readGeneration(header)
                // Written again and compared to the letter: one content has one spelling.
                .filter(number -> java.util.Arrays.equals(encode(number, content), bytes))
                .<Copy>map(number -> new Copy.Whole(number, content)).orElseGet(Copy.Damaged::new);
    }

    private static Optional<Long> readGeneration(String header) {
        var parts = header.startsWith(MARK) ? header.substring(MARK.length()).split(" ", -1) : new String[0];
        if (parts.length != 2 || !parts[0].matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        return Optional.of(Long.parseLong(parts[0]));
    }

    private static String checksum(long generation, byte[] content) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(Long.toString(generation).getBytes(StandardCharsets.US_ASCII));
            sha256.update((byte) 0);
            return HexFormat.of().formatHex(sha256.digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
