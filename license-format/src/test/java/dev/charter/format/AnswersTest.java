package dev.charter.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// An answer fits one request of one host.
class AnswersTest {
    private final Scene scene = Scene.classical();

    @Test void of_a_hundred_answers_each_fits_its_own_request_only() {
        var requests = IntStream.range(0, 100).mapToObj(i -> {
            // Every second one is another request of the host before it.
            var signer = SeededSigner.classical(5000 + i / 2);
            return SignedDocument.sign(scene.requestContent(Scene.host(signer.keys(), "host-" + i / 2), 1 + i), signer, scene.key);
        }).toList();
        var answers = requests.stream().map(request -> scene.issue(scene.license(request))).toList();
        var refusals = requests.stream().map(request -> scene.issue(new Refusal(Scene.NOW, Scene.PRODUCT, request.digest(), RefusalCode.RELEASED, "x", Optional.empty()))).toList();
        var verifier = scene.verifier();
        for (int answer = 0; answer < 100; answer++) {
            for (int request = 0; request < 100; request++) {
                var asked = requests.get(request);
                var answered = answers.get(answer);
                var refusal = refusals.get(answer);
                if (answer == request) {
                    assertThat(verifier.answer(answered, asked).content().request()).isEqualTo(asked.digest());
                    assertThat(verifier.refusal(refusal, asked.digest()).content().request()).isEqualTo(asked.digest());
                } else {
                    var flaw = answer / 2 == request / 2 ? Flaw.OTHER_REQUEST : Flaw.OTHER_HOST;
                    assertThatThrownBy(() -> verifier.answer(answered, asked)).isInstanceOfSatisfying(DocumentRejected.class, rejected -> assertThat(rejected.flaw()).isEqualTo(flaw));
                    if (request % 10 == 0) {
                        assertThatThrownBy(() -> verifier.refusal(refusal, asked.digest())).isInstanceOfSatisfying(DocumentRejected.class, rejected -> assertThat(rejected.flaw()).isEqualTo(Flaw.OTHER_REQUEST));
                    }
                }
            }
        }
    }

    @Test void an_answer_for_another_host_names_it() {
        var other = SeededSigner.classical(6000);
        var request = SignedDocument.sign(scene.requestContent(Scene.host(other.keys(), "plant-b"), 1), other, scene.key);
        assertThatThrownBy(() -> scene.verifier().answer(scene.answer(), request)).hasMessage("This usage license is for another host (plant-a).");
    }

    @Test void requests_that_differ_in_their_nonce_alone_have_different_answers() {
        var one = scene.requestContent(1);
        var two = new UsageRequest(one.formats(), one.purpose(), one.product(), one.license(), one.host(), one.sequence(), one.madeAt(), Bytes.of(new byte[16]));
        var second = SignedDocument.sign(two, scene.hostSigner, scene.key);
        assertThatThrownBy(() -> scene.verifier().answer(scene.answer(), second)).isInstanceOfSatisfying(DocumentRejected.class, rejected -> assertThat(rejected.flaw()).isEqualTo(Flaw.OTHER_REQUEST));
    }

    @Test void a_request_is_signed_by_the_host_that_it_names() {
        var thief = SeededSigner.classical(6001);
        var stolen = SignedDocument.sign(scene.requestContent(1), thief, scene.key);
        assertThatThrownBy(() -> Verifier.request(stolen)).isInstanceOfSatisfying(DocumentRejected.class, rejected -> assertThat(rejected.flaw()).isEqualTo(Flaw.UNKNOWN_SIGNER));
    }

    @Test void the_proof_of_one_request_is_worth_nothing_in_another_hosts() {
        var thief = SeededSigner.classical(6001);
        var request = scene.request();
        var proof = request.signatures().get(0).header().proof().orElseThrow();
        var own = scene.requestContent(Scene.host(thief.keys(), "thief"), 1);
        var plain = SignedDocument.sign(own, thief);
        var withStolenProof = new SignedDocument(plain.payloadText(), plain.signatures().stream().map(s -> new SignedDocument.Signature(s.protectedText(),
                new SignedDocument.Header(s.header().alg(), s.header().kid(), s.header().typ(), Optional.of(proof), Optional.empty()), s.value())).toList(), List.of(), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> Verifier.proof(withStolenProof, scene.key)).isInstanceOfSatisfying(DocumentRejected.class, rejected -> assertThat(rejected.flaw()).isEqualTo(Flaw.SIGNATURE_WRONG));
        Verifier.proof(request, scene.key);
        assertThatThrownBy(() -> Verifier.proof(request, LicenseKey.generate(new Random(8)))).isInstanceOf(DocumentRejected.class);
        assertThatThrownBy(() -> Verifier.proof(plain, scene.key)).isInstanceOfSatisfying(DocumentRejected.class, rejected -> assertThat(rejected.flaw()).isEqualTo(Flaw.SIGNATURE_MISSING));
    }

    @Test void an_acknowledgement_fits_its_release_to_the_letter() {
        var other = SignedDocument.sign(new Release(Scene.PRODUCT, "lic-1", "ul-2", scene.hostSigner.keys(), Scene.NOW, Bytes.of(new byte[16])), scene.hostSigner);
        assertThat(scene.verifier().acknowledgement(scene.acknowledgement(), scene.release()).content()).isEqualTo(scene.releaseContent());
        assertThatThrownBy(() -> scene.verifier().acknowledgement(scene.acknowledgement(), other)).isInstanceOfSatisfying(DocumentRejected.class, rejected -> assertThat(rejected.flaw()).isEqualTo(Flaw.OTHER_REQUEST));
    }
}
