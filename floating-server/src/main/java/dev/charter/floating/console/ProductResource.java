package dev.charter.floating.console;

import dev.charter.floating.installation.Installation;
import dev.charter.floating.installation.PoolWishes;
import dev.charter.floating.lease.GiveUpPool;
import dev.charter.floating.settings.Settings;
import dev.charter.server.access.Caller;
import dev.charter.store.IssuerTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
    /// @param seats how many are wanted; 0: all that the license has; absent: as many as before
    /// @param supersede whether a request that waits may become worthless
    record RequestOrder(Optional<String> key, Optional<Integer> seats, Optional<Boolean> supersede) {
        @Override
        public String toString() {
            return "RequestOrder";
        }
    }

    /// @param seats as in [RequestOrder]
    record ActivationOrder(String key, Optional<Integer> seats, Optional<Boolean> supersede) {
        @Override
        public String toString() {
            return "ActivationOrder";
        }
    }

    /// @param seats as in [RequestOrder]
    record ReactivationOrder(Optional<Integer> seats) {}

    /// @param text the vendor's answer, also within a mail
    record Answer(String text) {}

    private final DescribeProducts describe;
    private final ChangeProduct change;

    ProductResource(Settings settings, Installation installation, PoolWishes wishes, GiveUpPool giveUp, IssuerTime time) {
        this.describe = new DescribeProducts(settings, installation, wishes);
        this.change = new ChangeProduct(settings.authority().isPresent(), installation, wishes, giveUp, time);
    }

    @GetMapping
    ProductView show(@PathVariable String product) {
        change.require(product);
        return describe.one(product);
    }

    @PostMapping(path = "/usage-requests", consumes = MediaType.APPLICATION_JSON_VALUE)
    ProductView makeRequest(@PathVariable String product, @RequestBody RequestOrder order, Caller caller) {
        change.makeRequest(product, order.key(), order.seats(), order.supersede().orElse(false), caller.name());
        return describe.one(product);
    }

    @PostMapping(path = "/usage-licenses", consumes = MediaType.APPLICATION_JSON_VALUE)
    ProductView install(@PathVariable String product, @RequestBody Answer answer, Caller caller) {
        change.install(product, answer.text(), caller.name());
        return describe.one(product);
    }

    @PostMapping(path = "/activations", consumes = MediaType.APPLICATION_JSON_VALUE)
    ProductView activate(@PathVariable String product, @RequestBody ActivationOrder order, Caller caller) {
        change.activate(product, order.key(), order.seats(), order.supersede().orElse(false), caller.name());
        return describe.one(product);
    }

    @PostMapping("/reactivations")
    ProductView reactivate(@PathVariable String product, @RequestBody(required = false) @Nullable ReactivationOrder order, Caller caller) {
        change.reactivate(product, order == null ? Optional.empty() : order.seats(), caller.name());
        return describe.one(product);
    }

    /// Gives the license back. What is out of its pool runs on until its end; nothing is handed out or renewed any more.
    @PostMapping("/deactivations")
    ProductView deactivate(@PathVariable String product, Caller caller) {
        change.deactivate(product, caller.name());
        return describe.one(product);
    }
}
