package dev.charter.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// How a host's trust moves: forward with newer statements, never back, and never to a root that no trusted root has named.
class TrustStatementTest {
    private final Scene scene = Scene.classical();
    private final SeededSigner first = scene.root;
    private final SeededSigner second = scene.signer(11);
    private final SeededSigner third = scene.signer(12);
    private final SeededSigner stranger = scene.signer(13);

    private static SignedDocument succession(SeededSigner from, SeededSigner to) {
        return SignedDocument.sign(new KeyCertificate(KeyCertificate.Role.ROOT, to.keys(), List.of(), EnumSet.noneOf(DocumentKind.class), Scene.NOW, Optional.empty()), from);
    }

    private static SignedDocument statement(long number, SeededSigner signer, List<SignedDocument> successions, SeededSigner... revoked) {
        return SignedDocument.sign(new TrustStatement(number, Scene.NOW.plusSeconds(number), Stream.of(revoked).map(r -> r.keys().id()).toList()), signer).with(successions, Optional.empty());
    }

    private SignedDocument issuing(SeededSigner issuer, SeededSigner root) {
        return SignedDocument.sign(new KeyCertificate(KeyCertificate.Role.ISSUING, issuer.keys(), List.of(), EnumSet.of(DocumentKind.USAGE_LICENSE, DocumentKind.REFUSAL), Scene.NOW, Optional.empty()), root);
    }

    private SignedDocument license(SeededSigner issuer, SeededSigner root, Optional<SignedDocument> statement) {
        return SignedDocument.sign(scene.license(scene.request()), issuer).with(List.of(issuing(issuer, root)), statement);
    }

    private static void refused(Flaw flaw, org.assertj.core.api.ThrowableAssert.ThrowingCallable step) {
        assertThatThrownBy(step).isInstanceOfSatisfying(DocumentRejected.class, rejected -> assertThat(rejected.flaw()).as(rejected.getMessage()).isEqualTo(flaw));
    }

    @Test void a_newer_statement_is_taken_over_and_handed_back_for_keeping() {
        var verifier = scene.verifier();
        assertThat(verifier.trustStatement()).isEmpty();
        var one = statement(1, first, List.of());
        var two = statement(2, first, List.of());
        assertThat(verifier.usageLicense(license(scene.issuing, first, Optional.of(one))).trustStatement()).contains(one);
        assertThat(verifier.usageLicense(license(scene.issuing, first, Optional.of(two))).trustStatement()).contains(two);
        assertThat(verifier.usageLicense(license(scene.issuing, first, Optional.of(one))).trustStatement()).contains(two);
        assertThat(verifier.usageLicense(license(scene.issuing, first, Optional.empty())).trustStatement()).contains(two);
    }

    @Test void a_revoked_issuing_key_is_refused_from_then_on_also_without_the_statement_and_also_when_its_certificate_is_remembered() {
        var verifier = scene.verifier();
        var before = license(scene.issuing, first, Optional.empty());
        verifier.usageLicense(before);
        verifier.learn(statement(5, first, List.of(), scene.issuing));
        refused(Flaw.REVOKED, () -> verifier.usageLicense(before));
        var successor = scene.signer(14);
        assertThat(verifier.usageLicense(license(successor, first, Optional.empty())).content()).isNotNull();
    }

    @Test void the_statement_that_comes_with_a_license_revokes_that_licenses_own_key() {
        refused(Flaw.REVOKED, () -> scene.verifier().usageLicense(license(scene.issuing, first, Optional.of(statement(1, first, List.of(), scene.issuing)))));
    }

    @Test void a_replayed_older_statement_undoes_no_revocation() {
        var verifier = scene.verifier();
        var old = statement(4, first, List.of());
        verifier.learn(old);
        verifier.learn(statement(5, first, List.of(), scene.issuing));
        verifier.learn(old);
        refused(Flaw.REVOKED, () -> verifier.usageLicense(license(scene.issuing, first, Optional.of(old))));
        assertThat(TrustStatement.read(verifier.trustStatement().orElseThrow().payload()).number()).isEqualTo(5);
    }

    @Test void another_statement_of_the_same_number_changes_nothing() {
        var verifier = scene.verifier();
        verifier.learn(statement(5, first, List.of(), scene.issuing));
        verifier.learn(statement(5, first, List.of()));
        refused(Flaw.REVOKED, () -> verifier.usageLicense(license(scene.issuing, first, Optional.empty())));
    }

    @Test void a_statement_that_came_with_a_refused_document_is_not_taken_over() {
        var verifier = scene.verifier();
        var altered = license(scene.issuing, first, Optional.of(statement(9, first, List.of())));
        var forged = new SignedDocument(altered.payloadText(), List.of(new SignedDocument.Signature(altered.signatures().get(0).protectedText(), altered.signatures().get(0).header(), Bytes.of(new byte[64]))),
                altered.certificates(), altered.trustStatement(), Optional.empty());
        refused(Flaw.SIGNATURE_WRONG, () -> verifier.usageLicense(forged));
        assertThat(verifier.trustStatement()).isEmpty();
    }

    @Test void a_host_that_knows_only_the_first_root_follows_a_chain_of_three_at_once() {
        var verifier = scene.verifier();
        var chain = List.of(succession(first, second), succession(second, third));
        var newest = statement(7, third, chain);
        var issuer = scene.signer(15);
        assertThat(verifier.usageLicense(license(issuer, third, Optional.of(newest))).trustStatement()).contains(newest);
        assertThat(verifier.usageLicense(license(scene.signer(16), second, Optional.empty())).content()).isNotNull();
        assertThat(verifier.usageLicense(license(scene.issuing, first, Optional.empty())).content()).isNotNull();
    }

    @Test void it_also_follows_when_the_older_roots_are_revoked_by_the_same_statement() {
        var verifier = scene.verifier();
        var newest = statement(7, third, List.of(succession(first, second), succession(second, third)), first, second);
        verifier.usageLicense(license(scene.signer(15), third, Optional.of(newest)));
        refused(Flaw.REVOKED, () -> verifier.usageLicense(license(scene.issuing, first, Optional.empty())));
        refused(Flaw.REVOKED, () -> verifier.usageLicense(license(scene.signer(16), second, Optional.empty())));
        // The next one, and a restart with what was kept.
        verifier.learn(statement(8, third, List.of(succession(first, second), succession(second, third)), first, second));
        var restarted = scene.verifier();
        restarted.learn(verifier.trustStatement().orElseThrow());
        refused(Flaw.REVOKED, () -> restarted.usageLicense(license(scene.issuing, first, Optional.empty())));
        assertThat(restarted.usageLicense(license(scene.signer(15), third, Optional.empty())).content()).isNotNull();
    }

    @Test void a_revoked_root_names_no_successor_any_more_and_signs_no_statement() {
        var verifier = scene.verifier();
        verifier.learn(statement(7, second, List.of(succession(first, second)), first));
        refused(Flaw.REVOKED, () -> verifier.learn(statement(8, stranger, List.of(succession(first, stranger)))));
        refused(Flaw.REVOKED, () -> verifier.learn(statement(8, first, List.of())));
        refused(Flaw.REVOKED, () -> verifier.usageLicense(license(scene.issuing, second, Optional.of(statement(8, first, List.of())))));
    }

    @Test void an_old_license_goes_on_after_the_root_that_signed_the_statement_it_carries_was_revoked() {
        var anchor = new TrustAnchor("acme", scene.required(), List.of(first.keys(), second.keys()));
        var verifier = new Verifier(anchor);
        var old = license(scene.issuing, second, Optional.of(statement(1, first, List.of())));
        verifier.usageLicense(old);
        verifier.learn(statement(2, second, List.of(), first));
        assertThat(verifier.usageLicense(old).content()).isNotNull();
    }

    @Test void a_succession_that_no_trusted_root_signed_adds_no_trust() {
        var verifier = scene.verifier();
        refused(Flaw.UNKNOWN_SIGNER, () -> verifier.learn(statement(9, stranger, List.of())));
        refused(Flaw.UNKNOWN_SIGNER, () -> verifier.learn(statement(9, stranger, List.of(succession(stranger, stranger)))));
        refused(Flaw.UNKNOWN_SIGNER, () -> verifier.learn(statement(9, stranger, List.of(succession(second, stranger)))));
        // An issuing key is no root, whatever it signs and whatever its certificate is called.
        refused(Flaw.UNKNOWN_SIGNER, () -> verifier.learn(statement(9, stranger, List.of(succession(scene.issuing, stranger)))));
        refused(Flaw.NOT_CERTIFIED, () -> verifier.learn(statement(9, scene.issuing, List.of(issuing(scene.issuing, first)))));
        refused(Flaw.UNKNOWN_SIGNER, () -> verifier.usageLicense(license(scene.issuing, stranger, Optional.of(statement(9, stranger, List.of(succession(second, stranger)))))));
        assertThat(verifier.trustStatement()).isEmpty();
    }

    @Test void a_succession_with_an_altered_signature_is_refused() {
        var good = succession(first, second);
        var signature = good.signatures().get(0);
        for (int bit : new int[] {0, 100, 511}) {
            var wrong = signature.value().toArray();
            wrong[bit / 8] ^= (byte) (1 << bit % 8);
            var forged = new SignedDocument(good.payloadText(), List.of(new SignedDocument.Signature(signature.protectedText(), signature.header(), Bytes.of(wrong))), List.of(), Optional.empty(), Optional.empty());
            refused(Flaw.SIGNATURE_WRONG, () -> scene.verifier().learn(statement(9, second, List.of(forged))));
        }
    }

    @Test void successions_in_the_wrong_order_are_refused() {
        refused(Flaw.UNKNOWN_SIGNER, () -> scene.verifier().learn(statement(7, third, List.of(succession(second, third), succession(first, second)))));
    }

    @Test void a_product_that_pins_the_newest_root_reads_the_whole_chain_without_trusting_the_older_ones() {
        var verifier = new Verifier(new TrustAnchor("acme", scene.required(), List.of(third.keys())));
        var newest = statement(7, third, List.of(succession(first, second), succession(second, third)));
        assertThat(verifier.usageLicense(license(scene.signer(15), third, Optional.of(newest))).content()).isNotNull();
        refused(Flaw.UNKNOWN_SIGNER, () -> verifier.usageLicense(license(scene.issuing, first, Optional.empty())));
        refused(Flaw.UNKNOWN_SIGNER, () -> verifier.usageLicense(license(scene.signer(16), second, Optional.empty())));
    }

    @Test void a_succeeding_root_without_the_keys_that_the_anchor_requires_is_refused() {
        var hybrid = Scene.hybrid();
        var classicalRoot = SeededSigner.classical(77);
        var certificate = succession(hybrid.root, classicalRoot);
        refused(Flaw.NOT_CERTIFIED, () -> hybrid.verifier().learn(SignedDocument.sign(new TrustStatement(9, Scene.NOW, List.of()), hybrid.root).with(List.of(certificate), Optional.empty())));
    }

    @Test void a_refusal_under_a_successor_is_believed_once_the_succession_is_known() {
        var verifier = scene.verifier();
        var issuer = scene.signer(15);
        var refusal = SignedDocument.sign(Refusal.read(scene.refusal().payload()), issuer).with(List.of(issuing(issuer, second)), Optional.empty());
        refused(Flaw.UNKNOWN_SIGNER, () -> verifier.refusal(refusal));
        verifier.learn(statement(2, second, List.of(succession(first, second))));
        assertThat(verifier.refusal(refusal).content().code()).isEqualTo(RefusalCode.NO_SEAT_FREE);
    }
}
