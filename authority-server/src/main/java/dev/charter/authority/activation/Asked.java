package dev.charter.authority.activation;

import dev.charter.format.Digest;
import dev.charter.format.KeyId;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageRequest;
import dev.charter.format.Verified;

/// A usage request whose host's signature holds.
record Asked(UsageRequest request, SignedDocument document, Digest digest, KeyId host, Way way) {
    static Asked of(Verified<UsageRequest> verified, Way way) {
        return new Asked(verified.content(), verified.document(), verified.document().digest(), verified.content().host().keys().id(), way);
    }
}
