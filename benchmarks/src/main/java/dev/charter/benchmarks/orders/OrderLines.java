package dev.charter.benchmarks.orders;

import dev.charter.benchmarks.Folders;
import dev.charter.benchmarks.Line;
import dev.charter.benchmarks.Pairs;
import dev.charter.benchmarks.Unit;
import dev.charter.benchmarks.load.Connection;
import dev.charter.benchmarks.program.AuthorityFolder;
import dev.charter.benchmarks.program.Postgres;
import dev.charter.benchmarks.program.Programs;
import dev.charter.benchmarks.program.VendorFolder;
import dev.charter.signing.Strength;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// The lines about orders, on each engine: every event is that of another order that was paid, the worst that a hundred events in a second can be.
public final class OrderLines {
    private static final double LONGEST_WEBHOOK_NANOSECONDS = 50e6;
    private static final double LONGEST_LETTER_NANOSECONDS = 2e9;
    /// For one order: 10,000 in a minute.
    private static final double LONGEST_RECONCILIATION_NANOSECONDS = 60e9 / 10_000;
    private static final Duration STRIPE_TAKES = Duration.ofMillis(100);
    private static final long PATIENCE_NANOSECONDS = Duration.ofMinutes(10).toNanos();
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final int SECRET_LENGTH = 32;

    private OrderLines() {}

    /// @param each events of a round
    /// @param warmUp rounds before those that count
    /// @param lost orders whose events get lost
    private record Effort(int each, int warmUp, int rounds, int lost) {
        int told() {
            return (warmUp + rounds) * each;
        }
    }

    public static List<Line> measure(boolean quick, Programs programs) throws Exception {
        var effort = quick ? new Effort(300, 1, 2, 1_000) : new Effort(1_000, 1, 5, 10_000);
        var folder = Folders.temporary("orders");
        try (var postgres = Postgres.start()) {
            postgres.create("orders");
            var vendor = VendorFolder.make(folder.resolve("vendor"), Strength.CLASSICAL);
            var lines = new ArrayList<Line>();
            lines.addAll(lines("SQLite", effort, programs, authority(folder.resolve("sqlite"), vendor, Optional.empty())));
            lines.addAll(lines("PostgreSQL", effort, programs, authority(folder.resolve("postgres"), vendor, Optional.of(postgres.url("orders")))));
            return lines;
        } finally {
            Folders.delete(folder);
        }
    }

    private static AuthorityFolder authority(Path data, VendorFolder vendor, Optional<String> database) throws IOException {
        var secret = new byte[SECRET_LENGTH];
        new SecureRandom().nextBytes(secret);
        return AuthorityFolder.make(data, vendor, secret, database);
    }

    private static List<Line> lines(String engine, Effort effort, Programs programs, AuthorityFolder folder) throws Exception {
        try (var stripe = StripeStandIn.open(STRIPE_TAKES); var letters = LetterBox.open(); var shop = Shop.open(programs.authority(), folder, stripe, letters)) {
            shop.takesOrders(0, effort.told());
            var webhooks = new ArrayList<double[]>();
            var mailed = new ArrayList<double[]>();
            var processor = new ArrayList<Double>();
            for (int round = 0; round < effort.warmUp() + effort.rounds(); round++) {
                int first = round * effort.each();
                var cpu = shop.running().processorTime();
                var told = Webhooks.tell(shop.running().url(), stripe, first, effort.each());
                var until = new double[effort.each()];
                for (int i = 0; i < until.length; i++) {
                    until[i] = letters.arrived(first + i, System.nanoTime() + PATIENCE_NANOSECONDS) - told.planned()[i];
                }
                if (round >= effort.warmUp()) {
                    webhooks.add(told.nanoseconds());
                    mailed.add(until);
                    processor.add((double) shop.running().processorTime().minus(cpu).toNanos() / effort.each());
                }
            }
            var lines = new ArrayList<>(List.of(
                    atMost(LONGEST_WEBHOOK_NANOSECONDS, engine + ", webhooks answered, 100 events each second, p99", quantiles(0.99, webhooks)),
                    note(engine + ", webhooks answered", webhooks),
                    atMost(LONGEST_LETTER_NANOSECONDS, engine + ", from the payment's event to the mailed key, the slowest", quantiles(1, mailed)),
                    note(engine + ", from the payment's event to the mailed key", mailed),
                    Line.note(engine + ", processor time from an event to its letter", Unit.NANOSECONDS.written(Pairs.of(processor, processor).subject()), "of the authority")));
            lines.addAll(reconciled(engine, effort, shop, stripe, letters));
            return lines;
        }
    }

    /// Orders that are paid while nobody tells of it. Asking for the events is the last thing that a start leads to, so that the authority is started again.
    private static List<Line> reconciled(String engine, Effort effort, Shop shop, StripeStandIn stripe, LetterBox letters) throws Exception {
        shop.takesOrders(effort.told(), effort.lost());
        IntStream.range(0, effort.lost()).forEach(i -> stripe.paysUnheard(effort.told() + i));
        shop.restart();
        stripe.forgetsThatItWasAsked(); // by the program before; the new one asks half a minute after its start
        int before = stripe.questions();
        try (var connection = new Connection(shop.running().url())) {
            long end = System.nanoTime() + PATIENCE_NANOSECONDS;
            while (shop.hasAny(connection, "open") || shop.hasAny(connection, "paid")) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("the orders are not reconciled");
                }
                Thread.sleep(BETWEEN_LOOKS);
            }
        }
        long began = stripe.askedForEvents().orElseThrow();
        long fulfilled = System.nanoTime() - began;
        int asked = stripe.questions() - before;
        long last = 0;
        for (int i = 0; i < effort.lost(); i++) {
            last = Math.max(last, letters.arrived(effort.told() + i, System.nanoTime() + PATIENCE_NANOSECONDS));
        }
        return List.of(atMost(LONGEST_RECONCILIATION_NANOSECONDS * effort.lost(), String.format(Locale.ROOT, "%s, %,d orders whose events were lost, reconciled", engine, effort.lost()), List.of((double) fulfilled)),
                Line.note(engine + ", of these the last letter", Unit.NANOSECONDS.written(last - began), String.format(Locale.ROOT, "%,d questions to Stripe, of %d ms each", asked, STRIPE_TAKES.toMillis())));
    }

    private static Line atMost(double limit, String what, List<Double> figures) {
        return Line.atMost(1, what, Unit.NANOSECONDS, Pairs.of(figures, Collections.nCopies(figures.size(), limit)), "limit");
    }

    private static Line note(String what, List<double[]> rounds) {
        var all = rounds.stream().flatMapToDouble(Arrays::stream).toArray();
        return Line.note(what, "p50 " + Unit.NANOSECONDS.written(Pairs.quantile(0.5, all)),
                "p99 " + Unit.NANOSECONDS.written(Pairs.quantile(0.99, all)) + ", slowest " + Unit.NANOSECONDS.written(Pairs.quantile(1, all)));
    }

    private static List<Double> quantiles(double part, List<double[]> rounds) {
        return rounds.stream().map(round -> Pairs.quantile(part, round)).toList();
    }
}
