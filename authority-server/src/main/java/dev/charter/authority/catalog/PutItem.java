package dev.charter.authority.catalog;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Scope;
import dev.charter.server.web.Rejected;
import dev.charter.store.IssuerTime;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Offers an item, changes it, or withdraws it. What is ordered already is not changed by that: an order keeps its prices.
@Component
final class PutItem {
    private final Items items;
    private final Products products;
    private final IssuerTime time;

    PutItem(Items items, Products products, IssuerTime time) {
        this.items = items;
        this.products = products;
        this.time = time;
    }

    /// An item as the vendor describes it, except for its ID.
    ///
    /// @param offered without it, it is offered
    record DescribedItem(String product, String title, Optional<String> description, ItemKind kind, Optional<List<String>> features, Optional<List<String>> meters, List<Price> prices,
                         Optional<Long> units, Optional<Integer> position, Optional<Boolean> offered) {}

    /// @throws Rejected when it is no item, its product lacks what it grants, or there is one of another product or kind
    Item handle(Caller caller, String id, DescribedItem described) {
        caller.require(Scope.CATALOG_WRITE);
        Item item;
        try {
            item = new Item(id, described.product(), described.title(), described.description().orElse(""), described.kind(), described.features().orElse(List.of()), described.meters().orElse(List.of()),
                    described.prices(), described.units().orElse(1L), described.position().orElse(0), described.offered().orElse(true), time.instant());
        } catch (IllegalArgumentException mistake) {
            var message = String.valueOf(mistake.getMessage());
            throw Rejected.malformed(Character.toUpperCase(message.charAt(0)) + message.substring(1) + ".");
        }
        requireWhatItGrants(item);
        if (!items.put(item)) {
            throw Rejected.conflict("There is an item \"" + id + "\" of another product, or charged in another way. Choose another ID.");
        }
        return items.byId(id).orElseThrow();
    }

    private void requireWhatItGrants(Item item) {
        var product = products.byId(item.product()).orElseThrow(() -> Rejected.malformed("There is no product \"" + item.product() + "\"."));
        for (var feature : item.features()) {
            if (product.features().stream().noneMatch(known -> known.name().equals(feature))) {
                throw Rejected.malformed("The product \"" + item.product() + "\" has no feature \"" + feature + "\".");
            }
        }
        for (var meter : item.meters()) {
            if (product.meters().stream().noneMatch(known -> known.name().equals(meter))) {
                throw Rejected.malformed("The product \"" + item.product() + "\" has no meter \"" + meter + "\".");
            }
        }
    }
}
