package dev.charter.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// Root, authority, pool, lease: a floating server hands out what it holds and nothing more.
class LeaseTest {
    private final Scene scene = Scene.classical();

    private UsageLicense lease(UsageLicense.SoldLicense sold, List<Entitlement> entitlements, String product, Optional<LeaseProfile> profile) {
        var plain = scene.leaseContent();
        return new UsageLicense(plain.id(), plain.issuedAt(), product, plain.customer(), sold, plain.host(), plain.factorsRequired(), plain.request(), plain.sequence(), entitlements, Optional.empty(), profile, Optional.empty());
    }

    private UsageLicense of(UsageLicense.SoldLicense sold) {
        return lease(sold, scene.leaseContent().entitlements(), Scene.PRODUCT, Optional.of(LeaseProfile.PLANT));
    }

    private UsageLicense granting(Entitlement... entitlements) {
        return lease(scene.leaseContent().license(), List.of(entitlements), Scene.PRODUCT, Optional.of(LeaseProfile.PLANT));
    }

    private UsageLicense.SoldLicense sold(String id, LicenseType type, Term term, Duration grace, Optional<Duration> horizon, int emergencyDays) {
        var of = scene.sold(LicenseType.FLOATING);
        return new UsageLicense.SoldLicense(id, type, term, grace, horizon, emergencyDays, of.overdraftSeats(), of.allowance(), of.activationsUsed(), of.activationsTotal());
    }

    private void accepted(UsageLicense lease) {
        assertThat(scene.verifier().usageLicense(scene.lease(lease)).content()).isEqualTo(lease);
    }

    private void beyond(String why, UsageLicense lease) {
        assertThatThrownBy(() -> scene.verifier().usageLicense(scene.lease(lease))).as(why).isInstanceOfSatisfying(DocumentRejected.class, rejected -> assertThat(rejected.flaw()).isEqualTo(Flaw.BEYOND_POOL))
                .hasMessageContaining(why);
    }

    @Test void a_lease_within_its_pool_is_verified_up_to_the_root() {
        accepted(scene.leaseContent());
        var hybrid = Scene.hybrid();
        assertThat(hybrid.verifier().usageLicense(hybrid.lease(hybrid.leaseContent())).content()).isEqualTo(hybrid.leaseContent());
    }

    @Test void everything_that_the_pool_holds_may_be_leased() {
        accepted(granting(scene.entitlements().toArray(Entitlement[]::new)));
        accepted(granting(new Entitlement.Meter("messages", OptionalLong.of(1_000_000), Optional.of(Scene.NOW.plusSeconds(5))), new Entitlement.Support(Scene.NOW.plusSeconds(86400 * 200))));
    }

    @Test void each_bound_of_the_pool_holds() {
        var of = scene.sold(LicenseType.FLOATING);
        var end = of.term().until().orElseThrow();
        beyond("another product", lease(of, scene.leaseContent().entitlements(), "historian", Optional.of(LeaseProfile.PLANT)));
        beyond("another license", of(sold("lic-2", LicenseType.FLOATING, of.term(), of.grace(), of.refreshHorizon(), 7)));
        beyond("another license type", of(sold("lic-1", LicenseType.ONLINE, of.term(), of.grace(), of.refreshHorizon(), 7)));
        beyond("durations are not the pool's", lease(of, scene.leaseContent().entitlements(), Scene.PRODUCT, Optional.of(LeaseProfile.ELASTIC)));
        beyond("durations are not the pool's", lease(of, scene.leaseContent().entitlements(), Scene.PRODUCT, Optional.of(new LeaseProfile(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofDays(4)))));
        beyond("durations are not the pool's", lease(of, scene.leaseContent().entitlements(), Scene.PRODUCT, Optional.empty()));
        beyond("begins before the pool", of(sold("lic-1", LicenseType.FLOATING, Term.between(Scene.NOW.minusSeconds(1), end), of.grace(), of.refreshHorizon(), 7)));
        beyond("ends after the pool", of(sold("lic-1", LicenseType.FLOATING, Term.between(Scene.NOW, end.plusSeconds(1)), of.grace(), of.refreshHorizon(), 7)));
        beyond("ends after the pool", of(sold("lic-1", LicenseType.FLOATING, Term.perpetual(Scene.NOW), of.grace(), of.refreshHorizon(), 7)));
        beyond("emergency days", of(sold("lic-1", LicenseType.FLOATING, of.term(), of.grace(), of.refreshHorizon(), 8)));
        beyond("grace is longer", of(sold("lic-1", LicenseType.FLOATING, of.term(), Duration.ofDays(15), of.refreshHorizon(), 7)));
        beyond("without contact", of(sold("lic-1", LicenseType.FLOATING, of.term(), of.grace(), Optional.of(Duration.ofDays(91)), 7)));
        beyond("without contact", of(sold("lic-1", LicenseType.FLOATING, of.term(), of.grace(), Optional.empty(), 7)));
        accepted(of(sold("lic-1", LicenseType.FLOATING, Term.between(Scene.NOW.plusSeconds(1), end.minusSeconds(1)), Duration.ZERO, Optional.of(Duration.ofDays(1)), 0)));
    }

    @Test void each_entitlement_is_held_by_the_pool_for_as_long_and_as_much() {
        var soon = Optional.of(Scene.NOW.plusSeconds(10));
        beyond("does not hold", granting(new Entitlement.Feature("sparkplug", Optional.empty())));
        beyond("does not hold", granting(new Entitlement.Feature("sparkplug", Optional.of(Scene.NOW.plusSeconds(86400 * 300 + 1)))));
        beyond("does not hold", granting(new Entitlement.Feature("messages", soon)));
        beyond("does not hold", granting(new Entitlement.Feature("other", soon)));
        beyond("does not hold", granting(new Entitlement.Meter("messages", OptionalLong.empty(), soon)));
        beyond("does not hold", granting(new Entitlement.Meter("messages", OptionalLong.of(1_000_001), soon)));
        beyond("does not hold", granting(new Entitlement.Meter("sparkplug", OptionalLong.of(1), soon)));
        beyond("does not hold", granting(new Entitlement.Support(Scene.NOW.plusSeconds(86400 * 200 + 1))));
        beyond("does not hold", granting(new Entitlement.Feature("sparkplug", soon), new Entitlement.Feature("other", soon)));
    }

    @Test void an_invented_floating_server_leases_nothing() {
        var invented = scene.signer(404);
        refused(Flaw.UNKNOWN_SIGNER, SignedDocument.sign(scene.leaseContent(), invented).withPool(scene.pool()));
        refused(Flaw.UNKNOWN_SIGNER, SignedDocument.sign(scene.leaseContent(), invented));
        var ownPool = new UsageLicense("ul-pool", Scene.NOW, Scene.PRODUCT, "ACME Water", scene.sold(LicenseType.FLOATING), Scene.host(invented.keys(), "floating"), 3, Digest.of(new byte[1]), 1, scene.entitlements(),
                Optional.empty(), Optional.empty(), Optional.of(new Pool(500, LeaseProfile.PLANT)));
        refused(Flaw.UNKNOWN_SIGNER, SignedDocument.sign(scene.leaseContent(), invented).withPool(SignedDocument.sign(ownPool, invented)));
        refused(Flaw.UNKNOWN_SIGNER, SignedDocument.sign(scene.leaseContent(), invented).withPool(SignedDocument.sign(ownPool, invented).with(List.of(scene.certificate), Optional.empty())));
    }

    @Test void a_copied_floating_server_without_its_key_leases_nothing() {
        // The copy has every file but the private key, so it signs with one of its own under the original's key ID.
        var good = scene.lease(scene.leaseContent());
        var copy = SignedDocument.sign(scene.leaseContent(), scene.signer(405));
        var header = good.signatures().get(0);
        refused(Flaw.SIGNATURE_WRONG, new SignedDocument(good.payloadText(), List.of(new SignedDocument.Signature(header.protectedText(), header.header(), copy.signatures().get(0).value())), List.of(), Optional.empty(), good.pool()));
    }

    @Test void a_host_without_a_pool_leases_nothing() {
        var ordinary = scene.answer();
        refused(Flaw.BEYOND_POOL, SignedDocument.sign(scene.leaseContent(), scene.hostSigner).withPool(ordinary));
    }

    @Test void a_lease_leases_nothing_on() {
        var lease = scene.lease(scene.leaseContent());
        refused(Flaw.BEYOND_POOL, SignedDocument.sign(scene.leaseContent(), scene.hostSigner).withPool(lease));
    }

    @Test void the_authority_signs_leases_itself_without_a_pool() {
        var sold = scene.sold(LicenseType.LEASED);
        var lease = lease(sold, scene.entitlements(), Scene.PRODUCT, Optional.of(LeaseProfile.ELASTIC));
        assertThat(scene.verifier().usageLicense(scene.issue(lease)).content()).isEqualTo(lease);
    }

    @Test void the_leases_of_a_pool_end_with_the_key_that_issued_it() {
        var verifier = scene.verifier();
        var lease = scene.lease(scene.leaseContent());
        verifier.usageLicense(lease);
        verifier.learn(SignedDocument.sign(new TrustStatement(9, Scene.NOW, List.of(scene.issuing.keys().id())), scene.root));
        assertThatThrownBy(() -> verifier.usageLicense(lease)).isInstanceOfSatisfying(DocumentRejected.class, rejected -> assertThat(rejected.flaw()).isEqualTo(Flaw.REVOKED));
    }

    private void refused(Flaw flaw, SignedDocument document) {
        assertThatThrownBy(() -> scene.verifier().usageLicense(document)).isInstanceOfSatisfying(DocumentRejected.class, rejected -> assertThat(rejected.flaw()).as(rejected.getMessage()).isEqualTo(flaw));
    }

    private SignedDocument seatRequest(UsageRequest.LicenseName license, Purpose purpose) {
        var plain = scene.requestContent(1);
        return SignedDocument.sign(new UsageRequest(plain.formats(), purpose, plain.product(), license, plain.host(), 1, plain.madeAt(), plain.nonce()), scene.hostSigner);
    }

    private SignedDocument refusal(SignedDocument request, String license, Signer signer) {
        return SignedDocument.sign(new Refusal(Scene.NOW, Scene.PRODUCT, request.digest(), RefusalCode.NO_SEAT_FREE, "All seats are taken.", Optional.of(license)), signer).withPool(scene.pool());
    }

    @Test void a_floating_server_refuses_seats_of_its_own_pool_and_nothing_else() {
        var request = seatRequest(new UsageRequest.LicenseName.ById("lic-1"), Purpose.ACQUIRE);
        var refusal = refusal(request, "lic-1", scene.poolHolder());
        assertThat(scene.verifier().leaseRefusal(refusal, request).content().code()).isEqualTo(RefusalCode.NO_SEAT_FREE);

        rejected(Flaw.OTHER_REQUEST, () -> scene.verifier().leaseRefusal(refusal, seatRequest(new UsageRequest.LicenseName.ById("lic-1"), Purpose.RENEW)));
        for (var other : List.of(seatRequest(new UsageRequest.LicenseName.ById("lic-2"), Purpose.ACQUIRE), seatRequest(new UsageRequest.LicenseName.ById("lic-1"), Purpose.REFRESH),
                seatRequest(new UsageRequest.LicenseName.ByLocator(scene.key.locator()), Purpose.ACQUIRE))) {
            rejected(Flaw.BEYOND_POOL, () -> scene.verifier().leaseRefusal(refusal(other, "lic-1", scene.poolHolder()), other));
        }
        rejected(Flaw.BEYOND_POOL, () -> scene.verifier().leaseRefusal(refusal(request, "lic-2", scene.poolHolder()), request));
        rejected(Flaw.UNKNOWN_SIGNER, () -> scene.verifier().leaseRefusal(refusal(request, "lic-1", scene.hostSigner), request));
        // The vendor's own refusals are never signed by a floating server.
        assertThatThrownBy(() -> scene.verifier().refusal(refusal, request.digest())).isInstanceOf(DocumentRejected.class);
    }

    @Test void a_floating_server_acknowledges_releases_of_its_own_pool_and_nothing_else() {
        var acknowledgement = SignedDocument.sign(scene.releaseContent(), scene.poolHolder()).withPool(scene.pool());
        assertThat(scene.verifier().leaseAcknowledgement(acknowledgement, scene.release()).content()).isEqualTo(scene.releaseContent());

        var of = scene.releaseContent();
        var other = SignedDocument.sign(new Release(of.product(), "lic-2", of.usageLicense(), of.hostKeys(), of.releasedAt(), of.nonce()), scene.hostSigner);
        rejected(Flaw.OTHER_REQUEST, () -> scene.verifier().leaseAcknowledgement(acknowledgement, other));
        rejected(Flaw.BEYOND_POOL, () -> scene.verifier().leaseAcknowledgement(SignedDocument.sign(Release.read(other.payload()), scene.poolHolder()).withPool(scene.pool()), other));
        assertThatThrownBy(() -> scene.verifier().acknowledgement(acknowledgement, scene.release())).isInstanceOf(DocumentRejected.class);
    }

    private static void rejected(Flaw flaw, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(DocumentRejected.class, rejected -> assertThat(rejected.flaw()).isEqualTo(flaw));
    }
}
