package dev.charter.authority.checkout;

import java.math.BigDecimal;
import java.util.Currency;

/// Amounts as people read them.
public final class Money {
    private Money() {}

    /// Such as `1200.00 EUR` for 120000 and EUR.
    public static String text(long amount, String currency) {
        return BigDecimal.valueOf(amount, digits(currency)).toPlainString() + " " + currency;
    }

    /// How many digits stand behind the point; two where the currency is not known.
    private static int digits(String currency) {
        try {
            return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (IllegalArgumentException unknown) {
            return 2;
        }
    }
}
