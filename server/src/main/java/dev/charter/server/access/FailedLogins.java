package dev.charter.server.access;

import dev.charter.server.web.HttpProblem;
import dev.charter.server.web.Rejected;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/// Slows down whoever guesses: each address may fail ten times, and once more for each half minute that passes; each name twenty times, and once more for
/// each ten seconds, so that many addresses together gain little and the real user is kept out for seconds only. What succeeds costs nothing.
public final class FailedLogins {
    /// Failures of one address before it has to wait.
    public static final int OF_ADDRESS = 10;
    static final int OF_NAME = 20;
    private static final Duration ADDRESS_GAINS = Duration.ofSeconds(30);
    private static final Duration NAME_GAINS = Duration.ofSeconds(10);
    /// Remembered at most; beyond that the least lately failing are forgotten.
    static final int MOST = 10_000;

    private static final class Failures {
        private double count;
        private long at;
    }

    private final LongSupplier nanoTime;
    private final Map<String, Failures> byKey = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > MOST;
        }
    };

    /// @param nanoTime a clock that never goes back, such as `System::nanoTime`
    FailedLogins(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// To be asked before looking up.
    ///
    /// @throws Rejected as TOO_MANY_ATTEMPTS, with the time to wait
    synchronized void refuseIfTooMany(String address, String name) {
        refuse(address(address), OF_ADDRESS, ADDRESS_GAINS);
        refuse(name(name), OF_NAME, NAME_GAINS);
    }

    /// To be told when the look-up found nothing.
    synchronized void failed(String address, String name) {
        add(address(address), ADDRESS_GAINS);
        add(name(name), NAME_GAINS);
    }

    private void refuse(String key, int most, Duration gains) {
        var failures = byKey.get(key);
        if (failures == null) {
            return;
        }
        settle(failures, gains);
        if (failures.count > most - 1) {
            var wait = Duration.ofNanos((long) ((failures.count - (most - 1)) * gains.toNanos()));
            throw Rejected.until(HttpProblem.TOO_MANY_ATTEMPTS, wait, "Too many attempts failed. Try again in " + Math.max(1, wait.plusMillis(999).toSeconds()) + " seconds.");
        }
    }

    private void add(String key, Duration gains) {
        var failures = byKey.computeIfAbsent(key, _ -> new Failures());
        settle(failures, gains);
        failures.count++;
    }

    private void settle(Failures failures, Duration gains) {
        long now = nanoTime.getAsLong();
        failures.count = failures.count == 0 ? 0 : Math.max(0, failures.count - (double) (now - failures.at) / gains.toNanos());
        failures.at = now;
    }

    private static String address(String address) {
        return "address " + address;
    }

    private static String name(String name) {
        return "name " + name.toLowerCase(Locale.ROOT);
    }
}
