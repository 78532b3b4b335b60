package dev.charter.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.client.LicenseClient;
import dev.charter.client.Order;
import dev.charter.client.Ordering;
import dev.charter.client.Purchase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A product buys from the authority in memory, with the real client.
class ShopTest {
    @TempDir Path folder;
    final AuthorityInMemory authority = AuthorityInMemory.on("2026-03-01");

    @BeforeEach void somethingIsSold() {
        authority.shop().offers(Item.once("base", "The Product", License.FEATURE).at("EUR", 100_000));
        authority.shop().offers(Item.once("forecast", "Forecast", "forecast").at("EUR", 30_000));
        authority.shop().offers(Item.support("support", "Support").at("EUR", 20_000));
        authority.shop().offers(Item.metered("bridge", "Bridge", "messages").at("EUR", 5));
    }

    private LicenseClient open() {
        return authority.clientOn(Host.named("plant-a"), folder).open();
    }

    private static Ordering orders(LicenseClient client, long total, Purchase.Wanted... items) {
        return client.purchase().order(new Purchase.Wish(List.of(items), "EUR", total, "Anna", "anna@plant.example", "https://plant.example/license"));
    }

    private static Purchase.Wanted one(String item) {
        return new Purchase.Wanted(item, 1);
    }

    @Test void what_is_bought_is_in_use_when_it_is_paid_and_what_is_added_later_too() {
        try (var client = open()) {
            assertThat(orders(client, 140_000, one("base"), new Purchase.Wanted("support", 2), one("bridge"))).isInstanceOf(Ordering.Ordered.class);
            authority.shop().isPaid();
            authority.passes(Duration.ofMinutes(1));
            assertThat(client.allows(License.FEATURE)).isTrue();
            assertThat(client.limit("messages")).isEmpty();
            assertThat(client.supportUntil()).contains(TestClock.read("2028-03-01"));

            assertThat(client.purchase().offers().items()).filteredOn(item -> item.licensed()).extracting(item -> item.id()).containsExactly("base", "bridge");
            orders(client, 30_000, one("forecast"));
            authority.shop().isPaid();
            authority.passes(Duration.ofMinutes(1));
            assertThat(client.allows("forecast")).isTrue();
            assertThat(client.allows(License.FEATURE)).isTrue();
        }
    }

    @Test void a_vendor_who_looks_first_is_waited_for() {
        authority.shop().looksFirst();
        try (var client = open()) {
            orders(client, 100_000, one("base"));
            authority.shop().isPaid();
            authority.passes(Duration.ofMinutes(1));
            assertThat(client.purchase().order()).hasValueSatisfying(order -> assertThat(order.state()).isEqualTo(Order.State.LOOK));
            authority.shop().approves();
            authority.passes(Duration.ofHours(1));
            assertThat(client.allows(License.FEATURE)).isTrue();
        }
    }

    @Test void what_makes_no_sense_is_refused_as_the_real_authority_does() {
        try (var client = open()) {
            assertThat(reason(orders(client, 99_999, one("base")))).isEqualTo(Ordering.Reason.PRICE_CHANGED);
            assertThat(reason(orders(client, 0, new Purchase.Wanted("base", 0)))).isEqualTo(Ordering.Reason.MALFORMED);
            assertThat(reason(orders(client, 0, new Purchase.Wanted("support", 1_000_000)))).isEqualTo(Ordering.Reason.MALFORMED);
            assertThat(reason(orders(client, 20_000, one("support")))).isEqualTo(Ordering.Reason.MALFORMED);
            authority.shop().withdraws("base");
            assertThat(reason(orders(client, 100_000, one("base")))).isEqualTo(Ordering.Reason.NOT_OFFERED);
        }
    }

    private static Ordering.Reason reason(Ordering outcome) {
        return ((Ordering.Refused) outcome).reason();
    }
}
