package dev.charter.authority.catalog;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Needs;
import dev.charter.authority.access.Scope;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Products over HTTP.
@RestController
@RequestMapping("/admin/v1/products")
final class ProductResource {

    record ListedProducts(List<Product> products) {}

    private final CreateProduct createProduct;
    private final ChangeProduct changeProduct;
    private final FindProducts findProducts;

    ProductResource(CreateProduct createProduct, ChangeProduct changeProduct, FindProducts findProducts) {
        this.createProduct = createProduct;
        this.changeProduct = changeProduct;
        this.findProducts = findProducts;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Needs(Scope.CATALOG_WRITE)
    Product create(Caller caller, @RequestBody Described described) {
        return createProduct.handle(caller, described);
    }

    @GetMapping
    @Needs(Scope.CATALOG_READ)
    ListedProducts list(Caller caller) {
        return new ListedProducts(findProducts.all(caller));
    }

    @GetMapping("/{id}")
    @Needs(Scope.CATALOG_READ)
    Product show(Caller caller, @PathVariable String id) {
        return findProducts.byId(caller, id);
    }

    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Scope.CATALOG_WRITE)
    Product change(Caller caller, @PathVariable String id, @RequestBody Revised revised) {
        return changeProduct.handle(caller, id, revised);
    }
}
