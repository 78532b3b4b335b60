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
        assertThat(run("order", "show", "ord-1").out()).contains("Anna <anna@plant.example>", "2 x Support", "paid");
        assertThat(run("order", "approve", "ord-1").exitCode()).isZero();
        assertThat(run("order", "close", "ord-1").exitCode()).isEqualTo(2);
        assertThat(run("order", "close", "ord-1", "--reason", "refunded").exitCode()).isZero();
        assertThat(authority.asked.getLast().json().path("reason").asString()).isEqualTo("refunded");
        assertThat(run("order", "seen", "ord-1").exitCode()).isZero();
        assertThat(run("order", "mail", "ord-1").exitCode()).isZero();
        assertThat(authority.asked.getLast().path()).endsWith("orders/ord-1/mails");
    }
}
