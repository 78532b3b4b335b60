package dev.charter.format;

import java.util.Optional;

/// The check of a license key: a Reed-Solomon code over GF(32), 21 symbols of content and 4 of check. Its distance is 5, so every change of up to four
/// characters is seen, a swap of neighbours (two changes) among them.
final class KeyCheck {
    private static final int CHECK_SYMBOLS = 4;
    /// x^5 + x^2 + 1, which is primitive.
    private static final int FIELD_POLYNOMIAL = 0b100101;
    private static final int[] POWER = new int[62];
    private static final int[] LOGARITHM = new int[32];
    private static final int[] GENERATOR;

    static {
        int value = 1;
        for (int i = 0; i < 31; i++) {
            POWER[i] = POWER[i + 31] = value;
            LOGARITHM[value] = i;
            value <<= 1;
            if (value >= 32) {
                value ^= FIELD_POLYNOMIAL;
            }
        }
        GENERATOR = generator();
    }

    private KeyCheck() {}

    /// Fills in the last four symbols.
    static void complete(int[] symbols) {
        var check = remainder(symbols, symbols.length - CHECK_SYMBOLS);
        System.arraycopy(check, 0, symbols, symbols.length - CHECK_SYMBOLS, CHECK_SYMBOLS);
    }

    static boolean holds(int[] symbols) {
        var check = remainder(symbols, symbols.length - CHECK_SYMBOLS);
        for (int i = 0; i < CHECK_SYMBOLS; i++) {
            if (symbols[symbols.length - CHECK_SYMBOLS + i] != check[i]) {
                return false;
            }
        }
        return true;
    }

    /// Where one wrong character, or the first of two swapped neighbours, must be, if either explains the symbols. With a distance of 5 at most one place can.
    static Optional<Integer> locateMistake(int[] symbols) {
        var trial = symbols.clone();
        for (int i = 0; i < symbols.length; i++) {
            for (int symbol = 0; symbol < LicenseKey.ALPHABET.length(); symbol++) {
                trial[i] = symbol;
                if (holds(trial)) {
                    return Optional.of(i);
                }
            }
            trial[i] = symbols[i];
            if (i + 1 < symbols.length) {
                trial[i] = symbols[i + 1];
                trial[i + 1] = symbols[i];
                if (holds(trial)) {
                    return Optional.of(i);
                }
                trial[i] = symbols[i];
                trial[i + 1] = symbols[i + 1];
            }
        }
        return Optional.empty();
    }

    private static int[] remainder(int[] symbols, int content) {
        var remainder = new int[CHECK_SYMBOLS];
        for (int i = 0; i < content; i++) {
            int feedback = symbols[i] ^ remainder[0];
            for (int j = 0; j < CHECK_SYMBOLS; j++) {
                remainder[j] = (j + 1 < CHECK_SYMBOLS ? remainder[j + 1] : 0) ^ multiply(feedback, GENERATOR[j]);
            }
        }
        return remainder;
    }

    /// (x - a)(x - a^2)(x - a^3)(x - a^4), without its leading 1, highest power first.
    private static int[] generator() {
        int[] product = {1};
        for (int root = 1; root <= CHECK_SYMBOLS; root++) {
            var next = new int[product.length + 1];
            for (int i = 0; i < product.length; i++) {
                next[i] ^= product[i];
                next[i + 1] ^= multiply(product[i], POWER[root]);
            }
            product = next;
        }
        return java.util.Arrays.copyOfRange(product, 1, product.length);
    }

    private static int multiply(int a, int b) {
        return a == 0 || b == 0 ? 0 : POWER[LOGARITHM[a] + LOGARITHM[b]];
    }
}
