package dev.charter.benchmarks.floating;

import dev.charter.benchmarks.KeysInMemory;
import dev.charter.benchmarks.load.Load;
import dev.charter.format.Algorithm;
import dev.charter.format.Bytes;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageRequest;
import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import java.util.List;
import java.util.Objects;

/// The two signatures that no lease can do without: the host's is verified under a key that comes with the request, the server's is made.
final class BareSignatures {
    private static final int SIGNED_LENGTH = 2_000;
    private final KeysInMemory server = KeysInMemory.of(Algorithm.ED25519);
    private final byte[] signed = new byte[SIGNED_LENGTH];

    private record Request(Bytes key, byte[] content, byte[] signature) {
        static Request of(SignedDocument document) {
            var key = UsageRequest.read(document.payload()).host().keys().byAlgorithm().get(Algorithm.ED25519);
            var content = (document.signatures().getFirst().protectedText() + '.' + document.payloadText()).getBytes(StandardCharsets.US_ASCII);
            return new Request(Objects.requireNonNull(key, "a host has an Ed25519 key"), content, document.signatures().getFirst().value().toArray());
        }
    }

    Load.Clients answering(List<SignedDocument> requests) {
        var laidBare = requests.stream().map(Request::of).toList();
        return () -> number -> {
            var request = laidBare.get(number);
            var verification = KeysInMemory.bare(Algorithm.ED25519, request.key());
            verification.update(request.content());
            if (!verification.verify(request.signature())) {
                throw new SignatureException("a good signature is refused");
            }
            if (server.sign(Algorithm.ED25519, signed).length != Algorithm.ED25519.signatureLength()) {
                throw new SignatureException("a signature has another length");
            }
        };
    }
}
