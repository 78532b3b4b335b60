package dev.charter.cli.sell;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Ending;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.regex.Pattern;

/// An amount of money as people write it, such as `1200.00 EUR`.
///
/// @param amount in the currency's smallest unit
record Amount(long amount, String currency) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,4})?) ?([A-Za-z]{3})");

    static Amount read(String text) {
        var form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw mistake(text);
        }
        var currency = form.group(2).toUpperCase(Locale.ROOT);
        try {
            return new Amount(new BigDecimal(form.group(1)).movePointRight(digits(currency)).longValueExact(), currency);
        } catch (ArithmeticException tooFine) {
            throw mistake(text);
        }
    }

    String text() {
        return BigDecimal.valueOf(amount, digits(currency)).toPlainString() + " " + currency;
    }

    private static int digits(String currency) {
        try {
            return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (IllegalArgumentException unknown) {
            return 2;
        }
    }

    private static CommandFailed mistake(String text) {
        return CommandFailed.with(Ending.USAGE, "\"" + text + "\" is no price. A price is an amount and a currency, such as 1200.00EUR; it has no more digits behind the point than the currency.");
    }
}
