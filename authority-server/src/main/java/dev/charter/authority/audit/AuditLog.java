package dev.charter.authority.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where the audit entries of a license are read.
interface AuditLog {
    /// A license's entries after a number, in order; empty when there is no such license.
    Optional<List<Entry>> of(String license, long after, int most);

    /// One entry.
    ///
    /// @param number from 1, without gaps
    /// @param event JSON, exactly as it was hashed
    /// @param personal JSON: what people wrote, as long as it was not erased
    /// @param hash in base64url
    record Entry(long number, Instant at, String event, Optional<String> personal, String hash) {}
}
