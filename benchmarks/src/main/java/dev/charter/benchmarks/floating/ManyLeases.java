package dev.charter.benchmarks.floating;

import dev.charter.benchmarks.Line;
import dev.charter.benchmarks.Pairs;
import dev.charter.benchmarks.Unit;
import dev.charter.benchmarks.load.Connection;
import dev.charter.benchmarks.load.Load;
import dev.charter.benchmarks.program.FloatingPrograms;
import dev.charter.benchmarks.program.Resident;
import dev.charter.benchmarks.program.Running;
import dev.charter.format.LeaseProfile;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/// A server with many living leases beside one with few: what taking a seat takes, and what renewing them all in time costs.
final class ManyLeases {
    private static final int CLIENTS = 64;
    private static final int FEW = 1_000;
    private static final double MOST_MEGABYTES = 300;
    private static final double AIM_OF_CORE = 0.1;

    private ManyLeases() {}

    static List<Line> lines(boolean quick, FloatingPrograms programs, FloatingFolder few, FloatingFolder many) throws Exception {
        int count = quick ? 5_000 : 100_000;
        try (var withFew = Running.start(programs.server().command(), few.settings()); var withMany = Running.start(programs.server().command(), many.settings())) {
            acquire(withFew, new Products("few", FEW));
            var holders = new Products("many", count);
            acquire(withMany, holders);
            var lines = new ArrayList<Line>();
            lines.add(Line.atMost(1.2, String.format(Locale.ROOT, "acquire with %,d leases, middle", count), Unit.NANOSECONDS, taking(quick, withFew, withMany), String.format(Locale.ROOT, "with %,d", FEW)));
            double seconds = quick ? 5 : 60;
            double perSecond = count / (double) LeaseProfile.PLANT.renewEvery().toSeconds();
            int renewals = Math.min(count, (int) (perSecond * seconds));
            var requests = Products.posted(Products.REQUESTS, holders.nextRenewals()).subList(0, renewals);
            var before = Resident.processorTime(withMany.process().toHandle());
            double took = inTime(withMany.url(), requests, perSecond);
            double share = Resident.processorTime(withMany.process().toHandle()).minus(before).toNanos() / 1e9 / took;
            lines.add(Line.note(String.format(Locale.ROOT, "%,d leases, each renewed every 5 minutes", count), String.format(Locale.ROOT, "%.1f %% of a core", 100 * share),
                    String.format(Locale.ROOT, "aim %.0f %% at 100,000, %s", 100 * AIM_OF_CORE, share <= AIM_OF_CORE ? "reached" : "not reached here")));
            lines.add(Line.below(MOST_MEGABYTES, String.format(Locale.ROOT, "%,d leases, resident", count), Unit.MEGABYTES, withMany.residentMegabytes()));
            return lines;
        }
    }

    private static Load.Outcome acquire(Running server, Products products) throws Exception {
        return Load.run(CLIENTS, products.count(), products.posting(server.url(), Products.REQUESTS, products.acquisitions()));
    }

    /// The middle of what acquiring took, one server after the other; what was taken is given back.
    private static Pairs taking(boolean quick, Running withFew, Running withMany) throws Exception {
        var pairs = new ArrayList<Pairs.Pair>();
        for (int turn = 0; turn < (quick ? 4 : 16); turn++) {
            boolean manyFirst = turn % 2 == 0;
            double first = middle(manyFirst ? withMany : withFew, "turn-" + turn + "-a");
            double second = middle(manyFirst ? withFew : withMany, "turn-" + turn + "-b");
            pairs.add(manyFirst ? new Pairs.Pair(first, second) : new Pairs.Pair(second, first));
        }
        return new Pairs(pairs);
    }

    private static double middle(Running server, String name) throws Exception {
        var products = new Products(name, 300);
        double middle = Load.run(4, products.count(), products.posting(server.url(), Products.REQUESTS, products.acquisitions())).quantile(0.5);
        Load.run(CLIENTS, products.count(), products.posting(server.url(), Products.RELEASES, products.releases()));
        return middle;
    }

    /// Posts them at that rate, one after the other; how many seconds it took.
    private static double inTime(URI server, List<byte[]> requests, double perSecond) throws IOException {
        long began = System.nanoTime();
        try (var connection = new Connection(server)) {
            for (int i = 0; i < requests.size(); i++) {
                for (long early = began + (long) (i / perSecond * 1e9) - System.nanoTime(); early > 0; early = began + (long) (i / perSecond * 1e9) - System.nanoTime()) {
                    LockSupport.parkNanos(early);
                }
                var answer = connection.exchange(requests.get(i));
                if (answer.status() != 200) {
                    throw new IllegalStateException("a renewal was answered with " + answer.status() + ": " + answer.text());
                }
            }
        }
        return (System.nanoTime() - began) / 1e9;
    }
}
