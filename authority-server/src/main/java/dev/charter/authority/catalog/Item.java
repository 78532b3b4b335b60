package dev.charter.authority.catalog;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a buyer can choose.
///
/// @param id such as `mqtt-server-support`; for ever
/// @param features what it grants, by the product's names; support grants none
/// @param meters what it lets count, by the product's names; of a metered item
/// @param units of a metered item: for how many counted units its price is; otherwise 1
/// @param position where it stands in the list; the lowest first
/// @param offered whether it can be bought now
public record Item(String id, String product, String title, String description, ItemKind kind, List<String> features, List<String> meters, List<Price> prices, long units, int position, boolean offered,
                   Instant createdAt) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_DESCRIPTION = 2_000;
    private static final int MOST_PRICES = 50;
    private static final long MOST_UNITS = 1_000_000_000_000L;

    public Item {
        require(NAME.matcher(id).matches(), "an item's ID has 1 to 64 small letters, digits and dashes, and does not begin with a dash");
        title = title.strip();
        description = description.strip();
        require(!title.isEmpty() && title.length() <= LONGEST_TITLE && title.chars().noneMatch(Character::isISOControl), "an item's title has 1 to " + LONGEST_TITLE + " characters, on one line");
        require(description.length() <= LONGEST_DESCRIPTION, "an item's description has at most " + LONGEST_DESCRIPTION + " characters");
        features = List.copyOf(features);
        meters = List.copyOf(meters);
        prices = List.copyOf(prices);
        require(!features.isEmpty() || kind != ItemKind.ONCE, "an item that is charged once grants features");
        require(features.isEmpty() || kind != ItemKind.SUPPORT, "support grants no features");
        require(!meters.isEmpty() == (kind == ItemKind.METERED), "a metered item has meters, and no other has");
        require(units >= 1 && units <= MOST_UNITS && (units == 1 || kind == ItemKind.METERED), "\"units\" is at least 1, and only a metered item has others than 1");
        require(!prices.isEmpty() && prices.size() <= MOST_PRICES, "an item has 1 to " + MOST_PRICES + " prices");
        var seen = new HashSet<String>();
        prices.forEach(price -> require(seen.add(price.currency()), "the item has two prices in " + price.currency()));
        require(new HashSet<>(features).size() == features.size() && new HashSet<>(meters).size() == meters.size(), "a feature or a meter is listed twice");
    }

    /// What it costs in a currency; empty where it is not sold in it.
    public Optional<Price> price(String currency) {
        return prices.stream().filter(price -> price.currency().equals(currency)).findAny();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
