package dev.charter.floating.lease;

import dev.charter.format.Bytes;
import dev.charter.format.Refusal;
import dev.charter.format.SignedDocument;
import dev.charter.floating.pool.Pool;

/// This server's signature. Not used within a transaction.
public interface SignLeases {
    Bytes lease(Grant grant);

    /// The acknowledgement of a release.
    Bytes acknowledgement(Pool pool, SignedDocument release);

    /// A refusal.
    Bytes refusal(Pool pool, Refusal refusal);
}
