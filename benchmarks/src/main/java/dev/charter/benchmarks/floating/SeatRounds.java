package dev.charter.benchmarks.floating;

import dev.charter.benchmarks.Line;
import dev.charter.benchmarks.Pairs;
import dev.charter.benchmarks.Unit;
import dev.charter.benchmarks.activations.Operation;
import dev.charter.benchmarks.load.Load;
import dev.charter.benchmarks.program.Resident;
import dev.charter.benchmarks.program.Running;
import dev.charter.format.SignedDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Round after round: the parts alone, and then products that each take a seat, renew it and give it back.
final class SeatRounds {
    private static final int CLIENTS = 64;
    private static final double AIM_PER_SECOND = 3_000;
    private static final double LONGEST_P99 = 20e6;

    private final Effort effort;
    private final Running server;
    private final Running bare;
    private final Path plainFile;
    private final BareSignatures signatures = new BareSignatures();
    private final List<Pairs.Pair> rates = new ArrayList<>();
    private final List<Pairs.Pair> processor = new ArrayList<>();
    private final List<Double> http = new ArrayList<>();
    private final List<Double> sql = new ArrayList<>();
    private final List<Double> signing = new ArrayList<>();
    private final List<Double> acquireP99 = new ArrayList<>();
    private final List<Double> renewP99 = new ArrayList<>();
    private final List<Double> releaseP99 = new ArrayList<>();
    private final List<Double> halfRates = new ArrayList<>();
    private final List<Double> halfRateP99 = new ArrayList<>();

    /// @param each products in one round
    /// @param warmUps rounds that do not count
    record Effort(int each, int warmUps, int rounds) {}

    /// @param bare an HTTP exchange that does nothing
    /// @param plainFile where the peer's database is made
    SeatRounds(Effort effort, Running server, Running bare, Path plainFile) {
        this.effort = effort;
        this.server = server;
        this.bare = bare;
        this.plainFile = plainFile;
    }

    /// A figure of a load, and the processor time that it took, in nanoseconds for each operation.
    private record Cost(double perSecond, double processor) {}

    List<Line> run() throws Exception {
        var probe = new Products("probe", 1);
        Load.run(1, 1, probe.posting(server.url(), Products.REQUESTS, probe.acquisitions()));
        int poolLength = 3 * probe.answerLength() / 4; // a lease carries its pool's usage license along, in Base64
        try (var plain = BareSeats.on(plainFile, Integer.MAX_VALUE, poolLength, probe.answerLength())) {
            for (int round = 0; round < effort.warmUps() + effort.rounds(); round++) {
                round(round, round >= effort.warmUps(), probe.answerLength(), plain);
            }
        }
        return lines();
    }

    private void round(int round, boolean counts, int answerLength, BareSeats plain) throws Exception {
        var products = new Products("round-" + round, effort.each());
        var acquisitions = products.acquisitions();
        var ownProcess = ProcessHandle.current();
        var exchange = cost(bare.process().toHandle(), Load.posting(bare.url(), Products.posted("/nothing?bytes=" + answerLength, acquisitions)));
        var crypto = cost(ownProcess, signatures.answering(acquisitions));
        int from = round * effort.each();
        var taking = cost(ownProcess, running(plain, plain.acquisitions(from, effort.each())));
        var renewing = cost(ownProcess, running(plain, plain.renewals(from, effort.each())));
        var giving = cost(ownProcess, running(plain, plain.releases(from, effort.each())));

        var acquired = Load.run(CLIENTS, effort.each(), products.posting(server.url(), Products.REQUESTS, acquisitions));
        var renewals = products.nextRenewals();
        var before = Resident.processorTime(server.process().toHandle());
        var renewed = Load.run(CLIENTS, effort.each(), products.posting(server.url(), Products.REQUESTS, renewals));
        double renewalProcessor = perOperation(Resident.processorTime(server.process().toHandle()).minus(before).toNanos());
        List<SignedDocument> releases = products.releases();
        var released = Load.run(CLIENTS, effort.each(), products.posting(server.url(), Products.RELEASES, releases));
        double rate = 3 * effort.each() / (acquired.seconds() + renewed.seconds() + released.seconds());
        double calm = slowestAt(rate / 2, new Products("calm-" + round, effort.each()));
        if (counts) {
            halfRates.add(rate / 2);
            halfRateP99.add(calm);
            double plainRate = 3 / (1 / taking.perSecond() + 1 / renewing.perSecond() + 1 / giving.perSecond());
            double allowed = 1 / (1 / exchange.perSecond() + 1 / crypto.perSecond() + 1 / plainRate);
            rates.add(new Pairs.Pair(rate, allowed));
            processor.add(new Pairs.Pair(renewalProcessor, exchange.processor() + crypto.processor() + renewing.processor()));
            http.add(exchange.perSecond());
            sql.add(plainRate);
            signing.add(crypto.perSecond());
            acquireP99.add(acquired.quantile(0.99));
            renewP99.add(renewed.quantile(0.99));
            releaseP99.add(released.quantile(0.99));
        }
    }

    /// The worst of what the slowest hundredth took of each kind of request, at that rate.
    private double slowestAt(double perSecond, Products products) throws Exception {
        double slowest = Load.atRate(perSecond, CLIENTS, effort.each(), products.posting(server.url(), Products.REQUESTS, products.acquisitions())).quantile(0.99);
        slowest = Math.max(slowest, Load.atRate(perSecond, CLIENTS, effort.each(), products.posting(server.url(), Products.REQUESTS, products.nextRenewals())).quantile(0.99));
        return Math.max(slowest, Load.atRate(perSecond, CLIENTS, effort.each(), products.posting(server.url(), Products.RELEASES, products.releases())).quantile(0.99));
    }

    private static Load.Clients running(BareSeats plain, List<Operation> operations) {
        return plain.database().running(operations);
    }

    private Cost cost(ProcessHandle process, Load.Clients clients) throws Exception {
        var before = Resident.processorTime(process);
        double rate = Load.run(CLIENTS, effort.each(), clients).perSecond();
        return new Cost(rate, perOperation(Resident.processorTime(process).minus(before).toNanos()));
    }

    private double perOperation(long nanoseconds) {
        return Math.max(nanoseconds, 1) / (double) effort.each();
    }

    private List<Line> lines() {
        var pairs = new Pairs(rates);
        var parts = String.format(Locale.ROOT, "allowed by HTTP %,.0f, SQL %,.0f, signatures %,.0f", middle(http), middle(sql), middle(signing));
        double slowest = Math.max(middle(acquireP99), Math.max(middle(renewP99), middle(releaseP99)));
        return List.of(Line.atLeast(0.5, "seats, classical, SQLite, acquire + renew + release", Unit.PER_SECOND, pairs, parts),
                Line.note("seats, aim", pairs.subject() >= AIM_PER_SECOND ? "reached" : "not reached here", Unit.PER_SECOND.written(AIM_PER_SECOND)),
                Line.below(LONGEST_P99, "seats, p99 of the slowest, 64 connections without a pause", Unit.NANOSECONDS, slowest),
                Line.below(LONGEST_P99, "seats, p99 of the slowest, 64 connections at " + Unit.PER_SECOND.written(middle(halfRates)), Unit.NANOSECONDS, middle(halfRateP99)),
                Line.note("seats, p99", "acquire " + Unit.NANOSECONDS.written(middle(acquireP99)), "renew " + Unit.NANOSECONDS.written(middle(renewP99)) + ", release " + Unit.NANOSECONDS.written(middle(releaseP99))),
                Line.atMost(1.5, "renewal, processor time", Unit.NANOSECONDS, new Pairs(processor), "of HTTP, SQL and signatures"));
    }

    private static double middle(List<Double> figures) {
        return Pairs.quantile(0.5, figures.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
