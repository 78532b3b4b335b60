package dev.charter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SellTest {
    private static final String ITEM = "{\"id\":\"support\",\"product\":\"mqtt-server\",\"title\":\"Support\",\"description\":\"\",\"kind\":\"support\",\"features\":[],\"meters\":[],"
            + "\"prices\":[{\"currency\":\"EUR\",\"amount\":20050},{\"currency\":\"JPY\",\"amount\":30000}],\"units\":1,\"position\":0,\"offered\":true,\"createdAt\":\"2026-11-22T09:00:00Z\"}";
    private static final String ORDER = "{\"id\":\"ord-1\",\"state\":\"look\",\"product\":\"mqtt-server\",\"host\":\"key-1\",\"upgrade\":false,\"buyer\":{\"name\":\"Anna\",\"email\":\"anna@plant.example\"},"
            + "\"items\":[{\"item\":\"support\",\"title\":\"Support\",\"count\":2,\"amount\":20050}],\"currency\":\"EUR\",\"total\":40100,\"provider\":\"test\",\"attention\":\"Paid was 0.01 EUR.\","
            + "\"history\":[{\"at\":\"2026-11-22T09:00:00Z\",\"step\":\"paid\"}]}";

    @TempDir
    Path folder;
    StubAuthority authority;

    @BeforeEach
    void start() throws IOException {
        authority = new StubAuthority(Vendor.ACME);
    }

    @AfterEach
    void stop() {
        authority.close();
    }

    World.Result run(String... command) {
        return new World(folder).with("CHARTER_AUTHORITY", authority.url()).with("CHARTER_TOKEN", StubAuthority.TOKEN).run(command);
    }

    @Test
    void an_item_is_offered_at_prices_as_people_write_them() {
        authority.answers.put("PUT items/support", DeskTest.json(ITEM));

        var result = run("catalog", "offer", "support", "--product", "mqtt-server", "--title", "Support", "--charged", "support", "--price", "200.50EUR", "--price", "30000 jpy", "--stripe-price", "EUR=price_1");

        assertThat(result.exitCode()).as(result.out()).isZero();
        assertThat(result.out()).contains("200.50 EUR", "30000 JPY");
        var sent = authority.asked.getLast().json();
        assertThat(sent.path("prices").get(0).toString()).isEqualTo("{\"currency\":\"EUR\",\"amount\":20050,\"reference\":\"price_1\"}");
        assertThat(sent.path("prices").get(1).toString()).isEqualTo("{\"currency\":\"JPY\",\"amount\":30000}");
        for (var price : new String[] {"200", "EUR", "200.555EUR", "-1EUR", "1.5JPY"}) {
            assertThat(run("catalog", "offer", "support", "--product", "p", "--title", "t", "--charged", "support", "--price", price).exitCode()).as(price).isEqualTo(2);
        }
    }

    @Test
    void an_item_is_listed_and_withdrawn_as_it_is() {
        authority.answers.put("GET items", DeskTest.json("{\"items\":[" + ITEM + "]}"));
        authority.answers.put("GET items/support", DeskTest.json(ITEM));
        authority.answers.put("PUT items/support", DeskTest.json(ITEM.replace("\"offered\":true", "\"offered\":false")));

        assertThat(run("catalog", "list", "--product", "mqtt-server").out()).contains("support", "200.50 EUR");
        assertThat(run("catalog", "withdraw", "support").out()).contains("no");
        var sent = authority.asked.getLast().json();
        assertThat(sent.path("offered").asBoolean()).isFalse();
        assertThat(sent.has("id")).isFalse();
        assertThat(sent.path("prices").size()).isEqualTo(2);
    }

    @Test
    void orders_are_listed_shown_and_decided() {
        authority.answers.put("GET orders", DeskTest.json("{\"orders\":[" + ORDER + "],\"next\":\"17.ord-1\"}"));
        authority.answers.put("GET orders/ord-1", DeskTest.json(ORDER));
        for (var act : new String[] {"approve", "close", "seen", "mails"}) {
            authority.answers.put("POST orders/ord-1/" + act, DeskTest.json(ORDER));
        }

        assertThat(run("order", "list", "--attention").out()).contains("ord-1", "401.00 EUR", "anna@plant.example", "Paid was 0.01 EUR.");
        assertThat(run("order", "list", "--license", "lic-1", "--state", "look").err()).contains("order list --state look --license lic-1 --after 17.ord-1");
        assertThat(authority.asked.getLast().path()).endsWith("&state=look&license=lic-1");
        assertThat(run("order", "show", "ord-1").out()).contains("Anna <anna@plant.example>", "2 x Support", "paid");
        assertThat(run("order", "approve", "ord-1").exitCode()).isZero();
        assertThat(run("order", "close", "ord-1").exitCode()).isEqualTo(2);
        assertThat(run("order", "close", "ord-1", "--reason", "refunded").exitCode()).isZero();
        assertThat(authority.asked.getLast().json().path("reason").asString()).isEqualTo("refunded");
        assertThat(run("order", "seen", "ord-1").exitCode()).isZero();
        assertThat(run("order", "mail", "ord-1").exitCode()).isZero();
        assertThat(authority.asked.getLast().path()).endsWith("orders/ord-1/mails");
    }

    @Test
    void an_order_is_placed_by_one_command_for_a_customer_or_for_a_license() {
        authority.answers.put("POST orders", DeskTest.json(ORDER.replace("\"host\":\"key-1\"", "\"reference\":\"PO-4711\",\"license\":\"lic-1\"").replace("\"EUR\",\"total\":40100", "\"XXX\",\"total\":0")));

        var result = run("order", "place", "--reference", "PO-4711", "--product", "mqtt-server", "--customer", "ACME Water", "--email", "it@acme-water.example", "--item", "mqtt-server", "--item", "support:3",
                "--type", "floating", "--seats", "20", "--feature", "mqtt:2028-01-01", "--price", "24000EUR");

        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(result.out()).contains("PO-4711").doesNotContain("XXX", "Host");
        assertThat(authority.asked.getLast().json().toString()).isEqualTo("{\"reference\":\"PO-4711\",\"terms\":{\"seats\":20,\"entitlements\":[{\"feature\":\"mqtt\",\"until\":\"2028-01-01T00:00:00Z\"}]},"
                + "\"product\":\"mqtt-server\",\"type\":\"floating\",\"items\":[{\"item\":\"mqtt-server\",\"count\":1},{\"item\":\"support\",\"count\":3}],\"currency\":\"EUR\",\"total\":2400000,"
                + "\"name\":\"ACME Water\",\"email\":\"it@acme-water.example\"}");

        assertThat(run("order", "place", "--reference", "INV-88", "--license", "lic-1", "--item", "support").exitCode()).isZero();
        assertThat(authority.asked.getLast().json().toString()).isEqualTo("{\"reference\":\"INV-88\",\"license\":\"lic-1\",\"items\":[{\"item\":\"support\",\"count\":1}]}");
        assertThat(run("order", "place", "--reference", "INV-88", "--license", "lic-1", "--until", "never").exitCode()).isEqualTo(2);
        assertThat(run("order", "place", "--reference", "INV-88", "--item", "support").exitCode()).isEqualTo(2);
        assertThat(run("order", "place", "--reference", "INV-88", "--license", "lic-1", "--item", "support:many").exitCode()).isEqualTo(2);
        assertThat(run("order", "place", "--reference", "PO-1", "--product", "mqtt-server", "--customer", "Nobody", "--item", "mqtt-server").exitCode()).as("no such customer").isEqualTo(7);
    }

    @Test
    void money_is_given_back_in_the_orders_own_currency() {
        authority.answers.put("GET orders/ord-1", DeskTest.json(ORDER));
        authority.answers.put("POST orders/ord-1/refunds", DeskTest.json(ORDER.replace("\"provider\"", "\"refunded\":20000,\"dispute\":\"open\",\"withheld\":\"terms\",\"ends\":\"2027-01-01T00:00:00Z\",\"provider\"")));

        var result = run("order", "refund", "ord-1", "--amount", "200.00EUR", "--reason", "Goodwill", "--key", "g-1");

        assertThat(result.exitCode()).as(result.out()).isZero();
        assertThat(result.out()).contains("200.00 EUR", "open", "what the order paid for", "2027-01-01");
        assertThat(authority.asked.getLast().json().toString()).isEqualTo("{\"reason\":\"Goodwill\",\"key\":\"g-1\",\"amount\":20000}");
        assertThat(run("order", "refund", "ord-1", "--amount", "200.00USD").exitCode()).isEqualTo(2);
        assertThat(run("order", "refund", "ord-1").exitCode()).isZero();
        assertThat(authority.asked.getLast().json().toString()).isEqualTo("{}");
    }

    @Test
    void events_that_were_given_up_are_listed_and_looked_at_again() {
        var event = "{\"id\":\"evt_1\",\"provider\":\"stripe\",\"kind\":\"charge.refunded\",\"order\":\"ord-1\",\"state\":\"failed\",\"attempts\":12,\"receivedAt\":\"2026-11-22T09:00:00Z\",\"problem\":\"away\"}";
        authority.answers.put("GET payment-events", DeskTest.json("{\"events\":[" + event + "],\"next\":\"17.evt_1\"}"));
        authority.answers.put("POST payment-events/evt_1/again", DeskTest.json(event.replace("failed", "waiting")));

        var listed = run("order", "events");

        assertThat(listed.out()).contains("evt_1", "charge.refunded", "ord-1", "away");
        assertThat(listed.err()).contains("order again evt_1", "--after 17.evt_1");
        assertThat(run("order", "again", "evt_1").out()).contains("waiting");
    }
}
