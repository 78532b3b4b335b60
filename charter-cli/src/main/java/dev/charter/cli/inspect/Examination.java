package dev.charter.cli.inspect;

import dev.charter.cli.inspect.Inspection.Content;
import dev.charter.cli.inspect.Inspection.Link;
import dev.charter.cli.inspect.Inspection.Mark;
import dev.charter.format.Algorithm;
import dev.charter.format.DocumentKind;
import dev.charter.format.DocumentRejected;
import dev.charter.format.Flaw;
import dev.charter.format.KeyCertificate;
import dev.charter.format.Payload;
import dev.charter.format.Refusal;
import dev.charter.format.Release;
import dev.charter.format.SignedDocument;
import dev.charter.format.SignerKeys;
import dev.charter.format.TrustAnchor;
import dev.charter.format.TrustStatement;
import dev.charter.format.UsageLicense;
import dev.charter.format.UsageReport;
import dev.charter.format.UsageRequest;
import dev.charter.format.Verifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Looks at one document. The verdict is the [Verifier]'s alone; what is found of the single signatures explains it and decides nothing.
final class Examination {
    private final SignedDocument document;
    private final Optional<TrustAnchor> anchor;
    /// Keys by their ID, as far as they are known: the anchor's roots, and what the attached certificates name. Known is not trusted.
    private final Map<String, SignerKeys> known = new LinkedHashMap<>();

    Examination(SignedDocument document, Optional<TrustAnchor> anchor) {
        this.document = document;
        this.anchor = anchor;
    }

    Inspection inspect() {
        var kind = document.claimedKind();
        var content = content(document);
        anchor.ifPresent(a -> a.roots().forEach(this::know));
        learnKeys(document);
        content.payload().ifPresent(payload -> hostKeys(payload).ifPresent(this::know));
        var chain = new ArrayList<Link>();
        collectLinks(document, chain);
        return new Inspection(kind, content, document.selfHelp(), marks(document), chain, verdict(kind, content));
    }

    private void learnKeys(SignedDocument from) {
        from.certificates().forEach(attached -> content(attached).payload().ifPresent(payload -> {
            if (payload instanceof KeyCertificate certificate) {
                know(certificate.keys());
            }
        }));
        from.trustStatement().ifPresent(this::learnKeys);
        from.pool().ifPresent(pool -> {
            learnKeys(pool);
            content(pool).payload().flatMap(Examination::hostKeys).ifPresent(this::know);
        });
    }

    private void know(SignerKeys keys) {
        known.putIfAbsent(keys.id().value(), keys);
    }

    private void collectLinks(SignedDocument from, List<Link> chain) {
        from.pool().ifPresent(pool -> {
            chain.add(link(pool));
            collectLinks(pool, chain);
        });
        from.certificates().forEach(certificate -> chain.add(link(certificate)));
        from.trustStatement().ifPresent(statement -> {
            chain.add(link(statement));
            collectLinks(statement, chain);
        });
    }

    private Link link(SignedDocument attached) {
        var content = content(attached);
        var keyId = content.payload().flatMap(payload -> payload instanceof KeyCertificate certificate ? Optional.of(certificate.keys().id().value())
                : payload instanceof UsageLicense pool ? Optional.of(pool.host().keys().id().value()) : Optional.empty());
        return new Link(attached.claimedKind(), keyId, attached.signatures().getFirst().header().kid(), content, marks(attached));
    }

    /// Every signature that is there, and every one that its signer should have made.
    private List<Mark> marks(SignedDocument signed) {
        var marks = new ArrayList<Mark>();
        var missing = new TreeSet<Algorithm>();
        for (var signature : signed.signatures()) {
            var keyId = signature.header().kid();
            var signer = Optional.ofNullable(known.get(keyId));
            signer.ifPresent(keys -> missing.addAll(required(keys)));
            marks.add(new Mark(signature.header().alg(), keyId, fault(signed, signature.header().alg(), signer)));
        }
        missing.removeIf(algorithm -> marks.stream().anyMatch(mark -> mark.algorithm().equals(algorithm.joseName())));
        missing.forEach(algorithm -> marks.add(new Mark(algorithm.joseName(), marks.getFirst().keyId(), Optional.of("It is required, and it is not there."))));
        return marks;
    }

    /// A vendor's key signs with what the anchor requires; a host's key with all that it has.
    private Set<Algorithm> required(SignerKeys keys) {
        return anchor.map(TrustAnchor::required).filter(keys.algorithms()::containsAll).orElse(keys.algorithms());
    }

    private static Optional<String> fault(SignedDocument signed, String algorithm, Optional<SignerKeys> signer) {
        if (signer.isEmpty()) {
            return Optional.of("It cannot be checked: the key is neither attached nor in a trust anchor that is at hand.");
        }
        try {
            Verifier.signatureAlone(signed, signer.get(), Algorithm.named(algorithm));
            return Optional.empty();
        } catch (DocumentRejected rejected) {
            return Optional.of(String.valueOf(rejected.getMessage()));
        } catch (IllegalArgumentException unknownAlgorithm) {
            return Optional.of("This release does not know the algorithm.");
        }
    }

    private Optional<DocumentRejected> verdict(DocumentKind kind, Content content) {
        if (content.fault().isPresent()) {
            return content.fault();
        }
        try {
            verify(kind, content.payload().orElseThrow());
            return Optional.empty();
        } catch (DocumentRejected rejected) {
            return Optional.of(rejected);
        }
    }

    private void verify(DocumentKind kind, Payload payload) {
        switch (kind) {
            case USAGE_REQUEST -> Verifier.request(document);
            case USAGE_REPORT -> {
                if (document.pool().isPresent()) {
                    verifier().serverReport(document);
                } else {
                    Verifier.report(document);
                }
            }
            case USAGE_LICENSE -> verifier().usageLicense(document);
            case REFUSAL -> verifier().refusal(document);
            case TRUST_STATEMENT -> verifier().learn(document);
            case KEY_CERTIFICATE -> verifyCertificate();
            case RELEASE -> {
                if (signedBy(((Release) payload).hostKeys())) {
                    Verifier.release(document);
                } else {
                    verifier().acknowledgement(document, document);
                }
            }
        }
    }

    /// A certificate by itself: signed by a root of the anchor with everything that the anchor requires.
    private void verifyCertificate() {
        var trusted = verifier().anchor();
        var root = trusted.roots().stream().filter(this::signedBy).findFirst()
                .orElseThrow(() -> new DocumentRejected(Flaw.UNKNOWN_SIGNER, "No root of " + trusted.vendor() + " in the trust anchor signed this certificate."));
        trusted.required().forEach(algorithm -> Verifier.signatureAlone(document, root, algorithm));
    }

    private Verifier verifier() {
        return new Verifier(anchor.orElseThrow(() -> new DocumentRejected(Flaw.UNKNOWN_SIGNER,
                "There is no trust anchor here, so nothing vouches for the vendor's keys. Name the vendor's with --anchor FILE.")));
    }

    private boolean signedBy(SignerKeys keys) {
        return document.signatures().getFirst().header().kid().equals(keys.id().value());
    }

    private static Optional<SignerKeys> hostKeys(Payload payload) {
        return switch (payload) {
            case UsageRequest request -> Optional.of(request.host().keys());
            case UsageReport report -> Optional.of(report.hostKeys());
            case Release release -> Optional.of(release.hostKeys());
            case UsageLicense license -> Optional.of(license.host().keys());
            case Refusal refusal -> Optional.empty();
            case KeyCertificate certificate -> Optional.empty();
            case TrustStatement statement -> Optional.empty();
        };
    }

    private static Content content(SignedDocument signed) {
        var bytes = signed.payload();
        try {
            return new Content(bytes, Optional.of(read(signed.claimedKind(), bytes)), Optional.empty());
        } catch (DocumentRejected unreadable) {
            return new Content(bytes, Optional.empty(), Optional.of(unreadable));
        }
    }

    private static Payload read(DocumentKind kind, byte[] payload) {
        return switch (kind) {
            case USAGE_REQUEST -> UsageRequest.read(payload);
            case USAGE_LICENSE -> UsageLicense.read(payload);
            case REFUSAL -> Refusal.read(payload);
            case RELEASE -> Release.read(payload);
            case USAGE_REPORT -> UsageReport.read(payload);
            case KEY_CERTIFICATE -> KeyCertificate.read(payload);
            case TRUST_STATEMENT -> TrustStatement.read(payload);
        };
    }
}
