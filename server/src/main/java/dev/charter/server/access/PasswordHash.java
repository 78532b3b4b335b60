package dev.charter.server.access;

import dev.charter.server.passwords.Argon2id;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Passwords of the console's users, kept as [Argon2id]. At most two are computed at once: many who log in wait for each other, and memory stays bounded.
final class PasswordHash {
    static final int SHORTEST = 10;
    static final int LONGEST = 200;
    private static final int NOBODYS_BYTES = 16;

    private final SecureRandom random;
    private final Semaphore atOnce = new Semaphore(2, true);
    private @Nullable String ofNobody;

    PasswordHash(SecureRandom random) {
        this.random = random;
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
        return oneOfTwo(() -> Argon2id.hash(bytes(password), random));
    }

    boolean matches(String password, String hash) {
        return oneOfTwo(() -> Argon2id.matches(bytes(password), hash));
    }

    /// Takes as long as a real comparison, so that nobody learns by the time which names there are.
    void compareWithNobody(String password) {
        matches(password, ofNobody());
    }

    /// Made when it is first needed: a start that nobody waits for needs no 19 MiB.
    private synchronized String ofNobody() {
        var made = ofNobody;
        if (made == null) {
            var bytes = new byte[NOBODYS_BYTES];
            random.nextBytes(bytes);
            made = hash(Base64.getEncoder().encodeToString(bytes));
            ofNobody = made;
        }
        return made;
    }

    private <T> T oneOfTwo(Supplier<T> computation) {
        atOnce.acquireUninterruptibly();
        try {
            return computation.get();
        } finally {
            atOnce.release();
        }
    }

    private static byte[] bytes(String password) {
        return password.getBytes(StandardCharsets.UTF_8);
    }
}
