package dev.charter.floating.lease;

import dev.charter.floating.pool.Pool;
import dev.charter.format.Bytes;
import java.time.Instant;
import java.util.List;

/// A lease that is about to be signed.
///
/// @param usageLicense the ID of the document
/// @param features what it grants
/// @param epoch what the host brings back with its next request
/// @param at the issuer's time
public record Grant(Pool pool, Asked asked, String usageLicense, List<String> features, Bytes epoch, Instant at) {}
