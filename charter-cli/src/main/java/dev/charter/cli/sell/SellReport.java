package dev.charter.cli.sell;

import java.util.ArrayList;
import tools.jackson.databind.JsonNode;

/// Items and orders as the authority's API gives them, for people.
final class SellReport {
    /// Of an order whose price was not named (ISO 4217: no currency).
    private static final String NO_CURRENCY = "XXX";

    private SellReport() {}

    static String itemHeading() {
        return "%-28s %-16s %-9s %-9s %s".formatted("ITEM", "PRODUCT", "CHARGED", "OFFERED", "PRICES");
    }

    static String item(JsonNode item) {
        var prices = new ArrayList<String>();
        item.path("prices").forEach(price -> prices.add(new Amount(price.path("amount").asLong(), text(price, "currency")).text()));
        return "%-28s %-16s %-9s %-9s %s".formatted(text(item, "id"), text(item, "product"), text(item, "kind"), item.path("offered").asBoolean() ? "yes" : "no", String.join(", ", prices));
    }

    static String orderHeading() {
        return "%-18s %-10s %-18s %-16s %-28s %s".formatted("ORDER", "STATE", "LICENSE", "TOTAL", "BUYER", "ATTENTION");
    }

    static String order(JsonNode order) {
        return "%-18s %-10s %-18s %-16s %-28s %s".formatted(text(order, "id"), text(order, "state"), text(order, "license"), total(order), text(order.path("buyer"), "email"), text(order, "attention")).stripTrailing();
    }

    static String eventHeading() {
        return "%-28s %-9s %-32s %-18s %s".formatted("EVENT", "STATE", "KIND", "ORDER", "PROBLEM");
    }

    static String event(JsonNode event) {
        return "%-28s %-9s %-32s %-18s %s".formatted(text(event, "id"), text(event, "state"), text(event, "kind"), text(event, "order"), text(event, "problem")).stripTrailing();
    }

    /// Nothing where no price was named.
    static String total(JsonNode order) {
        var currency = text(order, "currency");
        return currency.equals(NO_CURRENCY) ? "" : new Amount(order.path("total").asLong(), currency).text();
    }

    static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }
}
