package dev.charter.authority.activation;

import dev.charter.authority.signing.Signatures;
import dev.charter.server.web.Rejected;
import dev.charter.server.web.Turns;
import dev.charter.format.DocumentKind;
import dev.charter.format.DocumentRejected;
import dev.charter.format.Payload;
import dev.charter.format.Purpose;
import dev.charter.format.RefusalCode;
import dev.charter.format.SignedDocument;
import java.time.Duration;
import java.util.function.Supplier;

/// Answers what hosts send, in the bytes that travel, whatever carries them.
///
/// Only so many are answered at once, in the order in which they came: when all of a vendor's products come back together they wait here, where waiting costs little,
/// and not for a connection to the database. A few for each processor keep it and the disk busy. Who has an activation already, and keeps it up to date, goes first, and so does what a
/// person has approved; of the others who find the line full each is told when to come again.
public final class AnswerHosts {
    static final int AT_ONCE_PER_PROCESSOR = 4;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final Turns turns;
    private final Signatures signatures;
    private final ActivateLicense activate;
    private final AcquireLease acquire;
    private final RefreshActivation refresh;
    private final ReleaseActivation release;
    private final Exchange exchange;

    AnswerHosts(int processors, Signatures signatures, ActivateLicense activate, AcquireLease acquire, RefreshActivation refresh, ReleaseActivation release, Exchange exchange) {
        turns = new Turns(AT_ONCE_PER_PROCESSOR * processors, LONGEST_WAIT, System::nanoTime);
        this.signatures = signatures;
        this.activate = activate;
        this.acquire = acquire;
        this.refresh = refresh;
        this.release = release;
        this.exchange = exchange;
    }

    /// How many wait for their turn.
    int waiting() {
        return turns.waiting();
    }

    /// Answers a usage request with a usage license or a refusal.
    ///
    /// @throws Rejected when it is no usage request that was signed by the host that it names
    public Outcome request(byte[] document) {
        return request(read(document), Way.ONLINE, Along.NOTHING);
    }

    /// Answers a usage request that came that way.
    ///
    /// @throws Rejected when it is no usage request that was signed by the host that it names
    public Outcome request(SignedDocument document, Way way, Along along) {
        var asked = asked(document, way);
        var purpose = asked.request().purpose();
        return turns.inTurn(() -> purpose == Purpose.REFRESH || purpose == Purpose.RENEW, () -> handle(asked, along));
    }

    /// Answers a usage request by letter that a person has approved, who waits for the answer in front of a page and goes before new hosts.
    ///
    /// @throws Rejected when it is no usage request that was signed by the host that it names
    public Outcome approved(SignedDocument letter, Along along) {
        var asked = asked(letter, Way.LETTER);
        return turns.inTurn(() -> true, () -> handle(asked, along));
    }

    private Outcome handle(Asked asked, Along along) {
        return switch (asked.request().purpose()) {
            case ACTIVATE -> activate.handle(asked, along);
            case ACQUIRE -> acquire.handle(asked, along);
            case REFRESH, RENEW -> refresh.handle(asked, along);
        };
    }

    /// Answers a release with its acknowledgement or a refusal.
    ///
    /// @throws Rejected when it is no release that was signed by the host that it names
    public Outcome release(byte[] document) {
        return release(read(document), Along.NOTHING);
    }

    /// Answers a release, whatever way it came.
    ///
    /// @throws Rejected when it is no release that was signed by the host that it names
    public Outcome release(SignedDocument document, Along along) {
        var asked = authentic(() -> signatures.release(document));
        return turns.inTurn(() -> true, () -> release.handle(asked, along));
    }

    /// What a usage request or a release that came by letter would be answered now.
    ///
    /// @throws Rejected when it is neither, or was not signed by the host that it names
    public Foreseen foresee(SignedDocument document) {
        if (document.claimedKind() == DocumentKind.RELEASE) {
            return release.foresee(authentic(() -> signatures.release(document)));
        }
        return activate.foresee(asked(document, Way.LETTER));
    }

    /// Refuses a letter for a reason that no rule here knows. What was answered before stays as it was.
    ///
    /// @param message what its sender reads
    /// @throws Rejected when it is neither a usage request nor a release, or was not signed by the host that it names
    public Outcome.Refused refuse(SignedDocument document, RefusalCode code, String message) {
        if (document.claimedKind() == DocumentKind.RELEASE) {
            var asked = authentic(() -> signatures.release(document));
            return exchange.refuse(code, message, asked.content().product(), document.digest(), foresee(document).license());
        }
        var asked = asked(document, Way.LETTER);
        return exchange.refuse(code, message, asked.request().product(), asked.digest(), activate.foresee(asked).license());
    }

    private Asked asked(SignedDocument document, Way way) {
        var asked = Asked.of(authentic(() -> signatures.request(document)), way);
        if (!asked.request().formats().contains(Payload.FORMAT)) {
            throw Rejected.malformed("The host reads other formats than the one that is written here, which is " + Payload.FORMAT + ". Update its product.");
        }
        return asked;
    }

    private static SignedDocument read(byte[] document) {
        return authentic(() -> SignedDocument.read(document));
    }

    private static <T> T authentic(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (DocumentRejected rejected) {
            throw Rejected.malformed(String.valueOf(rejected.getMessage()));
        }
    }
}
