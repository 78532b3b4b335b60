package dev.charter.cli.demo;

import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.console.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the demo's vendor sells and has sold: one product with four items that can be bought, one customer, four licenses. Each step looks first, so that what was cut off is completed and nothing is made twice.
final class DemoVendor {
    static final String CUSTOMER = "ACME Water";
    static final String PRODUCT = "mqtt-server";
    private static final int FLOATING_SEATS = 5;
    /// For so many the bridge's price is.
    private static final int MESSAGES = 1_000_000;
    private static final String EMAIL = "it@acme-water.example";

    private final AdminApi api;
    private final Instant now;

    DemoVendor(AdminApi api, Instant now) {
        this.api = api;
        this.now = now;
    }

    /// A license of the demo.
    ///
    /// @param words what was sold, for people
    /// @param floating whether it is for a floating server
    record Sold(String id, String key, String words, boolean floating) {}

    List<Sold> ensure() {
        if (api.find("products/" + PRODUCT).isEmpty()) {
            api.post("products", product());
        }
        offer(new Offer("mqtt-server", "MQTT Server", "MQTT 3.1.1 and 5 over TCP and WebSocket, with a console", "once", 120_000, List.of("mqtt"), List.of()), 0);
        offer(new Offer("sparkplug", "Sparkplug Aware", "Knows the birth and death certificates of Sparkplug B and keeps the last ones for who asks", "once", 30_000, List.of("sparkplug"), List.of()), 1);
        offer(new Offer("iot-bridge-for-snowflake", "IoT Bridge for Snowflake", "Sends what clients publish on to Snowflake", "metered", 500, List.of("snowflake"), List.of("snowflake-messages")), 2);
        offer(new Offer("mqtt-server-support", "MQTT Server Support", "Updates, and answers within a working day", "support", 20_000, List.of(), List.of()), 3);
        var customer = customer();
        var inAYear = now.truncatedTo(ChronoUnit.DAYS).atZone(ZoneOffset.UTC).plusYears(1).toInstant();
        return List.of(
                sold("demo-perpetual", "perpetual, 2 activations", order(customer, "demo-perpetual", 2, inAYear)),
                sold("demo-one-year", "for one year, 1 activation", order(customer, "demo-one-year", 1, inAYear).put("until", inAYear.toString())),
                sold("demo-offline", "by letter, for servers without internet, 2 activations", order(customer, "demo-offline", 2, inAYear).put("type", "offline")),
                sold("demo-floating", "for a floating server, " + FLOATING_SEATS + " seats", floating(order(customer, "demo-floating", 1, inAYear))));
    }

    private static ObjectNode product() {
        var product = Json.object().put("id", PRODUCT).put("name", "MQTT Server");
        var features = product.putArray("features");
        features.addObject().put("name", "mqtt").put("title", "MQTT Server");
        features.addObject().put("name", "sparkplug").put("title", "Sparkplug Aware");
        features.addObject().put("name", "snowflake").put("title", "IoT Bridge for Snowflake");
        product.putArray("meters").addObject().put("name", "snowflake-messages").put("title", "Messages to Snowflake").put("unit", "messages");
        return product;
    }

    /// Something that can be bought on the License page, at the same number of euros and dollars.
    private record Offer(String id, String title, String description, String kind, long cents, List<String> features, List<String> meters) {}

    private void offer(Offer offer, int position) {
        if (api.find("items/" + offer.id()).isPresent()) {
            return;
        }
        var item = Json.object().put("product", PRODUCT).put("title", offer.title()).put("description", offer.description()).put("kind", offer.kind()).put("position", position);
        offer.features().forEach(item.withArray("features")::add);
        offer.meters().forEach(item.withArray("meters")::add);
        if (offer.kind().equals("metered")) {
            item.put("units", MESSAGES);
        }
        var prices = item.putArray("prices");
        List.of("EUR", "USD").forEach(currency -> prices.addObject().put("currency", currency).put("amount", offer.cents()));
        api.put("items/" + offer.id(), item);
    }

    private String customer() {
        return StreamSupport.stream(api.get("customers?match=exact&query=" + AdminApi.encoded(EMAIL)).path("customers").spliterator(), false)
                .filter(customer -> customer.path("email").asString("").equals(EMAIL)).findFirst()
                .orElseGet(() -> api.post("customers", Json.object().put("name", CUSTOMER).put("email", EMAIL)))
                .path("id").asString("");
    }

    private static ObjectNode order(String customer, String reference, int activations, Instant supportUntil) {
        var order = Json.object().put("product", PRODUCT).put("customer", customer).put("type", "online").put("activations", activations).put("reference", reference);
        var entitlements = order.putArray("entitlements");
        entitlements.addObject().put("feature", "mqtt");
        entitlements.addObject().put("meter", "snowflake-messages");
        entitlements.addObject().put("support", true).put("until", supportUntil.toString());
        return order;
    }

    /// As many seats as there are, so that a demo can lose its floating server and go on at once.
    private static ObjectNode floating(ObjectNode order) {
        order.remove("activations");
        order.put("type", "floating").put("seats", FLOATING_SEATS).put("emergencyDays", 3).put("overdraftSeats", 2);
        order.putObject("allowance").put("count", FLOATING_SEATS).put("days", 365);
        order.withArray("entitlements").addObject().put("feature", "sparkplug");
        return order;
    }

    private Sold sold(String reference, String words, ObjectNode order) {
        var found = StreamSupport.stream(api.get("licenses?match=exact&query=" + reference).path("licenses").spliterator(), false)
                .filter(license -> license.path("reference").asString("").equals(reference)).findFirst();
        JsonNode license = found.isPresent() ? found.get() : api.post("licenses", order);
        var id = license.path("id").asString("");
        return new Sold(id, license.path("key").asStringOpt().orElseGet(() -> api.get("licenses/" + id + "/key").path("key").asString("")), words,
                license.path("type").asString("").equals("floating"));
    }
}
