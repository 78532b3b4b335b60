package dev.charter.floating.lease;

import dev.charter.floating.seal.Seal;
import dev.charter.format.Bytes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// The epochs that leases carry and hosts bring back: a number, the time, and a seal by which nobody but this server makes one. A host that brings a number that the database does not know of
/// yet shows that the database is an old one.
final class Epochs {
    private static final int CONTENT_LENGTH = 2 * Long.BYTES;
    private static final int SEAL_LENGTH = 16;
    private final Seal seal;

    Epochs(Seal seal) {
        this.seal = seal;
    }

    /// @param number grows with each lease of the host
    /// @param at when it was given
    record Epoch(long number, Instant at) {}

    Bytes of(String pool, String host, Epoch epoch) {
        return Bytes.of(ByteBuffer.allocate(CONTENT_LENGTH + SEAL_LENGTH).putLong(epoch.number).putLong(epoch.at.toEpochMilli()).put(sealOf(pool, host, epoch)).array());
    }

    /// An epoch that this server gave that host; empty for anything else.
    Optional<Epoch> read(String pool, String host, Bytes epoch) {
        if (epoch.length() != CONTENT_LENGTH + SEAL_LENGTH) {
            return Optional.empty();
        }
        var bytes = epoch.toArray();
        var content = ByteBuffer.wrap(bytes);
        var read = new Epoch(content.getLong(), Instant.ofEpochMilli(content.getLong()));
        return MessageDigest.isEqual(Arrays.copyOfRange(bytes, CONTENT_LENGTH, bytes.length), sealOf(pool, host, read)) ? Optional.of(read) : Optional.empty();
    }

    private byte[] sealOf(String pool, String host, Epoch epoch) {
        return Arrays.copyOf(seal.over("epoch", pool, host, epoch.number, epoch.at.toEpochMilli()), SEAL_LENGTH);
    }
}
