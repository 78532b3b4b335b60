package dev.charter.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Something that a [Shop] offers. Begin with [#once], [#support] or [#metered], and give it a price; each method gives a new value. It is for [License#PRODUCT] unless another is named.
///
/// @param prices by currency, in its smallest unit
public record Item(String id, String title, Kind kind, String product, List<String> features, List<String> meters, Map<String, Long> prices) {
    /// How it is charged.
    public enum Kind { ONCE, SUPPORT, METERED }

    public Item {
        features = List.copyOf(features);
        meters = List.copyOf(meters);
        prices = Collections.unmodifiableMap(new TreeMap<>(prices));
    }

    /// Paid once; it grants those features.
    public static Item once(String id, String title, String... features) {
        return new Item(id, title, Kind.ONCE, License.PRODUCT, List.of(features), List.of(), Map.of());
    }

    /// Years of support, 1 to 10 at once.
    public static Item support(String id, String title) {
        return new Item(id, title, Kind.SUPPORT, License.PRODUCT, List.of(), List.of(), Map.of());
    }

    /// Lets those meters count; nothing is due at once.
    public static Item metered(String id, String title, String... meters) {
        return new Item(id, title, Kind.METERED, License.PRODUCT, List.of(), List.of(meters), Map.of());
    }

    public Item ofProduct(String name) {
        return new Item(id, title, kind, name, features, meters, prices);
    }

    /// @param amount in the currency's smallest unit, such as cents
    public Item at(String currency, long amount) {
        var more = new TreeMap<>(prices);
        more.put(currency, amount);
        return new Item(id, title, kind, product, features, meters, more);
    }

    int mostAtOnce() {
        return kind == Kind.SUPPORT ? 10 : 1;
    }

    long due(String currency, long count) {
        return kind == Kind.METERED ? 0 : prices.getOrDefault(currency, 0L) * count;
    }

    /// Whether all that it grants is there already.
    boolean isGranted(List<String> names) {
        var all = new ArrayList<>(features);
        all.addAll(meters);
        return kind != Kind.SUPPORT && names.containsAll(all);
    }
}
