package dev.charter.signing;

import java.util.Arrays;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// How dear guessing a passphrase is (Argon2id, RFC 9106). It stands in each key's file, so that new files can be made dearer while the old ones still open.
///
/// @param memoryKib memory for one guess, in KiB: 8 for each lane to 4 GiB
/// @param iterations passes over it: 1 to 64
/// @param parallelism lanes: 1 to 64
public record Argon2Cost(int memoryKib, int iterations, int parallelism) {
    /// The second choice of RFC 9106, section 4, for programs that have not 2 GiB to spare: 64 MiB, three passes, four lanes.
    public static final Argon2Cost RFC_9106 = new Argon2Cost(64 * 1024, 3, 4);

    static final int SALT_LENGTH = 16;
    private static final int KEY_LENGTH = 32;

    public Argon2Cost {
        // The upper bounds keep an altered file from tying up the program that reads it.
        if (parallelism < 1 || parallelism > 64 || iterations < 1 || iterations > 64 || memoryKib < 8 * parallelism || memoryKib > 4 * 1024 * 1024) {
            throw new IllegalArgumentException("Argon2id cannot run with " + memoryKib + " KiB, " + iterations + " passes and " + parallelism + " lanes");
        }
    }

    /// A key of 256 bits; the caller wipes it.
    byte[] derive(Passphrase passphrase, byte[] salt) {
        var secret = passphrase.revealSecret();
        try {
            var argon2 = new Argon2BytesGenerator();
            argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id).withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(memoryKib).withIterations(iterations).withParallelism(parallelism).withSalt(salt).build());
            var key = new byte[KEY_LENGTH];
            argon2.generateBytes(secret, key);
            return key;
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
