package dev.charter.floating.protocol;

import dev.charter.floating.lease.Asked;
import dev.charter.floating.lease.LeaseSeats;
import dev.charter.floating.lease.Outcome;
import dev.charter.floating.lease.PoolBusy;
import dev.charter.floating.pool.Pool;
import dev.charter.floating.pool.Pools;
import dev.charter.floating.seal.StateAltered;
import dev.charter.format.Bytes;
import dev.charter.format.ClaimedRequest;
import dev.charter.format.Digest;
import dev.charter.format.DocumentRejected;
import dev.charter.format.Flaw;
import dev.charter.format.Payload;
import dev.charter.format.Purpose;
import dev.charter.format.Refusal;
import dev.charter.format.RefusalCode;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageRequest.LicenseName;
import dev.charter.format.Verifier;
import dev.charter.server.web.HttpProblem;
import dev.charter.server.web.Rejected;
import dev.charter.server.web.Turns;
import dev.charter.store.Transactions;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers what hosts send, in the bytes that travel. Only so many are answered at once, in the order in which they came; who has a seat and renews it or gives it back goes first.
public final class AnswerHosts {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerHosts.class);
    private static final int AT_ONCE_PER_PROCESSOR = 4;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Turns turns;
    private final Transactions transactions;
    private final InstantSource time;
    private final Pools pools;
    private final LeaseSeats seats;
    private final SignWithHostKey sign;
    private final Consumer<String> denied;
    private final BiConsumer<String, String> granted;

    /// @param denied told the license of a pool of which a seat was refused because none was free
    /// @param granted told the ID of the key of a host that got a lease, and where it asked from
    public AnswerHosts(int processors, Transactions transactions, InstantSource time, Pools pools, LeaseSeats seats, SignWithHostKey sign, Consumer<String> denied, BiConsumer<String, String> granted) {
        this.turns = new Turns(AT_ONCE_PER_PROCESSOR * processors, LONGEST_WAIT, System::nanoTime);
        this.transactions = transactions;
        this.time = time;
        this.pools = pools;
        this.seats = seats;
        this.sign = sign;
        this.denied = denied;
        this.granted = granted;
    }

    /// A signed answer.
    ///
    /// @param refused the code, where it is a refusal
    /// @param askAgain after how long to ask again, where a place in the queue depends on it
    record Answer(Optional<RefusalCode> refused, Bytes document, Optional<Duration> askAgain) {}

    /// Answers a request for a seat with a lease or a refusal.
    ///
    /// @param from the address that the host asks from
    /// @throws Rejected when it is no such request that was signed by the host that it names, or there is no such pool here
    Answer request(byte[] bytes, String from) {
        var document = authentic(() -> SignedDocument.read(bytes));
        var claimed = authentic(() -> ClaimedRequest.read(document));
        // Who has a seat keeps it, before others get one. What it says is not verified yet: who lies gains a place in a line.
        return inTurn(() -> claimed.purpose() == Purpose.RENEW, () -> {
            var request = authentic(claimed::verified).content();
            if (!request.formats().contains(Payload.FORMAT)) {
                throw Rejected.malformed("The host reads other formats than the one that is written here, which is " + Payload.FORMAT + ". Update its product.");
            }
            if (request.purpose() != Purpose.ACQUIRE && request.purpose() != Purpose.RENEW) {
                throw Rejected.malformed("A floating server answers requests for a seat. This one activates a license, which the vendor's server does.");
            }
            if (!(request.license() instanceof LicenseName.ById(var license))) {
                throw Rejected.malformed("A request for a seat names the pool's license by its ID, which GET /v1/pools tells.");
            }
            var outcome = seats.request(new Asked(request, license, document.digest()));
            if (outcome instanceof Outcome.Granted) {
                granted.accept(request.host().keys().id().value(), from);
            }
            return answer(outcome, license, request.product(), document.digest());
        });
    }

    /// Answers a release with its acknowledgement or a refusal.
    ///
    /// @throws Rejected when it is no release that was signed by the host that it names, or there is no such pool here
    Answer release(byte[] bytes) {
        var document = authentic(() -> SignedDocument.read(bytes));
        return inTurn(() -> true, () -> {
            var release = authentic(() -> Verifier.release(document)).content();
            return answer(seats.release(release, document), release.license(), release.product(), document.digest());
        });
    }

    private Answer answer(Outcome outcome, String license, String product, Digest request) {
        return switch (outcome) {
            case Outcome.Granted(var document) -> new Answer(Optional.empty(), document, Optional.empty());
            case Outcome.Refused(var code, var message, var queued) -> {
                if (code == RefusalCode.NO_SEAT_FREE && queued.isEmpty()) { // who has a place in the queue is not turned away
                    denied.accept(license);
                }
                var place = queued.map(Outcome.Place::number).map(OptionalLong::of).orElse(OptionalLong.empty());
                var refusal = new Refusal(time.instant().truncatedTo(ChronoUnit.SECONDS), product, request, code, message, Optional.of(license), place);
                yield new Answer(Optional.of(code), sign.refusal(pool(license), refusal), queued.map(Outcome.Place::askAgain));
            }
            case Outcome.NoPool() -> throw Rejected.unknown("There is no pool of this license on this floating server. GET /v1/pools tells which there are.");
        };
    }

    private Pool pool(String license) {
        return transactions.reading(sql -> pools.find(sql, license)).orElseThrow();
    }

    private Answer inTurn(BooleanSupplier goesFirst, Supplier<Answer> answering) {
        try {
            return turns.inTurn(goesFirst, answering);
        } catch (PoolBusy busy) {
            throw Rejected.until(HttpProblem.UNAVAILABLE, RETRY_AFTER, "The pool is being changed by many others. Ask again.");
        } catch (StateAltered altered) {
            LOG.error("nothing is handed out", altered);
            throw Rejected.because(HttpProblem.UNAVAILABLE, "This floating server's database was altered, and it hands out nothing from there. Its administrator has to restore it.");
        }
    }

    /// Who signs in the name of another host is told that; anything else that is no document is malformed.
    private static <T> T authentic(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (DocumentRejected rejected) {
            boolean foreign = rejected.flaw() == Flaw.UNKNOWN_SIGNER || rejected.flaw() == Flaw.SIGNATURE_WRONG;
            throw foreign ? Rejected.because(ExchangeProblem.FOREIGN_SIGNATURE, String.valueOf(rejected.getMessage())) : Rejected.malformed(String.valueOf(rejected.getMessage()));
        }
    }
}
