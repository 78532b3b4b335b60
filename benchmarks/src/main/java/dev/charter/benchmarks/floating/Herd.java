package dev.charter.benchmarks.floating;

import dev.charter.benchmarks.Line;
import dev.charter.benchmarks.Unit;
import dev.charter.benchmarks.load.Crowd;
import dev.charter.benchmarks.load.Load;
import dev.charter.benchmarks.program.FloatingPrograms;
import dev.charter.benchmarks.program.Running;
import java.util.List;
import java.util.Locale;

/// Products that all come back within a second after the server was started again, each by a connection of its own: a product's tries are spread by chance.
final class Herd {
    private static final int CLIENTS = 64;
    private static final double LONGEST_NANOSECONDS = 10e9;
    private static final int SPREAD_MILLIS = 1_000;

    private Herd() {}

    static List<Line> lines(int count, FloatingPrograms programs, FloatingFolder folder) throws Exception {
        var products = new Products("herd", count);
        try (var running = Running.start(programs.server().command(), folder.settings())) {
            Load.run(CLIENTS, count, products.posting(running.url(), Products.REQUESTS, products.acquisitions()));
        }
        var renewals = Products.posted(Products.REQUESTS, products.nextRenewals());
        try (var running = Running.start(programs.server().command(), folder.settings())) {
            var outcome = Crowd.comes(running.url(), renewals, SPREAD_MILLIS);
            return List.of(Line.below(LONGEST_NANOSECONDS, String.format(Locale.ROOT, "%,d products come back within a second, all have renewed", count), Unit.NANOSECONDS, outcome.nanoseconds()),
                    Line.note("of them told to come later", Integer.toString(outcome.later()), "with Retry-After; no other error"));
        }
    }
}
