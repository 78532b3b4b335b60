package dev.charter.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Figures of a subject and of its peer, taken in turn: each pair shares what the machine was doing at that moment, so that its ratio means something
/// where its two figures do not.
public record Pairs(List<Pair> pairs) {

    private static final double SURE = 0.05;

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

    /// The 95 % interval of the middle ratio, by the order of the ratios alone (the sign test turned round): it is as wide as all of them where there are fewer than six pairs.
    public Interval interval() {
        var sorted = ratios();
        Arrays.sort(sorted);
        int first = 0;
        double none = Math.pow(0.5, sorted.length); // the probability that no ratio lies below the true middle
        double next = none * sorted.length;
        for (double tail = none + next; tail <= SURE / 2; tail += next) {
            first++;
            next = next * (sorted.length - first) / (first + 1);
        }
        return new Interval(sorted[first], sorted[sorted.length - 1 - first]);
    }

    /// Between which ratios the true middle lies.
    public record Interval(double low, double high) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.2f-%.2f", low, high);
        }
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
