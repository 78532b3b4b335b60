package dev.charter.mqtt.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.springframework.stereotype.Component;

/// Passwords at rest: Argon2id (RFC 9106) with 19 MiB and two passes, in the usual text form `$argon2id$v=19$m=19456,t=2,p=1$SALT$HASH`. The parameters stand in
/// each text, so that others can be chosen later. At most two are computed at once: many who log in wait for each other, and memory stays bounded.
@Component
final class PasswordHash {
    static final int SHORTEST = 10;
    static final int LONGEST = 200;
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern FORM = Pattern.compile("\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,2}),p=([0-9]{1,2})\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

    private final SecureRandom random;
    private final Semaphore atOnce = new Semaphore(2, true);
    private final String ofNobody;

    PasswordHash(SecureRandom random) {
        this.random = random;
        this.ofNobody = hash(Base64.getEncoder().encodeToString(random.generateSeed(SALT_BYTES)));
    }

    /// @throws IllegalArgumentException with a sentence for the user, when the password is not worth hashing
    static void requireGood(String name, String password) {
        if (password.length() < SHORTEST || password.length() > LONGEST) {
            throw new IllegalArgumentException("A password has " + SHORTEST + " to " + LONGEST + " characters.");
        }
        if (password.equalsIgnoreCase(name) || password.chars().distinct().count() < 4) {
            throw new IllegalArgumentException("That password is too easy to guess. Take a few words.");
        }
    }

    String hash(String password) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=1$" + text(salt) + "$" + text(compute(password, salt, MEMORY_KIB, PASSES, 1, HASH_BYTES));
    }

    boolean matches(String password, String hash) {
        var parts = FORM.matcher(hash);
        if (!parts.matches()) {
            return false;
        }
        var expected = Base64.getDecoder().decode(parts.group(5));
        return MessageDigest.isEqual(expected, compute(password, Base64.getDecoder().decode(parts.group(4)), Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)), expected.length));
    }

    /// Takes as long as a real comparison, so that nobody learns by the time which names there are.
    void compareWithNobody(String password) {
        matches(password, ofNobody);
    }

    private byte[] compute(String password, byte[] salt, int memory, int passes, int lanes, int length) {
        atOnce.acquireUninterruptibly();
        try {
            var generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id).withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(memory).withIterations(passes).withParallelism(lanes).withSalt(salt).build());
            var hash = new byte[length];
            generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
            return hash;
        } finally {
            atOnce.release();
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
