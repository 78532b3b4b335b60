package dev.charter.benchmarks;

import java.util.Locale;

/// What a figure counts, and how it is written.
public enum Unit {
    /// Nanoseconds, written in what is easy to read.
    NANOSECONDS {
        @Override
        public String written(double figure) {
            if (figure < 1_000) return number(figure) + " ns";
            if (figure < 1_000_000) return number(figure / 1_000) + " us";
            if (figure < 1_000_000_000) return number(figure / 1_000_000) + " ms";
            return number(figure / 1_000_000_000) + " s";
        }
    },
    PER_SECOND {
        @Override
        public String written(double figure) {
            return number(figure) + "/s";
        }
    },
    MEGABYTES {
        @Override
        public String written(double figure) {
            return number(figure) + " MB";
        }
    };

    public abstract String written(double figure);

    // Three digits that count; whole from 100 on, with a comma between thousands.
    private static String number(double figure) {
        return String.format(Locale.ROOT, figure < 10 ? "%.2f" : figure < 100 ? "%.1f" : "%,.0f", figure);
    }
}
