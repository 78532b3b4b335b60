package dev.charter.floating.export;

import dev.charter.client.LeaseSigner;
import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.UsageLicense;
import dev.charter.format.UsageReport;
import dev.charter.format.json.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A file of one JSON object on each line, whose last line is a usage report that is signed in the name of a pool and names the digest of all lines before it. A file that was cut off has no such line.
final class SignedLines {
    private static final byte[] END = {'\n'};
    private final OutputStream out;
    private final MessageDigest digest;
    private long count;

    SignedLines(OutputStream out) {
        this.out = out;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    void add(JsonWriter line) throws IOException {
        add(JsonWriter.bytes(line.object()));
    }

    /// @param text a JSON object as it was kept
    void add(String text) throws IOException {
        add(text.getBytes(StandardCharsets.UTF_8));
    }

    private void add(byte[] line) throws IOException {
        write(line);
        count++;
    }

    private void write(byte[] line) throws IOException {
        digest.update(line);
        digest.update(END);
        out.write(line);
        out.write(END);
    }

    /// Writes the last line.
    ///
    /// @param of what the lines are, such as `usage`
    /// @param sequence grows by one with each report of the pool
    void sign(LeaseSigner signer, String of, long sequence, Instant from, Instant until, List<UsageReport.Reading> readings) throws IOException {
        var pool = UsageLicense.read(signer.pool().payload());
        var report = new UsageReport(pool.product(), pool.license().id(), pool.leaseKeys(), sequence, from, until, readings,
                Optional.of(new UsageReport.Records(of, count, new Digest(Bytes.of(digest.digest())))));
        out.write(signer.sign(report).toBytes());
        out.write(END);
    }

}
