package dev.charter.benchmarks.activations;

import dev.charter.benchmarks.KeysInMemory;
import dev.charter.benchmarks.Requests;
import dev.charter.benchmarks.Vendor;
import dev.charter.benchmarks.load.Load;
import dev.charter.format.Algorithm;
import dev.charter.format.Bytes;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageRequest;
import dev.charter.signing.Strength;
import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The signatures that no activation can do without, and nothing else: the host's is verified under a key that comes with the request, the issuer's are made.
final class BareCryptography {
    private final Vendor vendor;
    private final SignedDocument issued;
    private final byte[] answer;

    BareCryptography(Strength strength) {
        vendor = Vendor.of(strength);
        issued = vendor.issue(Vendor.answer(Requests.of("plant-a").refresh("lic-23456789abcd", 1)));
        answer = signed(issued);
    }

    /// How long what the authority keeps of an answer is: all but what is attached to it.
    int keptLength() {
        return issued.with(List.of(), Optional.empty()).toBytes().length;
    }

    private record Request(Bytes key, byte[] content, byte[] signature) {
        static Request of(SignedDocument document) {
            var key = UsageRequest.read(document.payload()).host().keys().byAlgorithm().get(Algorithm.ED25519);
            return new Request(Objects.requireNonNull(key, "a host has an Ed25519 key"), signed(document), document.signatures().getFirst().value().toArray());
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
            for (var algorithm : vendor.issuingKeys().algorithms()) {
                if (vendor.issuing().sign(algorithm, answer).length != algorithm.signatureLength()) {
                    throw new SignatureException("a signature has another length");
                }
            }
        };
    }

    private static byte[] signed(SignedDocument document) {
        return (document.signatures().getFirst().protectedText() + '.' + document.payloadText()).getBytes(StandardCharsets.US_ASCII);
    }
}
