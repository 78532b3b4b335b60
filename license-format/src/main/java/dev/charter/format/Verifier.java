package dev.charter.format;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.Set;

/// Tells authentic documents from all others. Every method returns the verified thing or throws [DocumentRejected]; none returns a boolean.
///
/// One verifier belongs to one trust anchor. It learns: each newer trust statement that comes with a verified document holds from then on, also for later
/// documents. It remembers the certificates that it has verified. Safe for use by several threads.
public final class Verifier {
    private static final int MOST_REMEMBERED = 64;

    private volatile Trust trust;
    private final Map<SignedDocument, Issuer> issuers = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SignedDocument, Issuer> eldest) {
            return size() > MOST_REMEMBERED;
        }
    });

    /// An issuing key with what its verified certificate allows, and the root that vouched for it. IDs are hashes, made once.
    private record Issuer(KeyCertificate certificate, KeyId id, KeyId root, Map<Algorithm, Cryptography.Key> keys) {}

    /// A verifier that has seen no trust statement yet.
    public Verifier(TrustAnchor anchor) {
        this.trust = Trust.in(anchor);
    }

    public TrustAnchor anchor() {
        return trust.anchor();
    }

    /// The newest trust statement seen, which a host keeps.
    public Optional<SignedDocument> trustStatement() {
        return trust.statement();
    }

    /// Takes over a trust statement that was kept. An older one than the newest seen is verified and changes nothing.
    public TrustStatement learn(SignedDocument statement) {
        adopt(trust.with(statement));
        return TrustStatement.read(statement.payload());
    }

    /// A usage license, a pool among them. Where a pool is attached it must be a lease of that pool, and is verified through it.
    public Verified<UsageLicense> usageLicense(SignedDocument document) {
        return document.pool().map(pool -> lease(document, usageLicense(pool).content()))
                .orElseGet(() -> issued(document, DocumentKind.USAGE_LICENSE, UsageLicense::read, UsageLicense::product, license -> Optional.of(license.issuedAt())));
    }

    private Verified<UsageLicense> lease(SignedDocument document, UsageLicense pool) {
        verifyByHolder(document, DocumentKind.USAGE_LICENSE, pool);
        var lease = UsageLicense.read(document.payload());
        Lease.requireWithin(lease, pool);
        return new Verified<>(lease, document, trustStatement());
    }

    /// A usage license that answers that request of that host, and no other.
    public Verified<UsageLicense> answer(SignedDocument document, SignedDocument request) {
        var verified = usageLicense(document);
        var asked = UsageRequest.read(request.payload());
        if (!verified.content().host().keys().equals(asked.host().keys())) {
            throw new DocumentRejected(Flaw.OTHER_HOST, "This usage license is for another host" + verified.content().host().name().map(n -> " (" + n + ")").orElse("") + ".");
        }
        if (!verified.content().request().equals(request.digest())) {
            throw new DocumentRejected(Flaw.OTHER_REQUEST, "This usage license answers another request of this host. Install the answer to the newest one.");
        }
        return verified;
    }

    /// A refusal of exactly that request or release.
    public Verified<Refusal> refusal(SignedDocument document, Digest request) {
        var verified = issued(document, DocumentKind.REFUSAL, Refusal::read, Refusal::product, refusal -> Optional.of(refusal.issuedAt()));
        if (!verified.content().request().equals(request)) {
            throw new DocumentRejected(Flaw.OTHER_REQUEST, "This refusal is about another request.");
        }
        return verified;
    }

    /// A refusal, whatever it is about.
    public Verified<Refusal> refusal(SignedDocument document) {
        return issued(document, DocumentKind.REFUSAL, Refusal::read, Refusal::product, refusal -> Optional.of(refusal.issuedAt()));
    }

    /// The issuer's acknowledgement of that release: the same payload under the issuer's signatures.
    public Verified<Release> acknowledgement(SignedDocument document, SignedDocument release) {
        if (!document.payloadText().equals(release.payloadText())) {
            throw new DocumentRejected(Flaw.OTHER_REQUEST, "This acknowledges another release.");
        }
        // A release carries the host's clock, which proves nothing about when the issuer signed: the issue window cannot be applied to it.
        return issued(document, DocumentKind.RELEASE, Release::read, Release::product, content -> Optional.empty());
    }

    /// A refusal of exactly that request for a seat, by the floating server whose pool is attached. It is believed only about a request for that very pool: no
    /// floating server can refuse in the name of the vendor.
    public Verified<Refusal> leaseRefusal(SignedDocument document, SignedDocument request) {
        var pool = attachedPool(document, DocumentKind.REFUSAL);
        var refusal = Refusal.read(document.payload());
        var asked = UsageRequest.read(request.payload());
        if (!refusal.request().equals(request.digest())) {
            throw new DocumentRejected(Flaw.OTHER_REQUEST, "This refusal is about another request.");
        }
        boolean ofPool = asked.license() instanceof UsageRequest.LicenseName.ById named && named.licenseId().equals(pool.license().id()) && refusal.product().equals(pool.product())
                && refusal.license().filter(pool.license().id()::equals).isPresent();
        boolean forSeat = asked.purpose() == Purpose.ACQUIRE || asked.purpose() == Purpose.RENEW;
        if (!ofPool || !forSeat) {
            throw new DocumentRejected(Flaw.BEYOND_POOL, "This refusal goes beyond the pool of the floating server that signed it.");
        }
        return new Verified<>(refusal, document, trustStatement());
    }

    /// A refusal of exactly that release of a lease, by the floating server whose pool is attached.
    public Verified<Refusal> leaseRefusalOfRelease(SignedDocument document, SignedDocument release) {
        var pool = attachedPool(document, DocumentKind.REFUSAL);
        var refusal = Refusal.read(document.payload());
        var given = Release.read(release.payload());
        if (!refusal.request().equals(release.digest())) {
            throw new DocumentRejected(Flaw.OTHER_REQUEST, "This refusal is about another request.");
        }
        if (!given.license().equals(pool.license().id()) || !given.product().equals(pool.product()) || !refusal.product().equals(pool.product())
                || refusal.license().filter(pool.license().id()::equals).isEmpty()) {
            throw new DocumentRejected(Flaw.BEYOND_POOL, "This refusal goes beyond the pool of the floating server that signed it.");
        }
        return new Verified<>(refusal, document, trustStatement());
    }

    /// The acknowledgement of that release of a lease, by the floating server whose pool is attached.
    public Verified<Release> leaseAcknowledgement(SignedDocument document, SignedDocument release) {
        if (!document.payloadText().equals(release.payloadText())) {
            throw new DocumentRejected(Flaw.OTHER_REQUEST, "This acknowledges another release.");
        }
        var pool = attachedPool(document, DocumentKind.RELEASE);
        var content = Release.read(document.payload());
        if (!content.license().equals(pool.license().id()) || !content.product().equals(pool.product())) {
            throw new DocumentRejected(Flaw.BEYOND_POOL, "This acknowledgement goes beyond the pool of the floating server that signed it.");
        }
        return new Verified<>(content, document, trustStatement());
    }

    /// The pool that is attached, after the document's own signature was verified under the key of the pool's holder.
    private UsageLicense attachedPool(SignedDocument document, DocumentKind kind) {
        var pool = usageLicense(document.pool().orElseThrow(() -> new DocumentRejected(Flaw.UNKNOWN_SIGNER, "The pool of the floating server that signed this is not attached."))).content();
        if (pool.pool().isEmpty()) {
            throw new DocumentRejected(Flaw.BEYOND_POOL, "This was signed by a host whose usage license is no pool.");
        }
        verifyByHolder(document, kind, pool);
        return pool;
    }

    private void verifyByHolder(SignedDocument document, DocumentKind kind, UsageLicense pool) {
        var server = pool.leaseKeys();
        if (!Signatures.keyId(document).equals(server.id())) {
            throw new DocumentRejected(Flaw.UNKNOWN_SIGNER, kind == DocumentKind.USAGE_LICENSE ? "The lease was not signed by the host that holds its pool."
                    : "This was not signed by the host that holds the pool.");
        }
        Signatures.verify(document, kind, server, anchor().required());
    }

    /// A usage request, signed by the very keys that it names.
    public static Verified<UsageRequest> request(SignedDocument document) {
        return request(document, UsageRequest.read(document.payload()));
    }

    /// @param request what the document says
    static Verified<UsageRequest> request(SignedDocument document, UsageRequest request) {
        verifyByHost(document, request.kind(), request.host().keys());
        return new Verified<>(request, document, Optional.empty());
    }

    /// A release, signed by the very keys that it names.
    public static Verified<Release> release(SignedDocument document) {
        var release = Release.read(document.payload());
        verifyByHost(document, release.kind(), release.hostKeys());
        return new Verified<>(release, document, Optional.empty());
    }

    /// A usage report, signed by the very keys that it names.
    public static Verified<UsageReport> report(SignedDocument document) {
        var report = UsageReport.read(document.payload());
        verifyByHost(document, report.kind(), report.hostKeys());
        return new Verified<>(report, document, Optional.empty());
    }

    /// A usage report of the floating server whose pool is attached, about that very pool.
    public Verified<UsageReport> serverReport(SignedDocument document) {
        var pool = attachedPool(document, DocumentKind.USAGE_REPORT);
        var report = UsageReport.read(document.payload());
        if (!report.license().equals(pool.license().id()) || !report.product().equals(pool.product()) || !report.hostKeys().equals(pool.leaseKeys())) {
            throw new DocumentRejected(Flaw.BEYOND_POOL, "This report goes beyond the pool of the floating server that signed it.");
        }
        return new Verified<>(report, document, trustStatement());
    }

    /// Whether a usage request's header proves that its host knows the license key. Throws [DocumentRejected] otherwise.
    public static void proof(SignedDocument request, LicenseKey key) {
        for (var signature : request.signatures()) {
            var proof = signature.header().proof().orElseThrow(() -> new DocumentRejected(Flaw.SIGNATURE_MISSING, "The request lacks the proof that its host knows the license key."));
            if (!MessageDigest.isEqual(proof.toArray(), key.prove(request.payload()).toArray())) {
                throw new DocumentRejected(Flaw.SIGNATURE_WRONG, "The request's proof was not made with this license key.");
            }
        }
    }

    /// Whether these keys made the document's signature by that algorithm: one step of a verification, for programs that explain a document to people. Throws
    /// [DocumentRejected] otherwise. It does not ask whether the keys deserve trust, so nothing may be decided by it.
    public static void signatureAlone(SignedDocument document, SignerKeys keys, Algorithm algorithm) {
        Signatures.verify(document, document.claimedKind(), keys, Set.of(algorithm));
    }

    private static void verifyByHost(SignedDocument document, DocumentKind kind, SignerKeys keys) {
        if (!Signatures.keyId(document).equals(keys.id())) {
            throw new DocumentRejected(Flaw.UNKNOWN_SIGNER, "The document was not signed by the host that it names.");
        }
        Signatures.verify(document, kind, keys, keys.algorithms());
    }

    /// The signature is verified over the bytes as received, and only then are they read.
    private <T extends Payload> Verified<T> issued(SignedDocument document, DocumentKind kind, Function<byte[], T> read, Function<T, String> product,
                                                   Function<T, Optional<Instant>> issuedAt) {
        var current = trust;
        var candidate = document.trustStatement().map(current::withAttached).orElse(current);
        var issuer = issuer(document, candidate);
        candidate.refuseRevoked(issuer.root());
        candidate.refuseRevoked(issuer.id());
        Signatures.verify(document, kind, issuer.keys());
        var content = read.apply(document.payload());
        var issued = issuedAt.apply(content);
        if (!issuer.certificate().covers(kind, product.apply(content), issued.orElse(issuer.certificate().from()))) {
            throw new DocumentRejected(Flaw.NOT_CERTIFIED, "The key that signed this was not certified for a " + kind.documentName().replace('-', ' ') + " of "
                    + product.apply(content) + issued.map(at -> " at " + at).orElse("") + ".");
        }
        adopt(candidate);
        return new Verified<>(content, document, trustStatement());
    }

    private Issuer issuer(SignedDocument document, Trust candidate) {
        var keyId = Signatures.keyId(document);
        for (var attached : document.certificates()) {
            var known = issuers.get(attached);
            var issuer = known != null ? known : verify(attached, candidate);
            if (issuer.id().equals(keyId)) {
                issuers.put(attached, issuer);
                return issuer;
            }
        }
        throw new DocumentRejected(Flaw.UNKNOWN_SIGNER, "The certificate of the key that signed this is not attached.");
    }

    private static Issuer verify(SignedDocument attached, Trust candidate) {
        var root = candidate.root(attached);
        var required = candidate.anchor().required();
        Signatures.verify(attached, DocumentKind.KEY_CERTIFICATE, root, required);
        var certificate = KeyCertificate.read(attached.payload());
        return new Issuer(certificate, certificate.keys().id(), root.id(), Signatures.ready(certificate.keys(), required));
    }

    private synchronized void adopt(Trust candidate) {
        if (candidate.number() > trust.number()) {
            trust = candidate;
        }
    }
}
