package dev.charter.mqtt.access;

import dev.charter.server.passwords.Argon2id;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Passwords of MQTT users, kept as [Argon2id].
///
/// A thousand clients that come back at once must not wait for a thousand computations. What proved right lately is remembered in memory: not the password, but its
/// HMAC under a key that is made at the start and never leaves this object, together with the very hash that it proved right against, so that a user's change ends it.
/// As many are computed at once as there are processors, and so many may wait; further ones are turned away rather than kept in memory.
final class Passwords implements AutoCloseable {
    static final int SHORTEST = 8;
    static final int LONGEST = 200;
    private static final int KEY_BYTES = 32;
    private static final int MOST_REMEMBERED = 20_000;
    /// Of computations that wait for a processor.
    private static final int MOST_WAITING = 2_000;

    private final SecureRandom random;
    private final SecretKeySpec key;
    private final String ofNobody;
    private final ThreadPoolExecutor processors;
    private final Map<String, Boolean> right = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };
    private final ConcurrentMap<String, CompletableFuture<Boolean>> underWay = new ConcurrentHashMap<>();

    Passwords(SecureRandom random) {
        this.random = random;
        var bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, "HmacSHA256");
        var count = Runtime.getRuntime().availableProcessors();
        this.processors = new ThreadPoolExecutor(count, count, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), Thread.ofPlatform().daemon().name("mqtt-passwords-", 0).factory());
        processors.allowCoreThreadTimeOut(true);
        this.ofNobody = Argon2id.hash(Base64.getEncoder().encode(bytes), random);
    }

    /// @throws IllegalArgumentException with a sentence for people, when the password is not worth hashing
    static void requireGood(String name, String password) {
        if (password.length() < SHORTEST || password.length() > LONGEST) {
            throw new IllegalArgumentException("A password has " + SHORTEST + " to " + LONGEST + " characters.");
        }
        if (password.equalsIgnoreCase(name)) {
            throw new IllegalArgumentException("The user name cannot be the password.");
        }
    }

    String hash(String password) {
        return Argon2id.hash(password.getBytes(StandardCharsets.UTF_8), random);
    }

    /// Answers at once where it is remembered. Fails with [RejectedExecutionException] when too many wait already.
    CompletableFuture<Boolean> matches(byte[] password, String hash) {
        if (password.length > LONGEST * 4) {
            return CompletableFuture.completedFuture(false);
        }
        var mark = mark(password, hash);
        synchronized (right) {
            if (right.get(mark) != null) {
                return CompletableFuture.completedFuture(true);
            }
        }
        var mine = new CompletableFuture<Boolean>();
        var first = underWay.putIfAbsent(mark, mine);
        if (first != null) {
            return first;
        }
        try {
            processors.execute(() -> settle(mark, mine, password, hash));
        } catch (RejectedExecutionException full) {
            underWay.remove(mark, mine);
            mine.completeExceptionally(full);
        }
        return mine;
    }

    private void settle(String mark, CompletableFuture<Boolean> answer, byte[] password, String hash) {
        try {
            var matches = Argon2id.matches(password, hash);
            if (matches) {
                synchronized (right) {
                    right.put(mark, true);
                }
            }
            underWay.remove(mark, answer);
            answer.complete(matches);
        } catch (Throwable fault) {
            underWay.remove(mark, answer);
            answer.completeExceptionally(fault);
        }
    }

    /// Takes as long as a real comparison, so that nobody learns by the time which names there are.
    CompletableFuture<Boolean> matchesNobody(byte[] password) {
        return matches(password, ofNobody).thenApply(never -> false);
    }

    int remembered() {
        synchronized (right) {
            return right.size();
        }
    }

    private String mark(byte[] password, String hash) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(hash.getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) 0);
            return HexFormat.of().formatHex(mac.doFinal(password));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Every Java has HMAC with SHA-256.", missing);
        }
    }

    @Override
    public void close() {
        processors.shutdownNow();
    }
}
