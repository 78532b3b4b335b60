package dev.charter.authority.order;

import static dev.charter.authority.order.TestShop.one;
import static dev.charter.authority.order.TestShop.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.authority.catalog.ItemKind;
import dev.charter.authority.testing.TestAuthority.Licensed;
import dev.charter.authority.testing.TestAuthority.Refused;
import dev.charter.authority.testing.TestAuthority;
import dev.charter.authority.testing.TestHost;
import dev.charter.format.Entitlement;
import dev.charter.format.RefusalCode;
import dev.charter.server.web.HttpProblem;
import dev.charter.server.web.Rejected;
import dev.charter.store.Engine;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// From the document that begins an order to the license, its key and what the desk decides meanwhile.
@ParameterizedClass
@EnumSource
class OrderTest extends OrderStories {
    OrderTest(Engine engine) {
        super(engine);
    }

    @Test
    void an_order_that_is_paid_ends_in_one_license_for_its_host_and_one_letter_with_the_key() {
        var order = shop.ordersServer(plant);
        assertThat(order.state()).isEqualTo(OrderState.OPEN);
        assertThat(order.page()).isPresent();

        shop.tells(payments.pays(order));

        var done = shop.order(order);
        assertThat(done.state()).isEqualTo(OrderState.FULFILLED);
        var license = done.license().orElseThrow();
        assertThat(shop.grants(license)).isEqualTo("ACTIVE [" + new Entitlement.Feature("mqtt", Optional.empty()) + "]");
        var key = authority.licenses().open().key(license).revealSecret();
        assertThat(shop.mails()).singleElement().asString().contains(key, license, "1200.00 EUR").startsWith("Your license " + license);
        assertThat(shop.mails().getFirst().lines().findFirst().orElseThrow()).doesNotContain(key);
        assertThat(shop.orders.history(order.id()).stream().map(Orders.Step::step)).containsExactly("begun", "opened", "paid", "fulfilled", "mailed");
    }

    @Test
    void the_host_that_ordered_activates_by_its_own_signature_and_no_other_host_does() {
        var order = shop.ordersServer(plant);
        shop.tells(payments.pays(order));
        var license = shop.order(order).license().orElseThrow();

        assertThat(authority.ask(TestHost.named("thief").asksToActivateById(license))).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.code()).isEqualTo(RefusalCode.KEY_UNKNOWN));
        assertThat(authority.ask(plant.asksToActivateById(license))).isInstanceOf(Licensed.class);
    }

    @Test
    void the_same_document_finds_the_order_that_it_began_and_opens_no_second_checkout() {
        var wish = wish(plant.orders("new"), 120_000, one("mqtt-server"));
        payments.away = true;
        assertThatThrownBy(() -> shop.start.handle(wish)).isInstanceOf(Rejected.class);
        payments.away = false;

        var order = shop.start.handle(wish);

        assertThat(shop.start.handle(wish)).isEqualTo(order);
        assertThat(shop.start.find(wish.request())).isEqualTo(order);
        assertThat(payments.opened).hasValue(1);
        assertRejected(HttpProblem.CONFLICT, () -> shop.start.handle(new Wish(wish.request(), List.of(one("sparkplug")), "EUR", 30_000, "Anna", "anna@plant.example", "https://plant.example/")));
    }

    @Test
    void a_document_of_another_host_or_purpose_begins_nothing() {
        var mallory = TestHost.named("mallory");
        var sold = authority.sells("{}");
        authority.activate(sold.key(), plant);

        assertRejected(HttpProblem.UNKNOWN, () -> shop.ordersUpgrade(mallory, sold.id(), 30_000, one("sparkplug")));
        assertRejected(HttpProblem.MALFORMED, () -> shop.start.handle(wish(plant.asksToRefresh(sold.id()), 30_000, one("sparkplug"))));
        assertRejected(HttpProblem.MALFORMED, () -> shop.start.handle(new Wish("no document", List.of(one("sparkplug")), "EUR", 30_000, "Anna", "anna@plant.example", "https://plant.example/")));
        assertRejected(HttpProblem.UNKNOWN, () -> shop.start.find(dev.charter.format.Armor.write(plant.orders("new"))));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 11, 1_000_000, Integer.MAX_VALUE})
    void a_number_that_is_not_sold_is_refused(int count) {
        assertRejected(HttpProblem.MALFORMED, () -> shop.start.handle(wish(plant.orders("new"), 120_000, one("mqtt-server"), new Wish.Wanted("support", count))));
        assertRejected(HttpProblem.MALFORMED, () -> shop.start.handle(wish(plant.orders("new"), 120_000, new Wish.Wanted("mqtt-server", count))));
    }

    @Test
    void a_price_or_currency_of_the_buyers_own_is_refused() {
        for (long total : new long[] {0, 1, 119_999, -120_000, Long.MAX_VALUE}) {
            assertRejected(HttpProblem.CHANGED_MEANWHILE, () -> shop.start.handle(wish(plant.orders("new"), total, one("mqtt-server"))));
        }
        assertRejected(HttpProblem.CONFLICT, () -> shop.start.handle(new Wish(wish(plant.orders("new"), 0).request(), List.of(one("mqtt-server")), "JPY", 120_000, "Anna", "anna@plant.example", "https://plant.example/")));
        assertThat(payments.opened).hasValue(0);
    }

    @Test
    void a_price_that_changed_after_the_list_was_shown_is_told_and_one_that_changes_later_is_kept() {
        var order = shop.ordersServer(plant);
        shop.offer("mqtt-server", ItemKind.ONCE, List.of("mqtt"), List.of(), 150_000, true);

        assertThatThrownBy(() -> shop.ordersServer(plant)).isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.detail()).contains("1500.00 EUR"));

        shop.tells(payments.pays(order));
        assertThat(shop.order(order).state()).isEqualTo(OrderState.FULFILLED);
        assertThat(shop.mails().getFirst()).contains("1200.00 EUR");
    }

    @Test
    void what_is_withdrawn_is_not_sold_and_what_was_ordered_before_is() {
        var order = shop.ordersServer(plant);
        shop.offer("mqtt-server", ItemKind.ONCE, List.of("mqtt"), List.of(), 120_000, false);

        assertRejected(HttpProblem.CONFLICT, () -> shop.ordersServer(plant));
        assertThat(shop.items.offered(TestAuthority.PRODUCT)).noneMatch(item -> item.id().equals("mqtt-server"));
        shop.tells(payments.pays(order));
        assertThat(shop.order(order).state()).isEqualTo(OrderState.FULFILLED);
    }

    @Test
    void money_that_is_not_what_was_asked_for_waits_for_a_look() {
        var less = shop.ordersServer(plant);
        var other = shop.ordersServer(TestHost.named("b"));

        shop.tells(payments.paysOther(less, 1, "EUR"), payments.paysOther(other, 120_000, "JPY"));

        assertThat(shop.order(less).state()).isEqualTo(OrderState.LOOK);
        assertThat(shop.order(other).state()).isEqualTo(OrderState.LOOK);
        assertThat(shop.order(less).attention()).hasValueSatisfying(why -> assertThat(why).contains("0.01 EUR", "1200.00 EUR"));
        assertThat(shop.licenses()).isZero();
        assertThat(shop.decide.approve(TestAuthority.VENDOR, less.id()).state()).isEqualTo(OrderState.FULFILLED);
        assertThat(shop.decide.close(TestAuthority.VENDOR, other.id(), "Refunded").state()).isEqualTo(OrderState.CLOSED);
        shop.follow.handle(other.id());
        assertThat(shop.order(other).state()).as("what a person has closed stays closed").isEqualTo(OrderState.CLOSED);
    }

    @Test
    void a_vendor_who_wants_a_look_first_gets_it_and_the_buyer_sees_that_it_waits() {
        authority.transactions().doInOne(sql -> sql.update("UPDATE product SET orders = 'LOOK' WHERE id = ?", TestAuthority.PRODUCT));
        try {
            var order = shop.ordersServer(plant);

            shop.tells(payments.pays(order));

            assertThat(shop.order(order).state()).isEqualTo(OrderState.LOOK);
            assertThat(shop.order(order).attention()).isPresent();
            assertThat(shop.decide.approve(TestAuthority.VENDOR, order.id()).state()).isEqualTo(OrderState.FULFILLED);
            assertThat(shop.mails()).hasSize(1);
        } finally {
            authority.transactions().doInOne(sql -> sql.update("UPDATE product SET orders = 'FULFIL'"));
        }
    }

    @Test
    void a_checkout_that_is_cancelled_or_expires_buys_nothing() {
        var order = shop.ordersServer(plant);

        shop.tells(payments.closes(order));

        assertThat(shop.order(order).state()).isEqualTo(OrderState.CLOSED);
        assertThat(shop.licenses()).isZero();
        assertThat(shop.mails()).isEmpty();
    }

    @Test
    void the_key_is_mailed_again_to_the_same_address_when_the_desk_wants_it() {
        var order = shop.ordersServer(plant);
        shop.tells(payments.pays(order));

        shop.decide.mailAgain(TestAuthority.VENDOR, order.id());

        assertThat(shop.mails()).hasSize(2).allSatisfy(mail -> assertThat(mail).contains(authority.licenses().open().key(shop.order(order).license().orElseThrow()).revealSecret()));
    }
}
