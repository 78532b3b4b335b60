package dev.charter.benchmarks;

import java.util.Locale;
import java.util.Optional;

/// One line of the table.
///
/// @param what the subject
/// @param measured its figure
/// @param peer the limit or the peer, with its figure of the same run
/// @param ratio the subject's figure by the peer's, with its spread
/// @param target what the ratio, or the figure, must keep
/// @param met whether it does; empty where the line is there for comparison only
public record Line(String what, String measured, String peer, String ratio, String target, Optional<Boolean> met) {

    /// A line that must not take more than that many times what its peer takes.
    public static Line atMost(double factor, String what, Unit unit, Pairs pairs, String peer) {
        return of(what, unit, pairs, peer, "<= " + times(factor), Optional.of(pairs.ratio() <= factor));
    }

    /// A line that must reach at least that part of its peer's figure.
    public static Line atLeast(double factor, String what, Unit unit, Pairs pairs, String peer) {
        return of(what, unit, pairs, peer, ">= " + times(factor), Optional.of(pairs.ratio() >= factor));
    }

    /// A line for comparison.
    public static Line beside(String what, Unit unit, Pairs pairs, String peer) {
        return of(what, unit, pairs, peer, "", Optional.empty());
    }

    /// A line about one figure that has a bound of its own.
    public static Line below(double bound, String what, Unit unit, double figure) {
        return new Line(what, unit.written(figure), "", "", "< " + unit.written(bound), Optional.of(figure < bound));
    }

    /// A line that says something without comparing.
    public static Line note(String what, String measured, String remark) {
        return new Line(what, measured, remark, "", "", Optional.empty());
    }

    private static Line of(String what, Unit unit, Pairs pairs, String peer, String target, Optional<Boolean> met) {
        return new Line(what, unit.written(pairs.subject()), unit.written(pairs.peer()) + " " + peer,
                String.format(Locale.ROOT, "%.2fx (%s)", pairs.ratio(), pairs.spread()), target, met);
    }

    private static String times(double factor) {
        return String.format(Locale.ROOT, "%.1fx", factor);
    }

    String verdict() {
        return met.map(yes -> yes ? "met" : "MISSED").orElse("");
    }
}
