package dev.charter.floating.lease;

import dev.charter.floating.seal.Seal;
import dev.charter.format.Bytes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.OptionalLong;

/// The epochs that leases carry and hosts bring back: a number, and a seal by which nobody but this server makes one. A host that brings a number that the database does not know of
/// yet shows that the database is an old one.
final class Epochs {
    private static final int SEAL_LENGTH = 16;
    private final Seal seal;

    Epochs(Seal seal) {
        this.seal = seal;
    }

    Bytes of(String pool, String host, long number) {
        return Bytes.of(ByteBuffer.allocate(Long.BYTES + SEAL_LENGTH).putLong(number).put(sealOf(pool, host, number)).array());
    }

    /// The number of an epoch that this server gave that host; empty for anything else.
    OptionalLong number(String pool, String host, Bytes epoch) {
        if (epoch.length() != Long.BYTES + SEAL_LENGTH) {
            return OptionalLong.empty();
        }
        var bytes = epoch.toArray();
        long number = ByteBuffer.wrap(bytes).getLong();
        return MessageDigest.isEqual(Arrays.copyOfRange(bytes, Long.BYTES, bytes.length), sealOf(pool, host, number)) ? OptionalLong.of(number) : OptionalLong.empty();
    }

    private byte[] sealOf(String pool, String host, long number) {
        return Arrays.copyOf(seal.over("epoch", pool, host, number), SEAL_LENGTH);
    }
}
