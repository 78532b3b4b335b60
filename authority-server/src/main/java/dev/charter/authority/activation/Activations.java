package dev.charter.authority.activation;

import dev.charter.authority.license.License;
import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.Fingerprint;
import dev.charter.format.KeyId;
import dev.charter.format.Release;
import dev.charter.format.Verified;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where activations are kept, with what was answered to their hosts. Each method is one transaction, or one look at an unchanging state.
interface Activations {

    /// What became of an attempt to keep something.
    enum Kept {
        /// It is durable.
        YES,
        /// Somebody was faster, or the license was changed: look again, then decide again.
        OVERTAKEN
    }

    /// The license that a request names, with what is known of the asking host.
    ///
    /// @param sealedKey its license key
    /// @param latest this host's newest activation of this license, whatever its state
    /// @param answer the bytes that went out for this very request, while they are the current ones
    /// @param bought whether this host ordered the license
    record Found(License license, Bytes sealedKey, Optional<Activation> latest, Optional<Bytes> answer, boolean bought) {}

    /// What stands in the way of a new activation.
    ///
    /// @param otherLicense the license of the same product that this host key holds
    /// @param lookalikes activations of this license that may be the same machine: a bounded number of them
    /// @param restored how many of the license's activations were taken over in the allowance's period
    record Rivals(Optional<String> otherLicense, List<Activation> lookalikes, int restored) {}

    /// An activation that a release names, with its license.
    ///
    /// @param acknowledgement the bytes that went out for this very release
    record Held(License license, Activation activation, Optional<Bytes> acknowledgement) {}

    /// The same number of queries whatever is found.
    Optional<Found> find(Asked asked);

    Rivals rivals(License license, KeyId host, Fingerprint fingerprint, Instant now);

    /// What stands in the way of a new lease.
    ///
    /// @param otherLicense the license of the same product that this host key holds
    /// @param slotHolder the lease of this license that holds the slot
    /// @param fenced how many leases whose slot was taken over may still be running
    /// @param over how many leases still count whose seats are free by now
    record Seats(Optional<String> otherLicense, Optional<Activation> slotHolder, int fenced, int over) {}

    Seats seats(License license, KeyId host, Optional<String> slot, Instant now);

    /// Seats of a floating license that its servers gave up and that are still counted.
    ///
    /// @param over those whose last lease can no longer run: the next transaction frees them
    /// @param running the others
    record Rests(int over, int running) {}

    Rests rests(License license, Instant now);

    /// Whether that request was ever answered with a usage license.
    boolean wasAnswered(Digest request);

    /// The same number of queries whatever is found.
    Optional<Held> held(Release release, KeyId host, Digest digest);

    /// Keeps a grant with the answer that was signed for it, and what goes along.
    Kept keep(Decision.Grant grant, Asked asked, String usageLicense, Cut answer, Instant now, Along along);

    /// Keeps a release with its signed acknowledgement, what its host tells beside it, and what goes along.
    ///
    /// @param left of a pool: what still counts of it
    Kept keep(Held held, Optional<PoolShare> left, Verified<Release> release, Cut acknowledgement, Instant now, Along along);

    /// Writes what goes along with an answer that is not kept here, or was before.
    void write(Along along, Outcome answer);

    /// Raises an alarm about an activation.
    void raise(Decision.Suspicion suspicion, Asked asked, Instant now);
}
