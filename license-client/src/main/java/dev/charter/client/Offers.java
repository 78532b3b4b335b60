package dev.charter.client;

import java.util.List;
import java.util.Optional;

/// What the vendor's authority sells to this host.
///
/// @param checkout who takes the money, as the authority calls it: `none` where nothing can be bought, `test` where no money moves
/// @param reachable whether the authority answered, where it had to be asked
/// @param message why nothing can be bought, and whom to ask, for people; none where something can
/// @param upgrades the ID of the license that an order adds to; none: it brings a new one
public record Offers(String checkout, boolean reachable, Optional<String> message, Optional<String> upgrades, List<Item> items) {
    /// What [#checkout] is where nothing can be bought.
    public static final String NOTHING = "none";

    public Offers {
        items = List.copyOf(items);
    }

    static Offers nothing(boolean reachable, String message) {
        return new Offers(NOTHING, reachable, Optional.of(message), Optional.empty(), List.of());
    }

    /// How an item is charged.
    public enum Kind {
        /// Once.
        ONCE,
        /// For each year of support.
        SUPPORT,
        /// By what is counted, each month.
        METERED
    }

    /// Something that can be bought.
    ///
    /// @param features the names of what it grants
    /// @param meters the names of what it lets count
    /// @param units of a metered item: for how many counted units its price is
    /// @param mostAtOnce how many can be ordered at once: years of support, otherwise 1
    /// @param licensed whether all that it grants is in the license that is held here and lasts as long as that; never of support
    public record Item(String id, String title, Optional<String> description, Kind kind, List<String> features, List<String> meters, long units, int mostAtOnce, List<Price> prices, boolean licensed) {
        public Item {
            features = List.copyOf(features);
            meters = List.copyOf(meters);
            prices = List.copyOf(prices);
        }
    }

    /// @param amount in the currency's smallest unit: cents, or whole yen
    public record Price(String currency, long amount) {}
}
