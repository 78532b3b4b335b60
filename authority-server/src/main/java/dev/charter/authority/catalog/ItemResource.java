package dev.charter.authority.catalog;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Needs;
import dev.charter.authority.access.Scope;
import dev.charter.server.web.Rejected;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Items over HTTP, for the vendor.
@RestController
@RequestMapping("/admin/v1/items")
class ItemResource {

    record ListedItems(List<Item> items) {}

    private final PutItem putItem;
    private final Items items;

    ItemResource(PutItem putItem, Items items) {
        this.putItem = putItem;
        this.items = items;
    }

    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Scope.CATALOG_WRITE)
    Item put(Caller caller, @PathVariable String id, @RequestBody PutItem.DescribedItem described) {
        return putItem.handle(caller, id, described);
    }

    @GetMapping
    @Needs(Scope.CATALOG_READ)
    ListedItems list(@RequestParam Optional<String> product) {
        return new ListedItems(items.all(product));
    }

    @GetMapping("/{id}")
    @Needs(Scope.CATALOG_READ)
    Item show(@PathVariable String id) {
        return items.byId(id).orElseThrow(() -> Rejected.unknown("There is no item \"" + id + "\"."));
    }
}
