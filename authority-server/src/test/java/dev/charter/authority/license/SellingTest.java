package dev.charter.authority.license;

import static dev.charter.authority.testing.TestAuthority.VENDOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.authority.access.AccessProblem;
import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Scope;
import dev.charter.authority.testing.TestAuthority.Licensed;
import dev.charter.authority.testing.TestAuthority;
import dev.charter.authority.testing.TestHost;
import dev.charter.format.LicenseType;
import dev.charter.format.json.JsonReader;
import dev.charter.server.web.HttpProblem;
import dev.charter.server.web.ProblemCode;
import dev.charter.server.web.Rejected;
import dev.charter.store.Engine;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource
class SellingTest {
    final TestAuthority authority;

    SellingTest(Engine engine) {
        authority = TestAuthority.on(engine);
    }

    @AfterEach
    void everything_that_happened_can_be_replayed() {
        assertThat(authority.replay().differences()).isEmpty();
        authority.close();
    }

    @Test
    void what_is_not_said_is_what_suits_most() {
        var terms = authority.sells("{}").license().terms();

        assertThat(terms.term().from()).isEqualTo("2026-03-01T08:00:00Z");
        assertThat(terms.term().until()).isEmpty();
        assertThat(terms.graceDays()).isEqualTo(14);
        assertThat(terms.emergencyDays()).isZero();
        assertThat(terms.activations()).isEqualTo(1);
        assertThat(terms.allowance().count()).isEqualTo(2);
        assertThat(terms.allowance().days()).isEqualTo(365);
        assertThat(terms.refreshHorizonDays()).isEmpty();
        assertThat(terms.installWithinDays()).isEmpty();
    }

    @Test
    void licenses_of_every_type_can_be_sold() {
        assertThat(authority.sells("{\"type\":\"online\",\"refreshHorizonDays\":90}").license().type()).isEqualTo(LicenseType.ONLINE);
        assertThat(authority.sells("{\"type\":\"offline\"}").license().terms().installWithinDays()).hasValue(30);
        var floating = authority.sells("{\"type\":\"floating\",\"seats\":5,\"overdraftSeats\":2}").license().terms();
        assertThat(floating.leasing()).contains(Leasing.PLANT);
        assertThat(floating.seats()).hasValue(5);
        assertThat(authority.sells("{\"type\":\"leased\",\"seats\":5}").license().terms().leasing()).contains(Leasing.ELASTIC);
        assertThat(authority.sells("{\"type\":\"leased\",\"seats\":5,\"lease\":\"plant\"}").license().terms().leasing()).contains(Leasing.PLANT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"type\":\"rented\"} | rented",
        "{\"product\":\"unknown\"} | product",
        "{\"customer\":\"cus-unknown\"} | customer",
        "{\"entitlements\":[]} | entitlements",
        "{\"entitlements\":[{\"feature\":\"unknown\"}]} | feature",
        "{\"entitlements\":[{\"meter\":\"unknown\"}]} | meter",
        "{\"entitlements\":[{\"feature\":\"mqtt\"},{\"feature\":\"mqtt\"}]} | twice",
        "{\"entitlements\":[{\"feature\":\"mqtt\",\"limit\":5}]} | limit",
        "{\"entitlements\":[{\"feature\":\"mqtt\",\"meter\":\"messages\"}]} | meter",
        "{\"entitlements\":[{\"support\":true}]} | until",
        "{\"entitlements\":[{\"support\":false,\"until\":\"2027-01-01T00:00:00Z\"}]} | support",
        "{\"entitlements\":[{}]} | entitlement",
        "{\"until\":\"2026-01-01T00:00:00Z\"} | ends",
        "{\"until\":\"2027-01-01\"} | until",
        "{\"until\":\"2027-01-01T00:00:00.5Z\"} | until",
        "{\"activations\":0} | activations",
        "{\"activations\":10000001} | activations",
        "{\"graceDays\":36501} | graceDays",
        "{\"refreshHorizonDays\":0} | refreshHorizonDays",
        "{\"allowance\":{\"count\":1,\"days\":0}} | allowance",
        "{\"seats\":5} | seats",
        "{\"lease\":\"plant\"} | lease",
        "{\"overdraftSeats\":1} | overdraftSeats",
        "{\"installWithinDays\":0} | installWithinDays",
        "{\"type\":\"floating\"} | seats",
        "{\"type\":\"floating\",\"seats\":0} | seats",
        "{\"type\":\"floating\",\"seats\":5,\"lease\":\"hotel\"} | lease",
        "{\"type\":\"offline\",\"refreshHorizonDays\":5} | refreshHorizonDays",
        "{\"reference\":\"\"} | reference",
    })
    void what_cannot_be_sold_is_refused_by_name(String json, String named) {
        assertThatThrownBy(() -> authority.sells(json)).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.code()).isEqualTo(HttpProblem.MALFORMED);
            assertThat(rejected.detail()).containsIgnoringCase(named).endsWith(".");
        });
    }

    @Test
    void a_change_merges_into_the_terms_and_raises_the_revision() {
        var sold = authority.sells("{\"until\":\"2027-01-01T00:00:00Z\",\"reference\":\"PO 1\",\"allowance\":{\"count\":1,\"days\":30}}");

        var changed = authority.patches(sold.id(), "{\"until\":null,\"graceDays\":3,\"allowance\":{\"count\":5}}");

        assertThat(changed.revision()).isEqualTo(2);
        assertThat(changed.terms().term().until()).isEmpty();
        assertThat(changed.terms().graceDays()).isEqualTo(3);
        assertThat(changed.terms().allowance().count()).isEqualTo(5);
        assertThat(changed.terms().allowance().days()).isEqualTo(30);
        assertThat(changed.terms().reference()).contains("PO 1");
        assertThat(changed.terms().term().from()).isEqualTo(Instant.parse("2026-03-01T08:00:00Z"));
    }

    @Test
    void a_change_that_changes_nothing_leaves_the_revision() {
        var sold = authority.sells("{}");

        assertThat(authority.patches(sold.id(), "{\"graceDays\":14}").revision()).isEqualTo(1);
        assertThat(authority.patches(sold.id(), "{}").revision()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"product\":\"opc-gateway\"}", "{\"customer\":\"cus-1\"}", "{\"type\":\"offline\"}", "{\"revision\":7}", "{\"state\":\"revoked\"}", "{\"graceDays\":null}",
        "{\"graceDays\":\"7\"}", "{\"graceDays\":-1}", "{\"entitlements\":null}", "{\"entitlements\":[{\"feature\":\"unknown\"}]}", "{\"seats\":3}"})
    void what_cannot_be_changed_is_refused_and_changes_nothing(String patch) {
        var sold = authority.sells("{}");

        assertRejected(HttpProblem.MALFORMED, () -> authority.patches(sold.id(), patch));
        assertThat(authority.license(sold.id()).revision()).isEqualTo(1);
    }

    @Test
    void a_change_of_what_somebody_else_has_changed_is_refused_when_the_caller_says_so() {
        var sold = authority.sells("{}");
        authority.patches(sold.id(), "{\"graceDays\":1}");
        var patch = JsonReader.object("{\"graceDays\":2}");

        assertRejected(HttpProblem.CHANGED_MEANWHILE, () -> authority.licenses().change().patch(VENDOR, sold.id(), patch, OptionalLong.of(1)));
        assertThat(authority.licenses().change().patch(VENDOR, sold.id(), patch, OptionalLong.of(2)).revision()).isEqualTo(3);
    }

    @Test
    void a_license_keeps_the_activations_that_are_in_use() {
        var sold = authority.sells("{\"activations\":3}");
        var host = TestHost.named("a");
        var held = (Licensed) authority.activate(sold.key(), host);
        authority.activate(sold.key(), TestHost.named("b"));

        assertRejected(HttpProblem.CONFLICT, () -> authority.patches(sold.id(), "{\"activations\":1}"));

        authority.release(host.releases(held.content()));
        assertThat(authority.patches(sold.id(), "{\"activations\":1}").terms().activations()).isEqualTo(1);
    }

    @Test
    void a_license_goes_only_where_its_state_allows() {
        var sold = authority.sells("{}");
        var change = authority.licenses().change();

        assertRejected(HttpProblem.CONFLICT, () -> change.reinstate(VENDOR, sold.id()));
        assertThat(change.suspend(VENDOR, sold.id(), "unpaid")).satisfies(license -> {
            assertThat(license.state()).isEqualTo(LicenseState.SUSPENDED);
            assertThat(license.reason()).contains("unpaid");
            assertThat(license.revision()).isEqualTo(2);
        });
        assertRejected(HttpProblem.CONFLICT, () -> change.suspend(VENDOR, sold.id(), "again"));
        assertThat(change.reinstate(VENDOR, sold.id()).reason()).isEmpty();
        assertThat(change.revoke(VENDOR, sold.id(), "fraud").state()).isEqualTo(LicenseState.REVOKED);
        assertRejected(HttpProblem.CONFLICT, () -> change.reinstate(VENDOR, sold.id()));
        assertRejected(HttpProblem.CONFLICT, () -> change.revoke(VENDOR, sold.id(), "again"));
        assertRejected(HttpProblem.MALFORMED, () -> change.suspend(VENDOR, authority.sells("{}").id(), " "));
    }

    @Test
    void a_license_that_is_not_there_is_unknown() {
        assertRejected(HttpProblem.UNKNOWN, () -> authority.license("lic-none"));
        assertRejected(HttpProblem.UNKNOWN, () -> authority.patches("lic-none", "{}"));
        assertRejected(HttpProblem.UNKNOWN, () -> authority.licenses().find().revealKey(VENDOR, "lic-none"));
    }

    @Test
    void the_license_key_is_shown_to_those_who_may_see_it() {
        var sold = authority.sells("{}");

        assertThat(authority.licenses().find().revealKey(VENDOR, sold.id())).isEqualTo(sold.key());
        assertRejected(AccessProblem.SCOPE_MISSING, () -> authority.licenses().find().revealKey(with(Scope.LICENSES_READ, Scope.LICENSES_WRITE), sold.id()));
    }

    @Test
    void each_use_case_asks_for_its_scope_itself() {
        var sold = authority.sells("{}");
        var reader = with(Scope.LICENSES_READ);
        var writer = with(Scope.LICENSES_WRITE);

        assertRejected(AccessProblem.SCOPE_MISSING, () -> authority.licenses().find().byId(writer, sold.id()));
        assertRejected(AccessProblem.SCOPE_MISSING, () -> authority.licenses().change().suspend(reader, sold.id(), "no"));
        assertRejected(AccessProblem.SCOPE_MISSING, () -> authority.licenses().change().patch(reader, sold.id(), JsonReader.object("{}"), OptionalLong.empty()));
        assertRejected(AccessProblem.SCOPE_MISSING, () -> authority.licenses().issue().handle(reader, TestLicenses.order(TestAuthority.PRODUCT, sold.license().buyer().customer(), "{}")));
        assertRejected(AccessProblem.SCOPE_MISSING, () -> authority.audit().replay().run(writer));
    }

    private static Caller with(Scope... scopes) {
        return new Caller("tok-some", "some", Set.of(scopes));
    }

    private static void assertRejected(ProblemCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.code()).isEqualTo(code));
    }
}
