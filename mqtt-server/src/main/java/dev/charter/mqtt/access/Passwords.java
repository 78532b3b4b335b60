package dev.charter.mqtt.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
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
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Passwords of MQTT users: Argon2id (RFC 9106) with 19 MiB and two passes, in the text form `$argon2id$v=19$m=19456,t=2,p=1$SALT$HASH`.
///
/// A thousand clients that come back at once must not wait for a thousand computations. What proved right lately is remembered in memory: not the password, but its
/// HMAC under a key that is made at the start and never leaves this object, together with the very hash that it proved right against, so that a user's change ends it.
/// As many are computed at once as there are processors, and so many may wait; further ones are turned away rather than kept in memory.
final class Passwords implements AutoCloseable {
    static final int SHORTEST = 8;
    static final int LONGEST = 200;
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int MOST_REMEMBERED = 20_000;
    /// Of computations that wait for a processor.
    private static final int MOST_WAITING = 2_000;
    private static final Pattern FORM = Pattern.compile("\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,2}),p=([0-9]{1,2})\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");
    private static final int MOST_MEMORY_KIB = 262_144;
    private static final int MOST_PASSES = 10;

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
        var bytes = new byte[HASH_BYTES];
        random.nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, "HmacSHA256");
        var count = Runtime.getRuntime().availableProcessors();
        this.processors = new ThreadPoolExecutor(count, count, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), Thread.ofPlatform().daemon().name("mqtt-passwords-", 0).factory());
        processors.allowCoreThreadTimeOut(true);
        this.ofNobody = hash(Base64.getEncoder().encode(bytes));
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

    /// Whether the text is a hash that can be compared with.
    static boolean isHash(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            return false;
        }
        var memory = Integer.parseInt(parts.group(1));
        var passes = Integer.parseInt(parts.group(2));
        var lanes = Integer.parseInt(parts.group(3));
        // RFC 9106, section 3.1: eight blocks of memory for each lane at least.
        return lanes >= 1 && memory >= 8 * lanes && memory <= MOST_MEMORY_KIB && passes >= 1 && passes <= MOST_PASSES;
    }

    String hash(String password) {
        return hash(password.getBytes(StandardCharsets.UTF_8));
    }

    private String hash(byte[] password) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=1$" + text(salt) + "$" + text(compute(password, salt, MEMORY_KIB, PASSES, 1, HASH_BYTES));
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
            var matches = compare(password, hash);
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

    private static boolean compare(byte[] password, String hash) {
        var parts = FORM.matcher(hash);
        if (!parts.matches()) {
            return false;
        }
        var expected = Base64.getDecoder().decode(parts.group(5));
        return MessageDigest.isEqual(expected, compute(password, Base64.getDecoder().decode(parts.group(4)), Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)), expected.length));
    }

    private static byte[] compute(byte[] password, byte[] salt, int memoryKib, int passes, int lanes, int length) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id).withVersion(Argon2Parameters.ARGON2_VERSION_13).withSalt(salt).withMemoryAsKB(memoryKib)
                .withIterations(passes).withParallelism(lanes).build());
        var hash = new byte[length];
        generator.generateBytes(password, hash);
        return hash;
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

    private static String text(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        processors.shutdownNow();
    }
}
