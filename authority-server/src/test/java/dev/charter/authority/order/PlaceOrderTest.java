package dev.charter.authority.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.authority.access.AccessProblem;
import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Scope;
import dev.charter.authority.catalog.ItemKind;
import dev.charter.authority.fault.FailPoint;
import dev.charter.authority.fault.FailPoints;
import dev.charter.authority.testing.TestAuthority;
import dev.charter.authority.testing.TestAuthority.Licensed;
import dev.charter.authority.testing.TestHost;
import dev.charter.format.Entitlement;
import dev.charter.format.LicenseType;
import dev.charter.server.web.HttpProblem;
import dev.charter.server.web.Rejected;
import dev.charter.store.Engine;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// What the desk orders on purchase orders and invoices.
@ParameterizedClass
@EnumSource
class PlaceOrderTest extends OrderStories {
    private static final String ACME = "\"product\":\"mqtt-server\",\"name\":\"ACME Water\",\"email\":\"it@acme-water.example\",\"reference\":\"PO-4711\"";

    PlaceOrderTest(Engine engine) {
        super(engine);
    }

    Order places(String members) {
        return shop.place.handle(TestAuthority.VENDOR, order(members));
    }

    private static DeskOrder order(String members) {
        return JsonMapper.shared().readValue("{" + members + "}", DeskOrder.class);
    }

    @Test
    void a_purchase_order_is_a_license_for_its_customer_and_a_letter_with_the_key() {
        var order = places(ACME + ",\"items\":[{\"item\":\"mqtt-server\",\"count\":1},{\"item\":\"support\",\"count\":3}],\"currency\":\"EUR\"");

        assertThat(order.state()).isEqualTo(OrderState.FULFILLED);
        assertThat(order.total()).isEqualTo(180_000);
        var license = authority.license(order.license().orElseThrow());
        assertThat(license.buyer().name()).isEqualTo("ACME Water");
        assertThat(license.terms().reference()).contains("PO-4711");
        assertThat(license.terms().entitlements()).containsExactlyInAnyOrder(new Entitlement.Feature("mqtt", Optional.empty()), new Entitlement.Support(Instant.parse("2029-03-01T08:00:00Z")));
        var key = authority.licenses().open().key(license.id());
        assertThat(shop.mails()).singleElement().asString().contains(key.revealSecret(), "PO-4711", "support, 3 years", "1800.00 EUR", "License page");
        assertThat(shop.mails().getFirst().lines().findFirst().orElseThrow()).doesNotContain(key.revealSecret());
        assertThat(shop.orders.history(order.id()).stream().map(Orders.Step::step)).containsExactly("placed by tok-vendor", "fulfilled", "mailed");
        assertThat(authority.activate(key, TestHost.named("plant-a"))).isInstanceOf(Licensed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"online", "offline", "leased", "floating"})
    void a_license_of_any_type_is_ordered_on_any_terms(String type) {
        boolean seats = type.equals("leased") || type.equals("floating");

        var order = places(ACME + ",\"type\":\"" + type + "\",\"terms\":{" + (seats ? "\"seats\":20" : "\"activations\":20") + ",\"until\":\"2027-03-01T00:00:00Z\",\"entitlements\":[{\"feature\":\"mqtt\"},"
                + "{\"meter\":\"messages\",\"limit\":1000},{\"support\":true,\"until\":\"2027-03-01T00:00:00Z\"}]},\"currency\":\"EUR\",\"total\":2400000");

        var license = authority.license(order.license().orElseThrow());
        assertThat(license.type()).isEqualTo(LicenseType.named(type));
        assertThat(license.places()).isEqualTo(20);
        assertThat(license.terms().entitlements()).hasSize(3);
        assertThat(shop.mails()).singleElement().asString().contains("24000.00 EUR", "mqtt", "messages", "Support until 2027-03-01", seats ? "20 seats" : "20 activations", "ends on 2027-03-01");
    }

    @Test
    void the_same_order_again_makes_no_second_license_and_no_second_letter() {
        var wanted = ACME + ",\"items\":[{\"item\":\"mqtt-server\",\"count\":1}]";
        var first = places(wanted);

        assertThat(places(wanted)).isEqualTo(first);
        assertThat(shop.licenses()).isEqualTo(1);
        assertThat(shop.mails()).hasSize(1);
        assertRejected(HttpProblem.CONFLICT, () -> places(ACME + ",\"items\":[{\"item\":\"sparkplug\",\"count\":1}]"));
        assertThat(places(wanted + ",\"key\":\"once more\"").id()).as("with another key it is another order").isNotEqualTo(first.id());
        assertThat(places(wanted.replace("acme", "other")).id()).as("of another customer").isNotEqualTo(first.id());
        assertThat(shop.licenses()).isEqualTo(3);
    }

    @Test
    void the_same_order_many_times_at_once_is_one() {
        var wanted = ACME + ",\"items\":[{\"item\":\"mqtt-server\",\"count\":1}]";

        var all = IntStream.range(0, 8).mapToObj(_ -> CompletableFuture.supplyAsync(() -> places(wanted).id())).toList();

        assertThat(all.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        assertThat(shop.licenses()).isEqualTo(1);
        assertThat(shop.mails()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(value = FailPoint.class, names = {"ORDER_DECIDED", "ORDER_WRITTEN", "ORDER_FULFILLED"})
    void an_order_that_was_cut_off_at_any_step_is_one_license_and_one_letter_when_it_is_placed_again(FailPoint point) {
        var sold = authority.sells("{}");
        for (var wanted : List.of(ACME + ",\"items\":[{\"item\":\"mqtt-server\",\"count\":1}]", "\"license\":\"" + sold.id() + "\",\"reference\":\"INV-88\",\"items\":[{\"item\":\"support\",\"count\":1}]")) {
            assertThatThrownBy(() -> shop.placing.apply(crashingAt(point)).handle(TestAuthority.VENDOR, order(wanted))).hasMessage("crashed");

            var first = places(wanted);

            assertThat(places(wanted)).isEqualTo(first);
        }
        assertThat(shop.licenses()).isEqualTo(2);
        assertThat(shop.mails()).hasSize(2);
        assertThat(shop.grants(sold.id())).as("one year, not two").contains("until=2027-03-01");
    }

    private static FailPoints crashingAt(FailPoint point) {
        return FailPoints.at(Optional.of(point.name()), new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8) {
            @Override
            public void println(String reached) {
                throw new IllegalStateException("crashed");
            }
        });
    }

    @Test
    void a_customer_who_is_there_is_found_by_name_and_address() {
        var customer = authority.customer("acme water", "IT@acme-water.example");

        var order = places(ACME + ",\"items\":[{\"item\":\"mqtt-server\",\"count\":1}]");

        assertThat(authority.license(order.license().orElseThrow()).buyer().customer()).isEqualTo(customer);
        var byId = places("\"product\":\"mqtt-server\",\"customer\":\"" + customer + "\",\"reference\":\"PO-2\",\"items\":[{\"item\":\"mqtt-server\",\"count\":1}]");
        assertThat(authority.license(byId.license().orElseThrow()).buyer().customer()).isEqualTo(customer);
    }

    @Test
    void a_license_is_added_to_in_the_same_way() {
        var sold = authority.sells("{}");
        var wanted = "\"license\":\"" + sold.id() + "\",\"reference\":\"INV-88\",\"items\":[{\"item\":\"sparkplug\",\"count\":1},{\"item\":\"support\",\"count\":1}],\"terms\":{\"activations\":3}";

        var order = places(wanted);

        assertThat(places(wanted)).isEqualTo(order);
        assertThat(shop.grants(sold.id())).contains("mqtt", "sparkplug", "until=2027-03-01T08:00:00Z");
        assertThat(authority.license(sold.id()).places()).isEqualTo(3);
        assertThat(shop.mails()).singleElement().asString().contains("was upgraded", "INV-88", "3 activations").doesNotContain(sold.key().revealSecret());
        assertRejected(HttpProblem.CONFLICT, () -> places(wanted.replace("INV-88", "INV-89").replace(",{\"item\":\"support\",\"count\":1}", "")));
        shop.decide.mailAgain(TestAuthority.VENDOR, order.id());
        assertThat(shop.mails()).hasSize(2);
    }

    @Test
    void fewer_activations_than_are_in_use_and_a_license_that_is_suspended_are_refused() {
        var sold = authority.sells("{\"activations\":2}");
        authority.activate(sold.key(), TestHost.named("a"));
        authority.activate(sold.key(), TestHost.named("b"));
        var wanted = "\"license\":\"" + sold.id() + "\",\"reference\":\"INV-88\",\"items\":[{\"item\":\"sparkplug\",\"count\":1}]";
        assertRejected(HttpProblem.CONFLICT, () -> places(wanted + ",\"terms\":{\"activations\":1}"));

        authority.licenses().change().suspend(TestAuthority.VENDOR, sold.id(), "fraud");

        assertThatThrownBy(() -> places(wanted)).isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.detail()).contains("suspended", "Reinstate"));
        assertThat(shop.mails()).isEmpty();
    }

    @Test
    void a_withdrawn_item_is_sold_at_the_desk_and_another_products_item_is_not() {
        shop.offer("mqtt-server", ItemKind.ONCE, List.of("mqtt"), List.of(), 120_000, false);

        assertThat(places(ACME + ",\"items\":[{\"item\":\"mqtt-server\",\"count\":1}]").state()).isEqualTo(OrderState.FULFILLED);
        assertRejected(HttpProblem.MALFORMED, () -> places(ACME.replace("mqtt-server", TestAuthority.OTHER_PRODUCT) + ",\"items\":[{\"item\":\"mqtt-server\",\"count\":1}]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "\"items\":[{\"item\":\"mqtt-server\",\"count\":0}]", "\"items\":[{\"item\":\"mqtt-server\",\"count\":1000000}]", "\"items\":[{\"item\":\"support\",\"count\":11}]", "\"items\":[{\"item\":\"none\",\"count\":1}]",
        "\"items\":[{\"item\":\"mqtt-server\",\"count\":1},{\"item\":\"mqtt-server\",\"count\":1}]", "\"items\":[]", "\"items\":[{\"item\":\"mqtt-server\",\"count\":1}],\"currency\":\"eur\"",
        "\"items\":[{\"item\":\"mqtt-server\",\"count\":1}],\"total\":5", "\"items\":[{\"item\":\"mqtt-server\",\"count\":1}],\"currency\":\"EUR\",\"total\":-1", "\"type\":\"rented\",\"items\":[{\"item\":\"mqtt-server\",\"count\":1}]",
        "\"type\":\"floating\",\"items\":[{\"item\":\"mqtt-server\",\"count\":1}]", "\"terms\":{\"entitlements\":[{\"feature\":\"unknown\"}]}", "\"terms\":{\"entitlements\":[{\"support\":true}]}"})
    void what_makes_no_sense_is_refused(String members) {
        assertRejected(HttpProblem.MALFORMED, () -> places(ACME + "," + members));
        assertThat(shop.licenses()).isZero();
    }

    @Test
    void an_order_needs_a_name_for_itself_and_one_for_its_buyer_and_a_price_that_is_known() {
        var items = ",\"items\":[{\"item\":\"mqtt-server\",\"count\":1}]";
        assertRejected(HttpProblem.MALFORMED, () -> places(ACME.replace(",\"reference\":\"PO-4711\"", "") + items));
        assertRejected(HttpProblem.MALFORMED, () -> places(ACME.replace("PO-4711", " ") + items));
        assertRejected(HttpProblem.MALFORMED, () -> places("\"product\":\"mqtt-server\",\"reference\":\"PO-1\"" + items));
        assertRejected(HttpProblem.MALFORMED, () -> places(ACME + ",\"customer\":\"cus-1\"" + items));
        assertRejected(HttpProblem.MALFORMED, () -> places("\"product\":\"mqtt-server\",\"reference\":\"PO-1\",\"customer\":\"cus-none\"" + items));
        assertRejected(HttpProblem.MALFORMED, () -> places(ACME.replace("it@acme-water.example", "nobody") + items));
        assertRejected(HttpProblem.CONFLICT, () -> places(ACME + ",\"currency\":\"JPY\"" + items));
        assertThat(places(ACME + ",\"currency\":\"JPY\",\"total\":100000" + items).total()).isEqualTo(100_000);
    }

    @Test
    void who_may_not_make_licenses_may_not_place_orders() {
        var clerk = new Caller("tok-clerk", "clerk", Set.of(Scope.ORDERS_WRITE));

        assertRejected(AccessProblem.SCOPE_MISSING, () -> shop.place.handle(clerk, order(ACME + ",\"items\":[{\"item\":\"mqtt-server\",\"count\":1}]")));
    }
}
