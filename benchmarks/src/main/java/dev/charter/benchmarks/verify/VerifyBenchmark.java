package dev.charter.benchmarks.verify;

import dev.charter.benchmarks.KeysInMemory;
import dev.charter.benchmarks.Requests;
import dev.charter.benchmarks.Vendor;
import dev.charter.format.Algorithm;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageLicense;
import dev.charter.format.Verified;
import dev.charter.format.Verifier;
import dev.charter.signing.Strength;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// A usage license, from the bytes as they were received to the verified record, and from the record to the bytes that are sent, each beside the bare
/// signatures over the very same bytes by the same providers and under the same keys.
public class VerifyBenchmark {

    /// A vendor, one of its usage licenses, and its signatures laid bare.
    public abstract static class Documents {
        private final Vendor vendor;
        private final Verifier warm;
        private final UsageLicense content;
        private final byte[] document;
        private final List<Bare> bare = new ArrayList<>();

        private record Bare(Algorithm algorithm, Signature verification, byte[] content, byte[] value) {}

        Documents(Strength strength) {
            vendor = Vendor.of(strength);
            content = Vendor.answer(Requests.of("plant-a").refresh("lic-23456789abcd", 1));
            var issued = vendor.issue(content);
            document = issued.toBytes();
            warm = new Verifier(vendor.anchor());
            warm.usageLicense(issued); // from now on it has seen the chain
            for (var signature : issued.signatures()) {
                var algorithm = Algorithm.named(signature.header().alg());
                var key = Objects.requireNonNull(vendor.issuingKeys().byAlgorithm().get(algorithm), "the issuing key lacks an algorithm of its own documents");
                bare.add(new Bare(algorithm, KeysInMemory.bare(algorithm, key), (signature.protectedText() + '.' + issued.payloadText()).getBytes(StandardCharsets.US_ASCII),
                        signature.value().toArray()));
            }
        }

        Verified<UsageLicense> verifyWarm() {
            return warm.usageLicense(SignedDocument.read(document));
        }

        Verified<UsageLicense> verifyCold() {
            return new Verifier(vendor.anchor()).usageLicense(SignedDocument.read(document));
        }

        boolean verifyBare() throws GeneralSecurityException {
            for (var one : bare) {
                one.verification().update(one.content());
                if (!one.verification().verify(one.value())) {
                    throw new IllegalStateException("a good signature is refused");
                }
            }
            return true;
        }

        byte[] issue() {
            return vendor.issue(content).toBytes();
        }

        void signBare(Blackhole sink) {
            for (var one : bare) {
                sink.consume(vendor.issuing().sign(one.algorithm(), one.content()));
            }
        }
    }

    /// Of a vendor that signs with Ed25519 alone.
    @State(Scope.Thread)
    public static class Classical extends Documents {
        public Classical() {
            super(Strength.CLASSICAL);
        }
    }

    /// Of a vendor that signs with Ed25519 and ML-DSA-65.
    @State(Scope.Thread)
    public static class Hybrid extends Documents {
        public Hybrid() {
            super(Strength.HYBRID);
        }
    }

    @Benchmark
    public Object verifyClassicalWarm(Classical documents) {
        return documents.verifyWarm();
    }

    @Benchmark
    public Object verifyClassicalCold(Classical documents) {
        return documents.verifyCold();
    }

    @Benchmark
    public boolean verifyClassicalBare(Classical documents) throws GeneralSecurityException {
        return documents.verifyBare();
    }

    @Benchmark
    public Object verifyHybridWarm(Hybrid documents) {
        return documents.verifyWarm();
    }

    @Benchmark
    public Object verifyHybridCold(Hybrid documents) {
        return documents.verifyCold();
    }

    @Benchmark
    public boolean verifyHybridBare(Hybrid documents) throws GeneralSecurityException {
        return documents.verifyBare();
    }

    @Benchmark
    public Object issueClassical(Classical documents) {
        return documents.issue();
    }

    @Benchmark
    public void signClassicalBare(Classical documents, Blackhole sink) {
        documents.signBare(sink);
    }

    @Benchmark
    public Object issueHybrid(Hybrid documents) {
        return documents.issue();
    }

    @Benchmark
    public void signHybridBare(Hybrid documents, Blackhole sink) {
        documents.signBare(sink);
    }
}
