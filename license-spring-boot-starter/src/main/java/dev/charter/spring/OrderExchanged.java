package dev.charter.spring;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the License page sends and is answered when something is bought.
final class OrderExchanged {
    private OrderExchanged() {}

    /// What can be bought.
    ///
    /// @param checkout who takes the money: `none` where nothing can be bought, `test` where no money moves, `stripe`
    /// @param reachable whether the vendor answered, where it had to be asked
    /// @param message why nothing can be bought, and whom to ask, for people
    /// @param upgrade whether an order adds to the license that is held
    /// @param license the ID of that license
    @JsonPropertyOrder({"checkout", "reachable", "message", "upgrade", "license", "items"})
    record OffersView(String checkout, boolean reachable, Optional<String> message, boolean upgrade, Optional<String> license, List<OfferedItem> items) {}

    /// @param features what it grants
    /// @param meters what it lets count
    /// @param units of a metered item: for how many counted units its price is
    /// @param mostAtOnce how many can be ordered at once: years of support, otherwise 1
    /// @param licensed whether all that it grants is licensed already
    @JsonPropertyOrder({"id", "title", "description", "kind", "features", "meters", "units", "mostAtOnce", "prices", "licensed"})
    record OfferedItem(String id, String title, Optional<String> description, ItemKind kind, List<Named> features, List<Named> meters, Optional<Long> units, int mostAtOnce, List<ItemPrice> prices,
                       boolean licensed) {}

    /// How an item is charged: once, for each year of support, or by what is counted.
    enum ItemKind {
        ONCE, SUPPORT, METERED;

        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    record Named(String name, String title) {}

    /// @param amount in the currency's smallest unit
    record ItemPrice(String currency, long amount) {}

    /// What is to be ordered.
    ///
    /// @param total what the buyer was shown as due at once, in the currency's smallest unit
    /// @param name of the buyer
    /// @param email where the license key goes
    /// @param returnTo the address of the page that the buyer comes from, on this very host
    record OrderWish(List<WantedItem> items, String currency, long total, String name, String email, String returnTo) {}

    /// @param count years of support; otherwise 1
    record WantedItem(String item, int count) {}

    /// How far an order is.
    enum OrderStateName {
        OPEN, LOOK, PAID, FULFILLED, CLOSED;

        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// An order.
    ///
    /// @param id at the vendor; absent while the vendor has not answered
    /// @param message what it means, and what to do, for people
    /// @param checkout where the browser pays, while that is to be done
    /// @param test whether no money moves
    /// @param license the ID of the license that was bought or upgraded
    /// @param upgrade whether it adds to the license that is held
    /// @param withheld whether what was bought was taken back, because the money was
    /// @param total what is due at once, in the currency's smallest unit
    /// @param lastAsked when the vendor last answered
    /// @param reachable whether the vendor answered the last time
    /// @param unreachable why not
    /// @param done whether there is nothing to wait for any more, so that it can be dismissed
    @JsonPropertyOrder({"id", "state", "message", "checkout", "test", "license", "upgrade", "withheld", "items", "currency", "total", "createdAt", "paidAt", "lastAsked", "reachable", "unreachable", "done"})
    record OrderView(Optional<String> id, OrderStateName state, String message, Optional<String> checkout, boolean test, Optional<String> license, boolean upgrade, boolean withheld, List<OrderedItem> items,
                     String currency, long total, Instant createdAt, Optional<Instant> paidAt, Optional<Instant> lastAsked, boolean reachable, Optional<String> unreachable, boolean done) {}

    /// @param amount the price of one, in the currency's smallest unit
    record OrderedItem(String item, String title, int count, long amount) {}
}
