package dev.charter.authority.operation;

import dev.charter.server.settings.Surroundings;
import dev.charter.format.KeyCertificate;
import dev.charter.signing.IssuingKeys;
import dev.charter.store.IssuerTime;
import dev.charter.store.StoreFault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Whether the authority can do what it is for: keep something, and sign something that hosts accept.
///
/// It asks for the issuer's time, which the database has to move on at least every half second: so a database that is full or read-only is noticed, not only one
/// that is away. All who ask within a second get the same answer, and nobody waits longer than [#LONGEST].
@Component
final class Health {
    private static final Logger LOG = LoggerFactory.getLogger(Health.class);
    static final Duration LONGEST = Duration.ofSeconds(3);
    private static final Duration FRESH = Duration.ofSeconds(1);
    /// How far the machine's clock may be behind what was answered with before.
    static final Duration CLOCK_MAY_BE_BEHIND = Duration.ofSeconds(5);

    /// In order, or not.
    enum Part { UP, DOWN }

    /// @param clockBehind how far the machine's clock is behind the issuer's time, which never goes back
    /// @param keyUntil when the signing key's certificate ends
    record Report(Part database, Part signingKey, Part clock, Duration clockBehind, String keyId, Optional<Instant> keyUntil) {
        boolean isUp() {
            return database == Part.UP && signingKey == Part.UP;
        }
    }

    private record Seen(Report report, long at) {}

    private final IssuerTime time;
    private final InstantSource clock;
    private final String keyId;
    private final KeyCertificate certificate;
    private final Object looking = new Object();
    private volatile Optional<Seen> last = Optional.empty();

    Health(IssuerTime time, Surroundings surroundings, IssuingKeys keys) {
        this.time = time;
        this.clock = surroundings.clock();
        this.keyId = keys.issuer().keyId().toString();
        this.certificate = KeyCertificate.read(keys.vendorKeys().certificate().payload());
    }

    Report look() {
        var seen = last;
        if (seen.isPresent() && isFresh(seen.get())) {
            return seen.get().report();
        }
        synchronized (looking) {
            if (last.isEmpty() || !isFresh(last.get())) {
                last = Optional.of(new Seen(lookNow(), System.nanoTime()));
            }
            return last.get().report();
        }
    }

    private static boolean isFresh(Seen seen) {
        return System.nanoTime() - seen.at() < FRESH.toNanos();
    }

    Report lookNow() {
        var issuerTime = issuerTime();
        var now = issuerTime.orElseGet(clock::instant);
        var behind = Duration.between(clock.instant(), now);
        boolean covered = !now.isBefore(certificate.from()) && certificate.until().filter(end -> !now.isBefore(end)).isEmpty();
        return new Report(issuerTime.isPresent() ? Part.UP : Part.DOWN, covered ? Part.UP : Part.DOWN,
                behind.compareTo(CLOCK_MAY_BE_BEHIND) > 0 ? Part.DOWN : Part.UP, behind.isNegative() ? Duration.ZERO : behind, keyId, certificate.until());
    }

    /// Empty when the database does not answer in time.
    private Optional<Instant> issuerTime() {
        var answer = new CompletableFuture<Instant>();
        Thread.ofVirtual().name("health").start(() -> {
            try {
                answer.complete(time.instant());
            } catch (StoreFault fault) {
                answer.completeExceptionally(fault);
            }
        });
        try {
            return Optional.of(answer.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException notNow) {
            LOG.warn("the database does not answer", notNow);
            return Optional.empty();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
