package dev.charter.cli.trust;

import dev.charter.format.TrustAnchor;

/// A trust anchor, and where it was found, for people.
public record KnownAnchor(TrustAnchor anchor, String source) {}
