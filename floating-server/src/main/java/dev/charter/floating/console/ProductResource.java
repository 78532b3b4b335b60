package dev.charter.floating.console;

import dev.charter.floating.installation.Installation;
import dev.charter.floating.settings.Settings;
import dev.charter.store.IssuerTime;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// This server's own licenses.
@RestController
@RequestMapping("/api/products/{product}")
final class ProductResource {

    /// @param key absent: the license that is installed is brought up to date
    /// @param supersede whether a request that waits may become worthless
    record RequestOrder(Optional<String> key, Optional<Boolean> supersede) {
        @Override
        public String toString() {
            return "RequestOrder";
        }
    }

    record ActivationOrder(String key, Optional<Boolean> supersede) {
        @Override
        public String toString() {
            return "ActivationOrder";
        }
    }

    /// @param text the vendor's answer, also within a mail
    record Answer(String text) {}

    private final DescribeProducts describe;
    private final ChangeProduct change;

    ProductResource(Settings settings, Installation installation, IssuerTime time) {
        this.describe = new DescribeProducts(settings, installation);
        this.change = new ChangeProduct(installation, time);
    }

    @GetMapping
    ProductView show(@PathVariable String product) {
        change.require(product);
        return describe.one(product);
    }

    @PostMapping(path = "/usage-requests", consumes = MediaType.APPLICATION_JSON_VALUE)
    ProductView makeRequest(@PathVariable String product, @RequestBody RequestOrder order) {
        change.makeRequest(product, order.key(), order.supersede().orElse(false));
        return describe.one(product);
    }

    @PostMapping(path = "/usage-licenses", consumes = MediaType.APPLICATION_JSON_VALUE)
    ProductView install(@PathVariable String product, @RequestBody Answer answer) {
        change.install(product, answer.text());
        return describe.one(product);
    }

    @PostMapping(path = "/activations", consumes = MediaType.APPLICATION_JSON_VALUE)
    ProductView activate(@PathVariable String product, @RequestBody ActivationOrder order) {
        change.activate(product, order.key(), order.supersede().orElse(false));
        return describe.one(product);
    }

    @PostMapping("/reactivations")
    ProductView reactivate(@PathVariable String product) {
        change.reactivate(product);
        return describe.one(product);
    }
}
