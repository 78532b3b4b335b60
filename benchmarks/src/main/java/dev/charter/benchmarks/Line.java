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

    /// A line that may take that many times what its peer takes: missed where the whole 95 % interval lies beyond.
    public static Line notAbove(double factor, String what, Unit unit, Pairs pairs, String peer) {
        return withInterval(what, unit, pairs, peer, String.format(Locale.ROOT, "<= %.2fx", factor), pairs.interval().low() <= factor);
    }

    /// A line that is to reach that part of its peer's figure: missed where the whole 95 % interval lies below.
    public static Line notBelow(double factor, String what, Unit unit, Pairs pairs, String peer) {
        return withInterval(what, unit, pairs, peer, String.format(Locale.ROOT, ">= %.2fx", factor), pairs.interval().high() >= factor);
    }

    private static Line withInterval(String what, Unit unit, Pairs pairs, String peer, String target, boolean met) {
        return new Line(what, unit.written(pairs.subject()), unit.written(pairs.peer()) + " " + peer,
                String.format(Locale.ROOT, "%.3fx (95 %%: %s, %d pairs)", pairs.ratio(), pairs.interval(), pairs.pairs().size()), target, Optional.of(met));
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
