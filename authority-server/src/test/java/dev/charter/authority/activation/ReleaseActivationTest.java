package dev.charter.authority.activation;

import static dev.charter.format.RefusalCode.KEY_UNKNOWN;
import static dev.charter.format.RefusalCode.RELEASED;
import static dev.charter.format.RefusalCode.WRONG_PRODUCT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.authority.testing.TestAuthority;
import dev.charter.authority.testing.TestAuthority.Acknowledged;
import dev.charter.authority.testing.TestAuthority.Licensed;
import dev.charter.authority.testing.TestAuthority.Refused;
import dev.charter.authority.testing.TestHost;
import dev.charter.server.web.Rejected;
import dev.charter.format.RefusalCode;
import dev.charter.store.Engine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class ReleaseActivationTest {
    final TestAuthority authority;
    final TestHost plantA = TestHost.named("plant-a");
    final TestHost plantB = TestHost.named("plant-b");
    final TestAuthority.Sold sold;
    final Licensed held;

    ReleaseActivationTest(Engine engine) {
        authority = TestAuthority.on(engine);
        sold = authority.sells("{\"activations\":1}");
        held = (Licensed) authority.activate(sold.key(), plantA);
    }

    @AfterEach
    void everything_that_happened_can_be_replayed() {
        assertThat(authority.replay().differences()).isEmpty();
        authority.close();
    }

    @Test
    void what_one_host_gives_back_another_can_take() {
        assertThat(authority.release(plantA.releases(held.content()))).isInstanceOf(Acknowledged.class);

        assertThat(authority.license(sold.id()).used()).isZero();
        assertThat(authority.activate(sold.key(), plantB)).isInstanceOf(Licensed.class);
    }

    @Test
    void the_same_release_gets_the_same_bytes_and_has_one_effect() {
        var release = plantA.releases(held.content());
        var first = authority.release(release);
        authority.activate(sold.key(), plantB);

        assertThat(authority.release(release).document().toBytes()).isEqualTo(first.document().toBytes());
        assertThat(authority.license(sold.id()).used()).as("the other host's is not given back").isEqualTo(1);
    }

    @Test
    void another_release_of_what_was_given_back_already_is_told_so() {
        authority.release(plantA.releases(held.content()));

        assertRefused(authority.release(plantA.releases(held.content())), RELEASED);
    }

    @Test
    void a_released_host_gets_nothing_more_for_its_old_requests() {
        var old = plantA.asksToActivate(sold.key());
        authority.ask(old);
        authority.release(plantA.releases(held.content()));

        assertRefused(authority.ask(old), RELEASED);
        assertRefused(authority.refresh(sold.id(), plantA), RELEASED);
    }

    @Test
    void a_released_host_may_activate_again_with_the_license_key() {
        authority.release(plantA.releases(held.content()));

        var again = (Licensed) authority.activate(sold.key(), plantA);

        assertThat(authority.release(plantA.releases(again.content()))).isInstanceOf(Acknowledged.class);
    }

    @Test
    void a_release_of_long_ago_does_not_end_a_newer_activation() {
        var old = plantA.releases(held.content());
        var acknowledged = authority.release(old);
        authority.activate(sold.key(), plantA);

        assertThat(authority.release(old).document().toBytes()).isEqualTo(acknowledged.document().toBytes());
        assertRefused(authority.release(plantA.releases(held.content())), RELEASED);
        assertThat(authority.license(sold.id()).used()).isEqualTo(1);
    }

    @Test
    void any_usage_license_of_the_activation_may_be_given_up() {
        authority.refresh(sold.id(), plantA);

        assertThat(authority.release(plantA.releases(held.content()))).as("the answer to the refresh may have been lost").isInstanceOf(Acknowledged.class);
    }

    @Test
    void a_suspended_license_can_be_given_back() {
        authority.licenses().change().suspend(TestAuthority.VENDOR, sold.id(), "unpaid");

        assertThat(authority.release(plantA.releases(held.content()))).isInstanceOf(Acknowledged.class);
    }

    @Test
    void nobody_gives_back_what_another_host_holds() {
        assertRefused(authority.release(plantB.releases(held.content())), KEY_UNKNOWN);

        assertThat(authority.license(sold.id()).used()).isEqualTo(1);
    }

    @Test
    void what_was_never_handed_out_cannot_be_given_back() {
        assertRefused(authority.release(plantA.releases(sold.id(), "ul-000000000000zzzzzzzz")), KEY_UNKNOWN);
        assertRefused(authority.release(plantA.releases(sold.id(), "nonsense")), KEY_UNKNOWN);
        assertRefused(authority.release(plantA.releases("lic-none", held.content().id())), KEY_UNKNOWN);
    }

    @Test
    void a_release_for_another_product_is_refused() {
        assertRefused(authority.release(plantA.asking(TestAuthority.OTHER_PRODUCT).releases(held.content())), WRONG_PRODUCT);
    }

    @Test
    void a_usage_request_is_no_release() {
        assertThatThrownBy(() -> authority.release(plantA.asksToRefresh(sold.id()))).isInstanceOf(Rejected.class);
    }

    private static void assertRefused(TestAuthority.Answer answer, RefusalCode code) {
        assertThat(answer).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
    }
}
