package dev.charter.signing;

import dev.charter.format.DocumentKind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a root allows an issuing key: for which products, which kinds of documents, and issued in which time.
///
/// @param products none: all
/// @param kinds what it may sign
/// @param from documents issued before it are not accepted; none: from an hour before the ceremony on, because two machines' clocks differ
/// @param until documents issued at it or later are not accepted; none: no end
public record CertificateLimits(List<String> products, Set<DocumentKind> kinds, Optional<Instant> from, Optional<Instant> until) {
    /// What an authority signs: usage licenses, refusals, and releases that it acknowledges.
    public static final Set<DocumentKind> ISSUED = Set.copyOf(EnumSet.of(DocumentKind.USAGE_LICENSE, DocumentKind.REFUSAL, DocumentKind.RELEASE));
    /// All products, all that an authority signs, from now on and without an end.
    public static final CertificateLimits NONE = new CertificateLimits(List.of(), ISSUED, Optional.empty(), Optional.empty());

    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

    public CertificateLimits {
        products = List.copyOf(products);
        kinds = Set.copyOf(kinds);
    }

    public CertificateLimits forProducts(String... ids) {
        return new CertificateLimits(List.of(ids), kinds, from, until);
    }

    public CertificateLimits until(Instant end) {
        return new CertificateLimits(products, kinds, from, Optional.of(end));
    }

    Instant begin(Instant now) {
        return from.orElse(now.minus(CLOCKS_DIFFER));
    }
}
