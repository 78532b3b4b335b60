package dev.charter.cli.product;

import tools.jackson.databind.JsonNode;

/// A product as the authority's API gives it, for people.
final class ProductReport {
    private ProductReport() {}

    static String heading() {
        return "%-24s %-30s %-9s %-9s %s".formatted("PRODUCT", "NAME", "LETTERS", "LOSSES", "ORDERS");
    }

    static String row(JsonNode product) {
        return "%-24s %-30s %-9s %-9s %s".formatted(product.path("id").asString(""), product.path("name").asString(""), product.path("letters").asString(""), product.path("losses").asString(""),
                product.path("orders").asString(""));
    }
}
