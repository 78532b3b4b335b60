package dev.charter.authority.signing;

import dev.charter.server.web.HttpProblem;
import dev.charter.server.web.Rejected;
import dev.charter.format.Payload;
import dev.charter.format.Release;
import dev.charter.format.SignedDocument;
import dev.charter.format.TrustAnchor;
import dev.charter.format.UsageRequest;
import dev.charter.format.Verified;
import dev.charter.format.Verifier;
import dev.charter.signing.Issuer;
import dev.charter.signing.KeysRefused;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// The authority's signature, and its look at those of hosts. This is where its processor time goes, so no more of it runs at once than there are processors:
/// who comes first is done first, in place of everybody being slow. Not to be used within a transaction.
public final class Signatures {
    private final Issuer issuer;
    private final Semaphore processors;
    private final Timer signing;
    private final Timer verifying;

    public Signatures(Issuer issuer, int processors, MeterRegistry meters) {
        this.issuer = issuer;
        this.processors = new Semaphore(processors, true);
        this.signing = Timer.builder("charter.signing").description("Signing one document, with all algorithms").publishPercentileHistogram().register(meters);
        this.verifying = Timer.builder("charter.verifying").description("Verifying one host's document").publishPercentileHistogram().register(meters);
    }

    /// Signs it and attaches what a host needs to believe it. What the vendor's root does not let this authority's key sign - for another product, after the
    /// certificate's end - is rejected: an answer that no host would accept is none.
    public SignedDocument sign(Payload payload) {
        return inTurn(signing, () -> {
            try {
                return issuer.issue(payload);
            } catch (KeysRefused refused) {
                if (refused.reason() == KeysRefused.Reason.NOT_CERTIFIED) {
                    throw Rejected.because(HttpProblem.UNAVAILABLE, "This authority's key may not sign the answer; its vendor has to give it another certificate. " + refused.getMessage());
                }
                throw refused;
            }
        });
    }

    /// A usage request, signed by its host; throws [dev.charter.format.DocumentRejected] for anything else.
    public Verified<UsageRequest> request(SignedDocument document) {
        return inTurn(verifying, () -> Verifier.request(document));
    }

    /// A release, signed by its host; throws [dev.charter.format.DocumentRejected] for anything else.
    public Verified<Release> release(SignedDocument document) {
        return inTurn(verifying, () -> Verifier.release(document));
    }

    public TrustAnchor anchor() {
        return issuer.anchor();
    }

    private <T> T inTurn(Timer timer, Supplier<T> work) {
        processors.acquireUninterruptibly();
        try {
            return timer.record(work);
        } finally {
            processors.release();
        }
    }
}
