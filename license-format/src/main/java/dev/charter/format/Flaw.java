package dev.charter.format;

/// Why a document was rejected.
public enum Flaw {
    /// Not a document at all, or a field is missing or wrong.
    MALFORMED,
    /// Written in a format that this release does not read.
    UNKNOWN_FORMAT,
    /// A field that this release does not know must not be ignored.
    UNKNOWN_CRITICAL_FIELD,
    /// A document of another kind than the one asked for.
    WRONG_KIND,
    /// No key of the signer is trusted.
    UNKNOWN_SIGNER,
    /// A signature that is required is not there.
    SIGNATURE_MISSING,
    /// Two signatures claim the same algorithm.
    SIGNATURE_DOUBLED,
    /// A signature does not belong to these bytes and that key.
    SIGNATURE_WRONG,
    /// This Java cannot verify an algorithm that the vendor requires.
    ALGORITHM_UNAVAILABLE,
    /// The signer was not certified for this kind, product or time.
    NOT_CERTIFIED,
    /// The signer's key was revoked by the vendor.
    REVOKED,
    /// A lease grants what its pool does not hold.
    BEYOND_POOL,
    /// The answer is for another host.
    OTHER_HOST,
    /// The answer is for another request.
    OTHER_REQUEST
}
