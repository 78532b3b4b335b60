package dev.charter.benchmarks.activations;

import dev.charter.benchmarks.Line;
import dev.charter.benchmarks.Pairs;
import dev.charter.benchmarks.Unit;
import dev.charter.benchmarks.load.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What one kind of request reached in each round, and what its parts reached alone in the same round.
final class Rates {
    private final String what;
    private final List<Pairs.Pair> pairs = new ArrayList<>();
    private final List<Double> http = new ArrayList<>();
    private final List<Double> sql = new ArrayList<>();
    private final List<Double> cryptography = new ArrayList<>();
    private final List<Double> p50 = new ArrayList<>();
    private final List<Double> p99 = new ArrayList<>();
    private final List<Double> calmP99 = new ArrayList<>();

    Rates(String what) {
        this.what = what;
    }

    /// What the parts allow: each of them, alone and by as many clients, keeps the machine busy, so that their times add up.
    static double limit(double... partsPerSecond) {
        double seconds = 0;
        for (double rate : partsPerSecond) {
            seconds += 1 / rate;
        }
        return 1 / seconds;
    }

    /// @param calm at half the rate of the subject
    void add(Load.Outcome subject, Load.Outcome calm, double httpPerSecond, double sqlPerSecond, double cryptographyPerSecond) {
        pairs.add(new Pairs.Pair(subject.perSecond(), limit(httpPerSecond, sqlPerSecond, cryptographyPerSecond)));
        http.add(httpPerSecond);
        sql.add(sqlPerSecond);
        cryptography.add(cryptographyPerSecond);
        p50.add(subject.quantile(0.5));
        p99.add(subject.quantile(0.99));
        calmP99.add(calm.quantile(0.99));
    }

    double p99() {
        return middle(p99);
    }

    /// At half the rate.
    double calmP99() {
        return middle(calmP99);
    }

    Line line(double target) {
        var line = Line.atLeast(target, what, Unit.PER_SECOND, new Pairs(pairs), String.format(Locale.ROOT, "allowed by HTTP %,.0f, SQL %,.0f, signatures %,.0f",
                middle(http), middle(sql), middle(cryptography)));
        return new Line(line.what(), line.measured() + ", p50 " + Unit.NANOSECONDS.written(middle(p50)) + ", p99 " + Unit.NANOSECONDS.written(p99()) + " (" + Unit.NANOSECONDS.written(calmP99()) + " at half the rate)", line.peer(), line.ratio(), line.target(), line.met());
    }

    private static double middle(List<Double> figures) {
        return Pairs.quantile(0.5, figures.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
