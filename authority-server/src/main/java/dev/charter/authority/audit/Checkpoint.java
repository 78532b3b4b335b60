package dev.charter.authority.audit;

import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// The heads of chains that have grown, chained in turn. Who cuts a chain or makes it anew has to make every later checkpoint anew, and their hashes stand in the program's log as well.
///
/// @param number from 1
/// @param coveredUntil entries up to this time were looked at
/// @param hash SHA-256 (FIPS 180-4) of the hash before it and of lines of text: number and time, then each head, in the order of the licenses' IDs
record Checkpoint(long number, Instant at, Instant coveredUntil, Bytes hash) {
    /// Before the first one.
    static final Checkpoint NONE = new Checkpoint(0, Instant.EPOCH, Instant.EPOCH, Bytes.of(new byte[Digest.LENGTH]));

    /// The next one, over these heads.
    Checkpoint next(Instant now, Instant covered, List<Chain> heads) {
        return new Checkpoint(number + 1, now, covered, hashAfter(number + 1, now, heads));
    }

    /// What the hash of the one after this must be.
    Bytes hashAfter(long nextNumber, Instant nextAt, List<Chain> heads) {
        var hashed = new ByteArrayOutputStream();
        hashed.writeBytes(hash.toArray());
        hashed.writeBytes((nextNumber + " " + nextAt.toEpochMilli() + "\n").getBytes(StandardCharsets.UTF_8));
        heads.stream().sorted(Comparator.comparing(Chain::license))
                .forEach(head -> hashed.writeBytes((head.license() + " " + head.length() + " " + head.head().toBase64Url() + "\n").getBytes(StandardCharsets.UTF_8)));
        return Digest.of(hashed.toByteArray()).value();
    }
}
