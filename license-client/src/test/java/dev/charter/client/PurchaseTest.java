package dev.charter.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.Entitlement;
import dev.charter.format.LicenseType;
import dev.charter.format.RefusalCode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Buying from inside a product, over real HTTP.
class PurchaseTest {
    static final Purchase.Wish SERVER = wish(120_000, "server");

    @TempDir Path folder;
    World world;
    ShopOnHttp shop;

    @BeforeEach void aShop() throws IOException {
        world = new World(folder.resolve("home"));
        shop = new ShopOnHttp(world);
    }

    @AfterEach void close() {
        shop.close();
    }

    static Purchase.Wish wish(long total, String... items) {
        return new Purchase.Wish(List.of(items).stream().map(item -> new Purchase.Wanted(item, 1)).toList(), "EUR", total, "Anna Öz", "anna@plant.example", "https://plant.example/license");
    }

    static Order ordered(LicenseClient client, Purchase.Wish wish) {
        if (client.purchase().order(wish) instanceof Ordering.Ordered done) {
            return done.order();
        }
        throw new AssertionError("nothing was ordered: " + client.purchase().order(wish));
    }

    Order shown(LicenseClient client) {
        return client.purchase().order().orElseThrow();
    }

    void ofSeconds(int seconds) {
        world.pass(Duration.ofSeconds(seconds), Duration.ofSeconds(1));
    }

    @Test void what_is_offered_is_told_with_its_prices_and_what_is_held_already() {
        try (var client = shop.builder().open()) {
            var offers = client.purchase().offers();
            assertThat(offers.checkout()).isEqualTo("test");
            assertThat(offers.items()).extracting(Offers.Item::id).as("what a newer authority sells in its own way is left out").containsExactly("server", "aware", "support");
            assertThat(offers.items().get(1).prices()).containsExactly(new Offers.Price("EUR", 30_000), new Offers.Price("JPY", 50_000));
            assertThat(offers.items()).noneMatch(Offers.Item::licensed);

            client.activate(world.key);
            var more = client.purchase().offers();
            assertThat(more.items()).filteredOn(Offers.Item::licensed).extracting(Offers.Item::id).containsExactly("aware");

            world.issuer.entitlements.set(0, new Entitlement.Feature("sparkplug", Optional.of(Instant.parse("2026-09-01T00:00:00Z"))));
            client.reactivate();
            assertThat(client.purchase().offers().items()).as("what ends by itself can be bought for good").noneMatch(Offers.Item::licensed);
        }
    }

    @Test void an_order_that_is_paid_activates_this_host_by_itself_and_nobody_types_a_key() {
        try (var client = shop.builder().open()) {
            var order = ordered(client, SERVER);
            assertThat(order.state()).isEqualTo(Order.State.OPEN);
            assertThat(order.checkout()).contains(URI.create(shop.url() + "/v1/checkouts/ord-1"));
            assertThat(order.test()).as("no money moves at a test checkout").isTrue();
            assertThat(client.state()).isInstanceOf(LicenseState.NeverLicensed.class);

            shop.sold(0).state = "paid";
            ofSeconds(10);
            assertThat(shown(client).state()).isEqualTo(Order.State.PAID);
            shop.sold(0).state = "fulfilled";
            ofSeconds(20);

            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            assertThat(shown(client)).returns(Order.State.FULFILLED, Order::state).returns(true, Order::done).returns(Optional.of(Instant.parse("2026-03-01T08:00:30Z")), Order::paidAt);
            int asked = shop.seen.size();
            ofSeconds(60);
            assertThat(shop.seen).as("nothing is asked of an order that has ended").hasSize(asked);
            assertThat(client.purchase().dismiss()).isEmpty();
            assertThat(client.purchase().order()).isEmpty();
        }
    }

    @Test void an_upgrade_adds_to_the_license_that_is_held_without_a_restart() {
        try (var client = shop.builder().open()) {
            client.activate(world.key);
            assertThat(client.allows("forecast")).isFalse();
            assertThat(ordered(client, wish(30_000, "forecast")).upgrade()).isTrue();

            world.issuer.entitlements.add(new Entitlement.Feature("forecast", Optional.empty()));
            shop.sold(0).state = "fulfilled";
            client.purchase().look();
            ofSeconds(5);

            assertThat(client.allows("forecast")).isTrue();
            assertThat(shown(client).done()).isTrue();
            assertThat(client.holdsLicenseOf(world.key)).isTrue();
        }
    }

    @Test void an_order_whose_answer_is_lost_is_found_again_and_no_second_one_begins() {
        shop.losesAnswers = true;
        try (var client = shop.builder().open()) {
            var order = ordered(client, SERVER);
            assertThat(order).returns(Order.State.OPEN, Order::state).returns(Optional.empty(), Order::id).returns(Optional.empty(), Order::checkout);
            assertThat(order.unreachable()).isPresent();
            shop.losesAnswers = false;
            ofSeconds(10);
            assertThat(shown(client).checkout()).isPresent();
            assertThat(shop.orders).hasSize(1);
        }
    }

    @Test void a_product_that_stops_between_writing_and_sending_sends_when_it_starts_again() {
        shop.close();
        try (var client = shop.builder().open()) {
            assertThat(ordered(client, SERVER).id()).isEmpty();
        }
        assertThat(shop.orders).isEmpty();
        try (var again = new ShopOnHttp(world); var client = again.builder().open()) {
            ofSeconds(5);
            assertThat(shown(client)).returns(Order.State.OPEN, Order::state).returns(true, order -> order.checkout().isPresent());
            again.sold(0).state = "fulfilled";
            ofSeconds(10);
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
        } catch (IOException fault) {
            throw new AssertionError(fault);
        }
    }

    @Test void a_product_that_stops_between_fulfilled_and_activated_activates_when_it_starts_again() {
        try (var client = shop.builder().open()) {
            ordered(client, SERVER);
            world.issuer.refuses = Optional.of(RefusalCode.LICENSE_SUSPENDED);
            shop.sold(0).state = "fulfilled";
            ofSeconds(5);
            assertThat(shown(client)).returns(Order.State.FULFILLED, Order::state).returns(false, Order::done);
            assertThat(shown(client).message()).contains(RefusalCode.LICENSE_SUSPENDED.advice());
        }
        world.issuer.refuses = Optional.empty();
        try (var client = shop.builder().open()) {
            ofSeconds(5);
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            assertThat(shown(client).done()).isTrue();
        }
    }

    @Test void power_that_is_cut_anywhere_while_an_order_is_begun_leaves_one_order_at_most() {
        boolean cut = true;
        for (int steps = 0; cut; steps++) {
            world = new World(folder.resolve("cut-" + steps));
            try (var sells = new ShopOnHttp(world)) {
                sells.builder().open().close(); // the host's key is made
                var disk = new PowerCutTest.CutDisk(steps);
                world.disk = disk;
                try (var client = sells.builder().open()) {
                    client.purchase().order(SERVER);
                }
                cut = disk.cut;
                world.disk = new QuickDisk();
                try (var client = sells.builder().open()) {
                    ofSeconds(5);
                    assertThat(sells.orders.size()).as("cut at step " + steps).isLessThanOrEqualTo(1);
                    assertThat(client.purchase().order().isPresent()).as("cut at step " + steps).isEqualTo(sells.orders.size() == 1);
                    ordered(client, SERVER);
                    assertThat(sells.orders).as("cut at step " + steps).hasSize(1);
                }
            } catch (IOException fault) {
                throw new AssertionError(fault);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"400, MALFORMED", "404, LICENSE_UNKNOWN", "409, NOT_OFFERED", "412, PRICE_CHANGED"})
    void what_is_refused_was_not_ordered_and_the_next_wish_takes_a_new_document(int status, Ordering.Reason reason) {
        try (var client = shop.builder().open()) {
            shop.instead = Optional.of(ShopOnHttp.Said.problem(status, "The price is 1500.00 EUR by now."));
            assertThat(client.purchase().order(SERVER)).isEqualTo(new Ordering.Refused(reason, "The price is 1500.00 EUR by now."));
            assertThat(client.purchase().order()).isEmpty();
            shop.instead = Optional.empty();
            assertThat(ordered(client, SERVER).checkout()).isPresent();
        }
    }

    @Test void a_vendor_who_is_busy_is_asked_no_sooner_than_that_says() {
        try (var client = shop.builder().open()) {
            shop.instead = Optional.of(new ShopOnHttp.Said(503, "application/problem+json", "{\"status\":503,\"code\":\"UNAVAILABLE\",\"detail\":\"The payment provider is away.\"}", Map.of("Retry-After", "60")));
            assertThat(ordered(client, SERVER).unreachable()).contains("The payment provider is away.");
            shop.instead = Optional.empty();
            int asked = shop.seen.size();
            client.purchase().look();
            ofSeconds(59);
            assertThat(shop.seen).hasSize(asked);
            ofSeconds(10);
            assertThat(shown(client).checkout()).isPresent();
        }
    }

    @Test void nobody_waits_and_the_authority_is_asked_ever_more_seldom() {
        try (var client = shop.builder().open()) {
            ordered(client, SERVER);
            world.pass(Duration.ofMinutes(30), Duration.ofSeconds(3));
            int asked = shop.seen.size();
            assertThat(asked).isBetween(10, 30);
            world.pass(Duration.ofMinutes(30), Duration.ofSeconds(3));
            assertThat(shop.seen.size() - asked).isBetween(5, 7);
        }
    }

    @Test void a_cancelled_order_ends_and_the_next_one_takes_a_new_document() {
        try (var client = shop.builder().open()) {
            ordered(client, SERVER);
            shop.sold(0).state = "closed";
            world.clocks.pass(Duration.ofSeconds(1));
            assertThat(client.purchase().look()).hasValueSatisfying(order -> assertThat(order).returns(Order.State.CLOSED, Order::state).returns(true, Order::done));
            assertThat(ordered(client, SERVER).state()).isEqualTo(Order.State.OPEN);
            assertThat(shop.orders).hasSize(2);
        }
    }

    @Test void an_order_that_is_set_aside_and_paid_all_the_same_comes_back() {
        try (var client = shop.builder().open()) {
            client.activate(world.key);
            ordered(client, wish(30_000, "forecast"));
            assertThat(client.purchase().dismiss()).isEmpty();
            assertThat(client.purchase().order()).isEmpty();
            ordered(client, wish(20_000, "support"));

            shop.sold(0).state = "fulfilled";
            shop.sold(1).state = "fulfilled";
            world.issuer.entitlements.add(new Entitlement.Feature("forecast", Optional.empty()));
            world.pass(Duration.ofMinutes(2), Duration.ofSeconds(1));

            assertThat(client.allows("forecast")).isTrue();
            assertThat(shown(client).total()).isEqualTo(20_000);
            client.purchase().dismiss();
            assertThat(shown(client)).returns(30_000L, Order::total).returns(true, Order::done);
        }
    }

    @Test void a_second_new_license_that_was_paid_at_once_takes_the_place_of_none() {
        try (var client = shop.builder().open()) {
            ordered(client, SERVER);
            ordered(client, wish(150_000, "server", "forecast"));
            shop.sold(0).state = "fulfilled";
            world.pass(Duration.ofMinutes(1), Duration.ofSeconds(1));
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);

            shop.sold(1).state = "fulfilled";
            world.pass(Duration.ofMinutes(6), Duration.ofSeconds(1));
            assertThat(shown(client)).returns(150_000L, Order::total).returns(true, Order::done);
            assertThat(shown(client).message()).contains("holds another one by now", "key came by e-mail");
            assertThat(((LicenseState.Licensed) client.state()).license().license().id()).isEqualTo("lic-1");
        }
    }

    @Test void an_upgrade_is_fetched_anew_also_where_an_answer_from_before_it_is_still_waited_for() {
        try (var client = shop.builder().open()) {
            client.activate(world.key);
            world.unreachable();
            assertThat(client.reactivate()).as("answered, and the answer is lost").isInstanceOf(Activation.Unreachable.class);
            world.reachable();
            ordered(client, wish(30_000, "forecast"));
            world.issuer.entitlements.add(new Entitlement.Feature("forecast", Optional.empty()));
            shop.sold(0).state = "fulfilled";
            ofSeconds(10);
            assertThat(shown(client).done()).isTrue();
            assertThat(client.allows("forecast")).isTrue();
        }
    }

    @Test void an_order_whose_money_went_back_activates_nothing() {
        try (var client = shop.builder().open()) {
            ordered(client, SERVER);
            shop.sold(0).withheld = true;
            shop.sold(0).state = "fulfilled";
            ofSeconds(10);
            assertThat(shown(client)).returns(true, Order::withheld).returns(true, Order::done);
            assertThat(client.state()).isInstanceOf(LicenseState.NeverLicensed.class);
        }
    }

    @Test void a_product_that_is_offline_when_its_buyer_comes_back_says_so_and_goes_on_when_it_is_not() {
        try (var client = shop.builder().open()) {
            ordered(client, SERVER);
            shop.sold(0).state = "fulfilled";
            shop.instead = Optional.of(new ShopOnHttp.Said(502, "text/html", "<html>Bad gateway</html>", Map.of()));
            world.clocks.pass(Duration.ofSeconds(1));
            assertThat(client.purchase().look()).hasValueSatisfying(order -> assertThat(order).returns(Order.State.OPEN, Order::state).returns(true, known -> known.unreachable().isPresent()));
            shop.instead = Optional.empty();
            ofSeconds(10);
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            assertThat(shown(client).unreachable()).isEmpty();
        }
    }

    @Test void what_is_paid_is_not_dismissed_and_nothing_else_is_ordered_meanwhile() {
        try (var client = shop.builder().open()) {
            ordered(client, SERVER);
            shop.sold(0).state = "look";
            client.purchase().look();
            ofSeconds(5);
            assertThat(shown(client).state()).isEqualTo(Order.State.LOOK);
            assertThat(client.purchase().dismiss()).isPresent();
            assertThat(client.purchase().order(wish(20_000, "support"))).isInstanceOf(Ordering.NotPossible.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/pay", "//evil.example/pay", "/../pay", "/v1/./x", "/v1/checkouts/x?to=y", "/v1/checkouts/x#y", "/v1\\\\checkouts", "javascript:alert(1)", "v1/checkouts/x"})
    void a_checkout_that_is_no_path_below_the_authority_is_not_opened(String elsewhere) {
        shop.checkout = elsewhere;
        try (var client = shop.builder().open()) {
            assertThat(ordered(client, SERVER).checkout()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"https://license.example, true", "http://127.0.0.1:16080, true", "http://[::1]:16080, true", "http://localhost:16080, true", "http://license.example, false", "http://10.0.0.1, false",
        "http://127.0.0.1.evil.example, false", "https://user:secret@license.example, false", "ftp://127.0.0.1, false"})
    void a_browser_is_sent_by_https_or_within_this_machine(URI authority, boolean safe) {
        assertThat(OrderTold.isSafe(authority)).isEqualTo(safe);
    }

    @Test void nothing_is_sold_to_a_host_whose_license_is_no_node_locked_one_and_it_is_told_whom_to_ask() {
        world.issuer.type = LicenseType.OFFLINE;
        try (var client = shop.builder().open()) {
            client.install(world.issuer.license(World.made(client.makeRequest(world.key))));
            assertThat(client.purchase().offers()).returns("none", Offers::checkout).returns(true, offers -> offers.message().orElseThrow().contains("sales"));
            assertThat(client.purchase().order(SERVER)).isInstanceOf(Ordering.NotPossible.class);
        }
        assertThat(shop.seen).as("nobody was asked").isEmpty();
    }

    @Test void a_catalog_of_200_items_with_long_descriptions_is_read_and_one_without_end_is_refused_at_a_limit_that_is_told() {
        int most = 2 * 1024 * 1024;
        var items = IntStream.range(0, 200).mapToObj(i -> "{\"id\":\"item-" + i + "\",\"title\":\"" + "\u9910".repeat(200) + "\",\"description\":\"" + "\u9910".repeat(2_000)
                + "\",\"kind\":\"once\",\"features\":[\"mqtt\"],\"meters\":[],\"units\":0,\"mostAtOnce\":1,\"prices\":[{\"currency\":\"EUR\",\"amount\":120000}]}").collect(Collectors.joining(","));
        var catalog = "{\"product\":\"mqtt-server\",\"checkout\":\"test\",\"items\":[" + items + "]}";
        try (var client = shop.builder().open()) {
            shop.catalog = catalog + " ".repeat(most - catalog.getBytes(StandardCharsets.UTF_8).length);
            assertThat(client.purchase().offers().items()).hasSize(200).last().returns(2_000, item -> item.description().orElseThrow().length());

            shop.catalog = shop.catalog + " ";
            var refused = client.purchase().offers();
            assertThat(refused.items()).isEmpty();
            assertThat(refused.message().orElseThrow()).contains("more than 2048 KiB");
        }
    }

    @Test void an_authority_that_sells_nothing_and_one_that_cannot_be_reached_are_told_apart() {
        try (var client = shop.builder().open()) {
            shop.catalog = "{\"product\":\"mqtt-server\",\"checkout\":\"none\",\"items\":[]}";
            assertThat(client.purchase().offers()).returns("none", Offers::checkout).returns(true, Offers::reachable);
            shop.instead = Optional.of(ShopOnHttp.Said.problem(404, "There is nothing here."));
            assertThat(client.purchase().offers()).returns("none", Offers::checkout).returns(true, Offers::reachable);
            shop.instead = Optional.of(new ShopOnHttp.Said(200, "text/html", "<html>Please log in</html>", Map.of()));
            assertThat(client.purchase().offers()).returns("none", Offers::checkout).returns(false, Offers::reachable);
        }
        try (var client = world.open()) {
            assertThat(client.purchase().offers()).as("a way of its own that does not lead to a shop").returns("none", Offers::checkout).returns(true, offers -> offers.message().orElseThrow().contains("sales"));
        }
    }

    @Test void what_makes_no_sense_is_refused_before_anything_is_written() {
        try (var client = shop.builder().open()) {
            for (var nonsense : List.of(wish(0), wish(-1, "server"), wish(1, ""), new Purchase.Wish(SERVER.items(), "EUR", 1, "\u0000", "a@b.example", "https://plant.example"),
                    new Purchase.Wish(List.of(new Purchase.Wanted("server", -1)), "EUR", 1, "Anna", "a@b.example", "https://plant.example"), new Purchase.Wish(SERVER.items(), "EUR", 1, "A".repeat(5_000), "a@b.example", "https://x.example"))) {
                assertThat(client.purchase().order(nonsense)).isInstanceOfSatisfying(Ordering.Refused.class, no -> assertThat(no.reason()).isEqualTo(Ordering.Reason.MALFORMED));
            }
            assertThat(shop.seen).isEmpty();
        }
    }

    @Test void a_license_key_that_came_by_mail_works_on_the_host_that_activated_without_it() {
        try (var client = shop.builder().open()) {
            ordered(client, SERVER);
            shop.sold(0).state = "fulfilled";
            ofSeconds(10);
            assertThat(client.activate(world.key)).isInstanceOf(Activation.Activated.class);
        }
    }

    @Test void support_covers_what_was_released_before_its_end_and_what_came_with_the_license() {
        world.issuer.entitlements.add(new Entitlement.Support(Instant.parse("2027-03-01T00:00:00Z")));
        try (var client = shop.builder().open()) {
            assertThat(client.covers(Instant.parse("2019-01-01T00:00:00Z"))).as("without a license").isFalse();
            client.activate(world.key);
            assertThat(client.covers(Instant.parse("2027-02-28T00:00:00Z"))).isTrue();
            assertThat(client.covers(Instant.parse("2027-03-01T00:00:00Z"))).isFalse();
            world.issuer.entitlements.remove(world.issuer.entitlements.size() - 1);
            client.reactivate();
            assertThat(client.covers(Instant.parse("2019-12-31T00:00:00Z"))).as("it is older than the license").isTrue();
            assertThat(client.covers(Instant.parse("2020-01-02T00:00:00Z"))).isFalse();
        }
    }
}
