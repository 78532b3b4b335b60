package dev.charter.server.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Who is logged in. Sessions are kept in memory only, under the hash of what the browser holds; a restart ends them all.
/// A session ends half an hour after its last request, twelve hours after its beginning, and with any change of its user.
public final class Sessions {
    static final Duration IDLE = Duration.ofMinutes(30);
    static final Duration LONGEST = Duration.ofHours(12);
    /// Sessions at once; beyond that the one that was used least lately ends.
    static final int MOST = 1_000;
    private static final int TOKEN_BYTES = 32;

    private static final class Session {
        private final String user;
        private final long begun;
        private long lastSeen;

        Session(String user, long now) {
            this.user = user;
            this.begun = now;
            this.lastSeen = now;
        }
    }

    private final KnownUsers users;
    private final SecureRandom random;
    private final LongSupplier nanoTime;
    private final Map<String, Session> byHash = new HashMap<>();

    /// @param nanoTime a clock that never goes back, such as `System::nanoTime`
    Sessions(KnownUsers users, SecureRandom random, LongSupplier nanoTime) {
        this.users = users;
        this.random = random;
        this.nanoTime = nanoTime;
    }

    /// Begins one; the token is for the browser and kept nowhere else.
    synchronized String begin(User user) {
        long now = nanoTime.getAsLong();
        byHash.values().removeIf(session -> isOver(session, now));
        while (byHash.size() >= MOST) {
            byHash.entrySet().stream().min((a, b) -> Long.compare(a.getValue().lastSeen - now, b.getValue().lastSeen - now)).map(Map.Entry::getKey).ifPresent(byHash::remove);
        }
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        byHash.put(hash(token), new Session(user.name(), now));
        return token;
    }

    /// Who holds that token; the role is what the user has now. Looking counts as use.
    synchronized Optional<Caller> of(String token) {
        return look(token, true);
    }

    /// The same, but looking does not count as use: an open page alone keeps nobody logged in.
    synchronized Optional<Caller> stillOf(String token) {
        return look(token, false);
    }

    private Optional<Caller> look(String token, boolean counts) {
        long now = nanoTime.getAsLong();
        var hash = hash(token);
        var session = byHash.get(hash);
        if (session == null) {
            return Optional.empty();
        }
        var user = isOver(session, now) ? Optional.<User>empty() : users.named(session.user);
        if (user.isEmpty()) {
            byHash.remove(hash);
            return Optional.empty();
        }
        if (counts) {
            session.lastSeen = now;
        }
        return user.map(known -> new Caller(known.name(), known.role()));
    }

    synchronized void end(String token) {
        byHash.remove(hash(token));
    }

    /// Ends all sessions of that user.
    synchronized void endOf(String user) {
        byHash.values().removeIf(session -> session.user.toLowerCase(Locale.ROOT).equals(user.toLowerCase(Locale.ROOT)));
    }

    /// Ends all, after a restore.
    public synchronized void endAll() {
        byHash.clear();
    }

    private static boolean isOver(Session session, long now) {
        return now - session.lastSeen > IDLE.toNanos() || now - session.begun > LONGEST.toNanos();
    }

    private static String hash(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
