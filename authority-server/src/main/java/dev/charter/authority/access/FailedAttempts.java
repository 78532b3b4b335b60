package dev.charter.authority.access;

import dev.charter.authority.settings.Settings.Attempts;
import dev.charter.server.web.HttpProblem;
import dev.charter.server.web.Rejected;
import dev.charter.server.web.RemoteAddress;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Slows down whoever guesses. Each address may fail a number of times at once and then so often a second; after that its requests are refused
/// before anything is looked up. What succeeds costs nothing, so a thousand honest hosts behind one address are not limited.
///
/// The least recently failing addresses are forgotten when there are too many: an attacker with that many addresses needs no limit to be lifted.
public final class FailedAttempts {
    /// What may be guessed. One does not use up the other.
    public enum Guess { LICENSE_KEY, API_TOKEN }

    /// Addresses remembered for each kind of guess; some 300 bytes each.
    static final int MOST_ADDRESSES = 10_000;

    private final Remembered licenseKeys;
    private final Remembered apiTokens;

    /// @param nanoTime a clock that never goes back, such as `System::nanoTime`
    public FailedAttempts(Attempts licenseKeys, Attempts apiTokens, LongSupplier nanoTime) {
        this.licenseKeys = new Remembered(licenseKeys, nanoTime);
        this.apiTokens = new Remembered(apiTokens, nanoTime);
    }

    /// To be asked before looking up.
    ///
    /// @throws Rejected as TOO_MANY_ATTEMPTS, with the time to wait, when this address has failed too often
    public void refuseIfTooMany(Guess guess, RemoteAddress address) {
        var wait = of(guess).waitOf(address);
        if (wait.isPresent()) {
            throw Rejected.until(HttpProblem.TOO_MANY_ATTEMPTS, wait.get(),
                    "Too many attempts from this address failed. Wait as long as Retry-After says.");
        }
    }

    /// To be told when the look-up found nothing.
    public void failed(Guess guess, RemoteAddress address) {
        of(guess).failed(address);
    }

    /// How many addresses are remembered.
    int remembered(Guess guess) {
        return of(guess).size();
    }

    private Remembered of(Guess guess) {
        return switch (guess) {
            case LICENSE_KEY -> licenseKeys;
            case API_TOKEN -> apiTokens;
        };
    }

    /// What each address has left.
    static final class Remembered {
        private final Bandwidth limit;
        private final TimeMeter clock;
        private final Map<RemoteAddress, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<RemoteAddress, Bucket> eldest) {
                return size() > MOST_ADDRESSES;
            }
        };

        Remembered(Attempts attempts, LongSupplier nanoTime) {
            limit = Bandwidth.builder().capacity(attempts.burst())
                    .refillGreedy(attempts.perSecond(), Duration.ofSeconds(1)).build();
            clock = new TimeMeter() {
                @Override
                public long currentTimeNanos() {
                    return nanoTime.getAsLong();
                }

                @Override
                public boolean isWallClockBased() {
                    return false;
                }
            };
        }

        synchronized int size() {
            return buckets.size();
        }

        synchronized Optional<Duration> waitOf(RemoteAddress address) {
            var bucket = buckets.get(address);
            if (bucket == null) {
                return Optional.empty();
            }
            var estimate = bucket.estimateAbilityToConsume(1);
            return estimate.canBeConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(estimate.getNanosToWaitForRefill()));
        }

        synchronized void failed(RemoteAddress address) {
            buckets.computeIfAbsent(address, _ -> Bucket.builder().addLimit(limit).withCustomTimePrecision(clock).build())
                    .tryConsume(1);
        }
    }
}
