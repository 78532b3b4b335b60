package dev.charter.cli.inspect;

import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.DocumentKind;
import dev.charter.format.DocumentRejected;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/// What a floating server exported: a file of any length, whose last line is a signed report that names the digest of the lines above it.
///
/// @param report the last line; none: the file was cut off
/// @param count how many lines are above it
/// @param asSigned whether they are those that the report names
record ExportedLines(Optional<SignedDocument> report, long count, boolean asSigned) {
    private static final byte[] BEGIN = "{\"export\":".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_LAST_LINE = 1 << 20;
    private static final int BLOCK = 1 << 16;

    /// Empty where the file is no export.
    static Optional<ExportedLines> in(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        try (var file = FileChannel.open(path)) {
            if (!Arrays.equals(read(file, 0, BEGIN.length), BEGIN)) {
                return Optional.empty();
            }
            long from = Math.max(0, file.size() - LONGEST_LAST_LINE);
            var tail = read(file, from, LONGEST_LAST_LINE);
            int end = tail.length > 0 && tail[tail.length - 1] == '\n' ? tail.length - 1 : tail.length;
            int begin = end;
            while (begin > 0 && tail[begin - 1] != '\n') {
                begin--;
            }
            var report = report(Arrays.copyOfRange(tail, begin, end));
            return Optional.of(report.isEmpty() ? new ExportedLines(report, 0, false) : compared(file, from + begin, report.get()));
        }
    }

    private static Optional<SignedDocument> report(byte[] line) {
        try {
            return Optional.of(SignedDocument.read(line)).filter(document -> document.claimedKind() == DocumentKind.USAGE_REPORT && UsageReport.read(document.payload()).records().isPresent());
        } catch (DocumentRejected noDocument) {
            return Optional.empty();
        }
    }

    private static ExportedLines compared(FileChannel file, long end, SignedDocument report) throws IOException {
        var digest = sha256();
        long count = 0;
        for (long at = 0; at < end; at += BLOCK) {
            var block = read(file, at, (int) Math.min(BLOCK, end - at));
            digest.update(block);
            for (byte b : block) {
                count += b == '\n' ? 1 : 0;
            }
        }
        var records = UsageReport.read(report.payload()).records().orElseThrow();
        return new ExportedLines(Optional.of(report), count, records.count() == count && records.digest().equals(new Digest(Bytes.of(digest.digest()))));
    }

    private static byte[] read(FileChannel file, long from, int most) throws IOException {
        var buffer = ByteBuffer.allocate((int) Math.max(0, Math.min(most, file.size() - from)));
        while (buffer.hasRemaining() && file.read(buffer, from + buffer.position()) >= 0) {
            // until it is full
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
