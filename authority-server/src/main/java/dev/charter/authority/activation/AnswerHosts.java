package dev.charter.authority.activation;

import dev.charter.authority.signing.Signatures;
import dev.charter.authority.web.ProblemCode;
import dev.charter.authority.web.Rejected;
import dev.charter.format.DocumentRejected;
import dev.charter.format.Payload;
import dev.charter.format.SignedDocument;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Answers what hosts send, in the bytes that travel, whatever carries them.
///
/// Only so many are answered at once, in the order in which they came: when all of a vendor's products come back together they wait here, where waiting costs nothing,
/// and not for a connection to the database.
public final class AnswerHosts {
    private static final int MOST_AT_ONCE = 64;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final Semaphore places = new Semaphore(MOST_AT_ONCE, true);
    private final Signatures signatures;
    private final ActivateLicense activate;
    private final RefreshActivation refresh;
    private final ReleaseActivation release;

    AnswerHosts(Signatures signatures, ActivateLicense activate, RefreshActivation refresh, ReleaseActivation release) {
        this.signatures = signatures;
        this.activate = activate;
        this.refresh = refresh;
        this.release = release;
    }

    /// Answers a usage request with a usage license or a refusal.
    ///
    /// @throws Rejected when it is no usage request that was signed by the host that it names
    public Outcome request(byte[] document) {
        var asked = Asked.of(authentic(() -> signatures.request(SignedDocument.read(document))));
        if (!asked.request().formats().contains(Payload.FORMAT)) {
            throw Rejected.malformed("The host reads other formats than the one that is written here, which is " + Payload.FORMAT + ". Update its product.");
        }
        return inTurn(() -> switch (asked.request().purpose()) {
            // A lease is refused for what the license is, which takes the same look at it.
            case ACTIVATE, ACQUIRE, RENEW -> activate.handle(asked);
            case REFRESH -> refresh.handle(asked);
        });
    }

    /// Answers a release with its acknowledgement or a refusal.
    ///
    /// @throws Rejected when it is no release that was signed by the host that it names
    public Outcome release(byte[] document) {
        var asked = authentic(() -> signatures.release(SignedDocument.read(document)));
        return inTurn(() -> release.handle(asked));
    }

    private Outcome inTurn(Supplier<Outcome> answering) {
        try {
            if (!places.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw Rejected.until(ProblemCode.UNAVAILABLE, RETRY_AFTER, "Too many hosts ask at once. Ask again later.");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw Rejected.until(ProblemCode.UNAVAILABLE, RETRY_AFTER, "The authority is stopping. Ask again later.");
        }
        try {
            return answering.get();
        } finally {
            places.release();
        }
    }

    private static <T> T authentic(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (DocumentRejected rejected) {
            throw Rejected.malformed(String.valueOf(rejected.getMessage()));
        }
    }
}
