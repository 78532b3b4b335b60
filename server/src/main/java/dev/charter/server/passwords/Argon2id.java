package dev.charter.server.passwords;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Argon2id (RFC 9106) with 19 MiB and two passes, in the usual text form `$argon2id$v=19$m=19456,t=2,p=1$SALT$HASH`. The parameters stand in each text, so that others
/// can be chosen later, and texts of others are understood. Each computation takes that memory: how many run at once is for the caller to bound.
public final class Argon2id {
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern FORM = Pattern.compile("\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,2}),p=([0-9]{1,2})\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");
    private static final int MOST_MEMORY_KIB = 262_144;
    private static final int MOST_PASSES = 10;

    private Argon2id() {}

    /// What a text holds.
    private record Parts(int memoryKib, int passes, int lanes, String salt, String hash) {

        static Optional<Parts> of(String text) {
            var parts = FORM.matcher(text);
            return parts.matches() ? Optional.of(new Parts(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)), parts.group(4), parts.group(5)))
                    .filter(Parts::canBeComputed) : Optional.empty();
        }

        /// RFC 9106, section 3.1, asks for eight blocks of memory for each lane at least.
        private boolean canBeComputed() {
            return lanes >= 1 && memoryKib >= 8 * lanes && memoryKib <= MOST_MEMORY_KIB && passes >= 1 && passes <= MOST_PASSES;
        }

        boolean matches(byte[] password) {
            var expected = Base64.getDecoder().decode(hash);
            return MessageDigest.isEqual(expected, compute(password, Base64.getDecoder().decode(salt), memoryKib, passes, lanes, expected.length));
        }
    }

    /// The text of a password, with a new salt.
    public static String hash(byte[] password, SecureRandom random) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=1$" + base64(salt) + "$" + base64(compute(password, salt, MEMORY_KIB, PASSES, 1, HASH_BYTES));
    }

    /// Whether the text is a hash that can be compared with: of its form, and at a bearable cost.
    public static boolean isHash(String text) {
        return Parts.of(text).isPresent();
    }

    /// Whether the text is that password's; no where it is no hash.
    public static boolean matches(byte[] password, String text) {
        return Parts.of(text).map(parts -> parts.matches(password)).orElse(false);
    }

    private static byte[] compute(byte[] password, byte[] salt, int memoryKib, int passes, int lanes, int length) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id).withVersion(Argon2Parameters.ARGON2_VERSION_13).withSalt(salt).withMemoryAsKB(memoryKib)
                .withIterations(passes).withParallelism(lanes).build());
        var hash = new byte[length];
        generator.generateBytes(password, hash);
        return hash;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
