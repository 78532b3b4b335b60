package dev.charter.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Figures of a subject and of its peer, taken in turn: each pair shares what the machine was doing at that moment, so that its ratio means something
/// where its two figures do not.
public record Pairs(List<Pair> pairs) {

    /// One figure of each, of the same unit, taken one right after the other.
    public record Pair(double subject, double peer) {
        public Pair {
            if (!(subject > 0) || !(peer > 0) || Double.isInfinite(subject) || Double.isInfinite(peer)) {
                throw new IllegalArgumentException("a figure must be a number above 0: " + subject + " beside " + peer);
            }
        }

        double ratio() {
            return subject / peer;
        }
    }

    public Pairs {
        pairs = List.copyOf(pairs);
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to compare");
        }
    }

    /// Pairs of two rows of figures, the first with the first and so on.
    public static Pairs of(List<Double> subject, List<Double> peer) {
        if (subject.size() != peer.size()) {
            throw new IllegalArgumentException(subject.size() + " figures cannot be paired with " + peer.size());
        }
        var pairs = new ArrayList<Pair>();
        for (int i = 0; i < subject.size(); i++) {
            pairs.add(new Pair(subject.get(i), peer.get(i)));
        }
        return new Pairs(pairs);
    }

    /// The middle one of the pairs' ratios, which is what is judged.
    public double ratio() {
        return quantile(0.5, ratios());
    }

    /// The ratios between which the middle half of the pairs lies, such as `0.97-1.04`.
    public String spread() {
        return String.format(Locale.ROOT, "%.2f-%.2f", quantile(0.25, ratios()), quantile(0.75, ratios()));
    }

    public double subject() {
        return quantile(0.5, pairs.stream().mapToDouble(Pair::subject).toArray());
    }

    public double peer() {
        return quantile(0.5, pairs.stream().mapToDouble(Pair::peer).toArray());
    }

    private double[] ratios() {
        return pairs.stream().mapToDouble(Pair::ratio).toArray();
    }

    /// The figure below which that part of all figures lies, between two neighbours in proportion.
    public static double quantile(double part, double... figures) {
        if (figures.length == 0) {
            throw new IllegalArgumentException("no figures");
        }
        var sorted = figures.clone();
        Arrays.sort(sorted);
        double at = part * (sorted.length - 1);
        int below = (int) Math.floor(at);
        int above = (int) Math.ceil(at);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
