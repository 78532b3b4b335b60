package dev.charter.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.format.Algorithm;
import dev.charter.format.Digest;
import dev.charter.format.DocumentRejected;
import dev.charter.format.Flaw;
import dev.charter.format.KeyCertificate;
import dev.charter.format.SignedDocument;
import dev.charter.format.Signer;
import dev.charter.format.TrustAnchor;
import dev.charter.format.TrustStatement;
import dev.charter.format.Verifier;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotateAndRevokeDrillTest {
    @TempDir Path folder;
    TestVendor vendor;
    /// A product that was built on the vendor's first day and never updated.
    Verifier oldProduct;

    @BeforeEach void the_vendor_begins() {
        vendor = new TestVendor(folder);
        vendor.init(Strength.HYBRID);
        oldProduct = vendor.productOfToday();
    }

    @Test void a_usage_license_of_a_rotated_key_is_accepted_by_a_product_that_never_heard_of_it() {
        var before = vendor.license();
        vendor.rotateIssuingKey();

        assertThat(vendor.issuer().keyId()).isEqualTo(vendor.keys().issuing().id()).isNotEqualTo(VendorKeys.kid(before));
        oldProduct.usageLicense(vendor.license());
        oldProduct.usageLicense(before);
    }

    @Test void a_product_that_knows_only_the_old_root_follows_a_succession_that_comes_with_a_usage_license() {
        vendor.rotateRoot();
        vendor.rotateIssuingKey();

        var license = vendor.license();
        assertThat(VendorKeys.kid(license.certificates().get(0))).isEqualTo(vendor.keys().root().id());
        var verified = oldProduct.usageLicense(mailed(license));
        assertThat(verified.trustStatement()).contains(vendor.keys().trustStatement());
    }

    @Test void a_product_that_missed_several_successions_climbs_them_in_one_step() {
        for (int i = 0; i < 3; i++) {
            vendor.rotateRoot();
            vendor.rotateIssuingKey();
        }

        oldProduct.usageLicense(mailed(vendor.license()));
        assertThat(vendor.keys().roots()).hasSize(4);
        assertThat(vendor.keys().root()).isEqualTo(vendor.keys().roots().get(3));
    }

    @Test void a_product_that_was_there_at_each_succession_follows_the_next() {
        for (int i = 0; i < 3; i++) {
            vendor.rotateRoot();
            oldProduct.usageLicense(vendor.license());
        }
        assertThat(TrustStatement.read(oldProduct.trustStatement().orElseThrow().payload()).number()).isEqualTo(4);
    }

    @Test void a_product_built_with_the_newest_root_alone_accepts_what_is_issued_now() {
        vendor.rotateRoot();
        vendor.rotateRoot();

        var keys = vendor.keys();
        var newProduct = new Verifier(new TrustAnchor("acme", keys.anchor().required(), List.of(keys.root())));
        newProduct.usageLicense(vendor.license());
        vendor.rotateRoot();
        newProduct.usageLicense(vendor.license());
    }

    @Test void a_refusal_is_believed_by_a_product_that_has_not_heard_of_the_new_root() {
        var request = Digest.of(new byte[] {7});
        vendor.rotateRoot();

        oldProduct.refusal(vendor.issuer().issue(TestVendor.refusal(vendor.now, request)), request);
    }

    @Test void what_a_revoked_issuing_key_signed_is_refused_from_the_next_statement_on() {
        var stolen = vendor.issuer();
        var before = vendor.license();
        oldProduct.usageLicense(before);
        vendor.rotateIssuingKey();
        vendor.revoke(stolen.keyId());

        oldProduct.usageLicense(before); // nothing has told it yet
        oldProduct.usageLicense(vendor.license());

        assertRefused(before, Flaw.REVOKED);
        assertRefused(stolen.issue(TestVendor.usageLicense(vendor.now)), Flaw.REVOKED);
        assertThatThrownBy(() -> oldProduct.refusal(stolen.issue(TestVendor.refusal(vendor.now, before.digest())), before.digest())).isInstanceOf(DocumentRejected.class);
    }

    @Test void an_older_statement_does_not_undo_a_revocation() {
        var stolen = vendor.issuer();
        var firstStatement = vendor.keys().trustStatement();
        vendor.rotateIssuingKey();
        var revoking = vendor.revoke(stolen.keyId()).trustStatement();
        oldProduct.usageLicense(vendor.license());

        assertThat(oldProduct.learn(firstStatement).number()).isEqualTo(1);
        assertRefused(stolen.issue(TestVendor.usageLicense(vendor.now)), Flaw.REVOKED);

        var restarted = new Verifier(oldProduct.anchor());
        restarted.learn(revoking);
        restarted.learn(firstStatement);
        assertThatThrownBy(() -> restarted.usageLicense(stolen.issue(TestVendor.usageLicense(vendor.now)))).isInstanceOf(DocumentRejected.class).hasMessageContaining("revoked");
    }

    @Test void a_later_statement_still_lists_what_was_revoked_before() {
        var first = vendor.keys().issuing().id();
        var second = vendor.rotateIssuingKey().issuing().id();
        vendor.rotateIssuingKey();
        vendor.revoke(first);
        vendor.revoke(second);
        vendor.rotateRoot();

        var statement = vendor.keys().statement();
        assertThat(statement.revoked()).containsExactly(first, second);
        assertThat(statement.number()).isEqualTo(4);
    }

    @Test void revoking_twice_states_nothing_new() {
        var first = vendor.keys().issuing().id();
        vendor.rotateIssuingKey();
        var once = vendor.revoke(first);

        assertThat(vendor.revoke(first)).isEqualTo(once);
    }

    @Test void a_revoked_root_vouches_for_nothing_any_more() {
        var oldIssuer = vendor.issuer();
        var oldRoot = vendor.keys().root();
        var rogueVault = rootVault();
        vendor.rotateRoot();
        vendor.rotateIssuingKey();
        vendor.revoke(oldRoot.id());
        oldProduct.usageLicense(vendor.license());

        assertRefused(oldIssuer.issue(TestVendor.usageLicense(vendor.now)), Flaw.REVOKED);
        assertThat(vendor.keys().anchor().roots()).doesNotContain(oldRoot);
        // Who stole the old root names a successor of his own, in a statement with a far higher number.
        var rogueSuccessor = rogueVault.signer(rogueVault.create(KeyCertificate.Role.ROOT, Strength.HYBRID.algorithms()).id());
        var named = SignedDocument.sign(new KeyCertificate(KeyCertificate.Role.ROOT, rogueSuccessor.keys(), List.of(), Set.of(), vendor.now, Optional.empty()), rogueVault.signer(oldRoot.id()));
        var statement = SignedDocument.sign(new TrustStatement(1000, vendor.now, List.of()), rogueSuccessor).with(List.of(named), Optional.empty());
        assertThatThrownBy(() -> oldProduct.learn(statement)).isInstanceOfSatisfying(DocumentRejected.class, refused -> assertThat(refused.flaw()).isEqualTo(Flaw.REVOKED));
    }

    @Test void a_product_that_kept_its_statement_follows_a_succession_after_the_root_it_was_built_with_was_revoked() {
        var first = vendor.keys().root().id();
        vendor.rotateRoot();
        vendor.revoke(first);
        oldProduct.usageLicense(vendor.license());
        var restarted = new Verifier(oldProduct.anchor());
        restarted.learn(oldProduct.trustStatement().orElseThrow());
        vendor.rotateRoot();

        restarted.usageLicense(vendor.license());
        assertThat(vendor.productOfToday().usageLicense(vendor.license()).content().product()).isEqualTo("mqtt-server");
    }

    @Test void a_root_that_nobody_named_is_not_trusted() {
        var stranger = new MemoryKeyVault(new java.util.Random(3), new java.security.SecureRandom());
        var made = RootKeys.init("acme", Strength.HYBRID, stranger, stranger.create(KeyCertificate.Role.ISSUING, Strength.HYBRID.algorithms()), CertificateLimits.NONE, vendor.now);
        var forged = IssuingKeys.of(made, stranger).issuer().issue(TestVendor.usageLicense(vendor.now));

        assertRefused(forged, Flaw.UNKNOWN_SIGNER);
        assertRefused(forged.with(forged.certificates(), Optional.of(vendor.keys().trustStatement())), Flaw.UNKNOWN_SIGNER);
    }

    @Test void an_issuing_key_is_no_root() {
        var issuing = issuingSigner();
        var another = new MemoryKeyVault(new java.util.Random(4), new java.security.SecureRandom());
        var anothersKeys = another.create(KeyCertificate.Role.ISSUING, Strength.HYBRID.algorithms());
        var certificate = SignedDocument.sign(new KeyCertificate(KeyCertificate.Role.ISSUING, anothersKeys, List.of(), CertificateLimits.ISSUED, Instant.EPOCH, Optional.empty()), issuing);
        var forged = SignedDocument.sign(TestVendor.usageLicense(vendor.now), another.signer(anothersKeys.id())).with(List.of(certificate), Optional.of(vendor.keys().trustStatement()));

        assertRefused(forged, Flaw.UNKNOWN_SIGNER);
    }

    @Test void keys_in_use_are_not_revoked() {
        assertThatThrownBy(() -> vendor.revoke(vendor.keys().issuing().id())).isInstanceOf(KeysRefused.class).hasMessageContaining("Rotate it first");
        assertThatThrownBy(() -> vendor.revoke(vendor.keys().root().id())).isInstanceOf(KeysRefused.class).hasMessageContaining("successor first");
        assertThatThrownBy(() -> vendor.revoke(new dev.charter.format.KeyId("AAAAAAAAAAAAAAAAAAAAAA"))).isInstanceOf(KeysRefused.class).hasMessageContaining("none of this vendor's");
    }

    @Test void a_hybrid_vendor_certifies_no_classical_key() {
        var vault = rootVault();
        var classical = vault.create(KeyCertificate.Role.ISSUING, Set.of(Algorithm.ED25519));

        assertThatThrownBy(() -> new RootKeys(vendor.keys(), vault).certify(classical, CertificateLimits.NONE, vendor.now)).isInstanceOf(KeysRefused.class).hasMessageContaining("lacks an algorithm");
    }

    @Test void successions_end_before_a_usage_license_becomes_too_long_to_read() {
        int successions = 0;
        try {
            for (; successions < 20; successions++) {
                vendor.rotateRoot();
            }
        } catch (KeysRefused refused) {
            assertThat(refused.reason()).isEqualTo(KeysRefused.Reason.TOO_MANY);
        }
        assertThat(successions).isBetween(4, 15);
        oldProduct.usageLicense(mailed(vendor.license()));
    }

    private void assertRefused(SignedDocument document, Flaw flaw) {
        assertThatThrownBy(() -> oldProduct.usageLicense(document)).isInstanceOfSatisfying(DocumentRejected.class, refused -> assertThat(refused.flaw()).as(refused.getMessage()).isEqualTo(flaw));
    }

    private static SignedDocument mailed(SignedDocument document) {
        return dev.charter.format.Armor.read(dev.charter.format.Armor.write(document));
    }

    private KeyVault rootVault() {
        return new FileKeyVault(vendor.root(), Passphrase.of(TestVendor.ROOT_PASSPHRASE.toCharArray()), TestVendor.CHEAP, vendor.random);
    }

    private Signer issuingSigner() {
        return new FileKeyVault(vendor.issuing(), Passphrase.of(TestVendor.ISSUING_PASSPHRASE.toCharArray()), vendor.random).signer(vendor.keys().issuing().id());
    }
}
