package dev.charter.authority.catalog;

import java.util.Optional;
import java.util.regex.Pattern;

/// What an item costs in one currency.
///
/// @param currency three capital letters (ISO 4217)
/// @param amount in the currency's smallest unit, such as cents
/// @param reference the name of this price at the payment provider; a metered item needs it there
public record Price(String currency, long amount, Optional<String> reference) {
    /// The most that anything costs, in the currency's smallest unit.
    public static final long MOST = 100_000_000_000L;
    private static final int LONGEST_REFERENCE = 100;
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern REFERENCE = Pattern.compile("[0-9A-Za-z_-]{1," + LONGEST_REFERENCE + "}");

    public Price {
        if (!CURRENCY.matcher(currency).matches()) {
            throw new IllegalArgumentException("a currency has three capital letters, such as EUR");
        }
        if (amount < 0 || amount > MOST) {
            throw new IllegalArgumentException("an amount is 0 to " + MOST + ", in the currency's smallest unit");
        }
        if (reference.isPresent() && !REFERENCE.matcher(reference.get()).matches()) {
            throw new IllegalArgumentException("a price's reference has 1 to " + LONGEST_REFERENCE + " letters, digits, dashes and underscores");
        }
    }
}
