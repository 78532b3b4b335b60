package dev.charter.authority.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.authority.testing.TestAuthority;
import dev.charter.authority.testing.TestHost;
import dev.charter.format.Entitlement;
import dev.charter.server.web.ProblemCode;
import dev.charter.server.web.Rejected;
import dev.charter.store.Engine;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/// What tests of orders tell their stories with: a shop whose payments are scripted, and a host that buys there.
abstract class OrderStories {
    final TestAuthority authority;
    final ScriptedPayments payments = new ScriptedPayments();
    final TestShop shop;
    final TestHost plant = TestHost.named("plant-a");

    OrderStories(Engine engine) {
        authority = TestAuthority.on(engine);
        shop = new TestShop(authority, payments);
    }

    @AfterEach
    void everything_that_happened_can_be_replayed() {
        assertThat(authority.replay().differences()).isEmpty();
        authority.close();
    }

    Optional<Instant> supportOf(String license) {
        return authority.license(license).terms().entitlements().stream().filter(Entitlement.Support.class::isInstance).flatMap(is -> is.ends().stream()).findAny();
    }

    static void assertRejected(ProblemCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.code()).as(rejected.detail()).isEqualTo(code));
    }
}
