package dev.charter.authority.catalog;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Scope;
import dev.charter.server.web.Rejected;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Renames a product, retitles what it has, or adds features and meters. None is taken away, because licenses that were sold grant them.
@Component
final class ChangeProduct {
    private final Products products;

    ChangeProduct(Products products) {
        this.products = products;
    }

    /// @throws Rejected when there is no such product, or something would be taken away
    Product handle(Caller caller, String id, Revised revised) {
        caller.require(Scope.CATALOG_WRITE);
        return products.change(id, before -> {
            var after = revised.of(before);
            refuseLost("feature", before.features().stream().map(Product.Feature::name), after.features().stream().map(Product.Feature::name));
            refuseLost("meter", before.meters().stream().map(Product.Meter::name), after.meters().stream().map(Product.Meter::name));
            return after;
        }).orElseThrow(() -> Rejected.unknown("There is no product \"" + id + "\"."));
    }

    private static void refuseLost(String what, Stream<String> before, Stream<String> after) {
        var lost = before.collect(Collectors.toCollection(TreeSet::new));
        after.forEach(lost::remove);
        if (!lost.isEmpty()) {
            throw Rejected.conflict("A " + what + " that a product had stays, because licenses may grant it. Missing: " + String.join(", ", lost) + ".");
        }
    }
}
