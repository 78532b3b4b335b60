package dev.charter.cli.inspect;

import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.DocumentKind;
import dev.charter.format.DocumentRejected;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/// What a floating server exported: lines of any number, the last of which is a signed report that names the digest of the lines above it.
///
/// @param report the last line; none: the file was cut off
/// @param count how many lines are above it
/// @param asSigned whether they are those that the report names
record ExportedLines(Optional<SignedDocument> report, long count, boolean asSigned) {
    private static final byte[] BEGIN = "{\"export\":".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_LAST_LINE = 1 << 20;
    private static final int BLOCK = 1 << 16;

    /// Empty where it is no export; then nothing was read of it.
    ///
    /// @param content which can be marked; it is read once, to its end
    static Optional<ExportedLines> in(InputStream content) throws IOException {
        content.mark(BEGIN.length);
        boolean begins = Arrays.equals(content.readNBytes(BEGIN.length), BEGIN);
        content.reset();
        if (!begins) {
            return Optional.empty();
        }
        var above = new LinesAbove();
        var block = new byte[BLOCK];
        for (int read = content.read(block); read >= 0; read = content.read(block)) {
            above.add(block, read);
        }
        var report = report(above.lastLine());
        return Optional.of(new ExportedLines(report, above.count, report.filter(above::areSignedBy).isPresent()));
    }

    /// All lines but the last, digested as they come.
    private static final class LinesAbove {
        private final MessageDigest digest = sha256();
        private final ByteArrayOutputStream newest = new ByteArrayOutputStream();
        private boolean ended;
        private boolean tooLong;
        private long count;

        void add(byte[] block, int length) {
            for (int from = 0; from < length;) {
                if (ended) { // another line follows
                    flush();
                    count++;
                    ended = false;
                    tooLong = false;
                }
                int to = from;
                while (to < length && block[to] != '\n') {
                    to++;
                }
                ended = to < length;
                int next = ended ? to + 1 : to;
                newest.write(block, from, next - from);
                from = next;
                if (newest.size() > LONGEST_LAST_LINE) {
                    tooLong = true;
                    flush();
                }
            }
        }

        private void flush() {
            digest.update(newest.toByteArray());
            newest.reset();
        }

        /// Without its end; empty where it is longer than any document.
        byte[] lastLine() {
            return tooLong ? new byte[0] : Arrays.copyOf(newest.toByteArray(), newest.size() - (ended ? 1 : 0));
        }

        boolean areSignedBy(SignedDocument report) {
            var records = UsageReport.read(report.payload()).records().orElseThrow();
            return records.count() == count && records.digest().equals(new Digest(Bytes.of(digest.digest())));
        }
    }

    private static Optional<SignedDocument> report(byte[] line) {
        try {
            return Optional.of(SignedDocument.read(line)).filter(document -> document.claimedKind() == DocumentKind.USAGE_REPORT && UsageReport.read(document.payload()).records().isPresent());
        } catch (DocumentRejected noDocument) {
            return Optional.empty();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
