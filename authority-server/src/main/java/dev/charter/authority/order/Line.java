package dev.charter.authority.order;

import dev.charter.authority.catalog.Item;
import dev.charter.authority.catalog.ItemKind;
import dev.charter.authority.catalog.Price;
import dev.charter.authority.checkout.Money;
import dev.charter.authority.checkout.Sale;
import dev.charter.format.Entitlement;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// One line of an order, as it was priced when it was ordered.
///
/// @param item the item's ID
/// @param count how many; years of support, otherwise 1
/// @param amount the price of one, in the currency's smallest unit
/// @param units of a metered item: for how many counted units that is
/// @param reference the price's name at the payment provider
record Line(String item, String title, ItemKind kind, int count, long amount, long units, List<String> features, List<String> meters, Optional<String> reference) {
    static final int MOST_YEARS = 10;
    /// In place of an item's ID; no item has it.
    private static final String AGREED = "(agreed)";

    Line {
        features = List.copyOf(features);
        meters = List.copyOf(meters);
    }

    static Line of(Item item, int count, Price price) {
        return new Line(item.id(), item.title(), item.kind(), count, price.amount(), item.units(), item.features(), item.meters(), price.reference());
    }

    /// What an order of the desk grants beside items, without a price of its own.
    static Line agreed(Entitlement entitlement) {
        boolean feature = entitlement instanceof Entitlement.Feature;
        boolean meter = entitlement instanceof Entitlement.Meter;
        var until = entitlement.ends().map(end -> " until " + end.atOffset(ZoneOffset.UTC).toLocalDate()).orElse("");
        return agreed(nameOf(entitlement) + until, meter ? ItemKind.METERED : ItemKind.ONCE, feature ? List.of(nameOf(entitlement)) : List.of(), meter ? List.of(nameOf(entitlement)) : List.of());
    }

    /// What else was agreed on, such as a number of seats.
    static Line agreed(String words) {
        return agreed(words, ItemKind.ONCE, List.of(), List.of());
    }

    private static Line agreed(String title, ItemKind kind, List<String> features, List<String> meters) {
        return new Line(AGREED, title, kind, 1, 0, 1, features, meters, Optional.empty());
    }

    static String nameOf(Entitlement entitlement) {
        return switch (entitlement) {
            case Entitlement.Feature feature -> feature.name();
            case Entitlement.Meter meter -> meter.name();
            case Entitlement.Support _ -> "Support";
        };
    }

    boolean isAgreed() {
        return item.equals(AGREED);
    }

    /// What is due for it when it is ordered, in the currency's smallest unit.
    long due() {
        return kind == ItemKind.METERED ? 0 : Math.multiplyExact(amount, count);
    }

    Sale.SaleLine forSale() {
        return new Sale.SaleLine(title, count, amount, kind == ItemKind.METERED, units, reference);
    }

    /// As a mail tells it that names no prices.
    String text() {
        return kind == ItemKind.SUPPORT ? title + (count == 1 ? ", 1 year" : ", " + count + " years") : title;
    }

    /// As a mail tells it.
    String text(String currency) {
        var price = Money.text(amount, currency);
        return switch (kind) {
            case ONCE -> title + ": " + price;
            case SUPPORT -> text() + ": " + Money.text(due(), currency);
            case METERED -> title + ": " + price + " for each " + units + " counted, monthly";
        };
    }
}
