package dev.charter.benchmarks.activations;

import dev.charter.benchmarks.Line;
import dev.charter.benchmarks.Unit;
import dev.charter.benchmarks.activations.ActivationLines.Side;
import dev.charter.benchmarks.load.Connection;
import dev.charter.benchmarks.load.Load;
import dev.charter.benchmarks.program.Running;
import dev.charter.benchmarks.seed.SoldLicenses;
import dev.charter.format.SignedDocument;
import dev.charter.signing.Strength;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Round after round, everything once: the parts alone, then each kind of request at each authority.
final class Rounds {
    private static final int CLIENTS = 32;
    private static final double TARGET = 0.5;
    private static final double LONGEST_P99 = 50e6;
    private static final String REQUESTS = "/v1/usage-requests";

    private final Effort effort;
    private final List<Side> sides;
    private final Running bare;
    private final Hosts hosts;
    private final Map<String, PlainHosts> plainHosts = new LinkedHashMap<>();
    private final Map<Strength, Integer> answerLengths = new EnumMap<>(Strength.class);
    private final Map<Strength, BareCryptography> cryptography = new EnumMap<>(Strength.class);
    private final Map<String, Rates> rates = new LinkedHashMap<>();

    /// @param each requests of one kind in one round
    /// @param warmUps rounds that do not count
    record Effort(int each, int warmUps, int rounds) {
        /// Every round has hosts of its own for new activations. Those of the very first round ask again in all the others. One more tells how long an answer is.
        int hosts() {
            return each * (warmUps + rounds) + 1;
        }
    }

    Rounds(Effort effort, SoldLicenses licenses, List<Side> sides, Running bare) throws IOException, SQLException {
        this.effort = effort;
        this.sides = sides;
        this.bare = bare;
        hosts = new Hosts(licenses);
        var probe = hosts.activations(effort.hosts() - 1, 1).getFirst();
        for (var strength : Strength.values()) {
            cryptography.put(strength, new BareCryptography(strength));
            for (var side : sides) {
                answerLengths.put(strength, answerLength(side.of(strength), probe));
            }
        }
        for (var side : sides) {
            plainHosts.put(side.engine(), new PlainHosts(licenses, side.plain().locators(), of(cryptography, Strength.CLASSICAL).keptLength()));
        }
    }

    private static int answerLength(Running authority, SignedDocument request) throws IOException {
        try (var connection = new Connection(authority.url())) {
            var answer = connection.exchange(Hosts.posted(REQUESTS, List.of(request)).getFirst());
            if (answer.status() != 200) {
                throw new IllegalStateException("an activation was answered with " + answer.status() + ": " + answer.text());
            }
            return answer.body().length;
        }
    }

    void run() throws Exception {
        for (int round = 0; round < effort.warmUps() + effort.rounds(); round++) {
            run(round, round >= effort.warmUps());
        }
    }

    private void run(int round, boolean counts) throws Exception {
        var requests = new EnumMap<Kind, List<SignedDocument>>(Kind.class);
        requests.put(Kind.ACTIVATION, hosts.activations(round * effort.each(), effort.each()));
        requests.put(Kind.HEARTBEAT, hosts.refreshes(0, effort.each(), round + 1L));
        requests.put(Kind.REACTIVATION, hosts.reactivations(0, effort.each(), round + 2L));
        var http = new EnumMap<Strength, Double>(Strength.class);
        var signatures = new EnumMap<Strength, Double>(Strength.class);
        for (var strength : Strength.values()) {
            var documents = of(requests, Kind.REACTIVATION);
            var posted = Hosts.posted("/nothing?bytes=" + of(answerLengths, strength), documents);
            http.put(strength, Load.run(CLIENTS, effort.each(), Load.posting(bare.url(), posted)).perSecond());
            signatures.put(strength, Load.run(CLIENTS, effort.each(), of(cryptography, strength).answering(documents)).perSecond());
        }
        for (var side : sides) {
            for (var kind : Kind.values()) {
                double sql = Load.run(CLIENTS, effort.each(), side.plain().running(Objects.requireNonNull(plainHosts.get(side.engine())).operations(kind, round, effort.each()))).perSecond();
                var posted = Hosts.posted(REQUESTS, of(requests, kind));
                for (var strength : round % 2 == 0 ? List.of(Strength.CLASSICAL, Strength.HYBRID) : List.of(Strength.HYBRID, Strength.CLASSICAL)) {
                    int most = 2 * posted.size() / 3;
                    var outcome = Load.run(CLIENTS, most, Load.posting(side.of(strength).url(), posted.subList(0, most)));
                    var rest = posted.subList(most, posted.size());
                    var calm = Load.atRate(outcome.perSecond() / 2, CLIENTS, rest.size(), Load.posting(side.of(strength).url(), rest));
                    if (counts) {
                        rates(kind, side, strength).add(outcome, calm, of(http, strength), sql, of(signatures, strength));
                    }
                }
            }
        }
    }

    List<Line> lines() {
        var lines = new ArrayList<Line>();
        for (var strength : Strength.values()) {
            for (var side : sides) {
                double slowest = 0;
                double slowestCalm = 0;
                for (var kind : Kind.values()) {
                    lines.add(rates(kind, side, strength).line(TARGET));
                    slowest = Math.max(slowest, rates(kind, side, strength).p99());
                    slowestCalm = Math.max(slowestCalm, rates(kind, side, strength).calmP99());
                }
                if (side.engine().equals("SQLite")) {
                    lines.add(Line.below(LONGEST_P99, words(strength) + ", SQLite, p99 of the slowest, without a pause", Unit.NANOSECONDS, slowest));
                    lines.add(Line.below(LONGEST_P99, words(strength) + ", SQLite, p99 of the slowest, at half the rate", Unit.NANOSECONDS, slowestCalm));
                }
            }
        }
        return lines;
    }

    private Rates rates(Kind kind, Side side, Strength strength) {
        return rates.computeIfAbsent(words(strength) + ", " + side.engine() + ", " + kind.words(), Rates::new);
    }

    private static String words(Strength strength) {
        return strength.name().toLowerCase(Locale.ROOT);
    }

    private static <K extends Enum<K>, V> V of(Map<K, V> map, K key) {
        var value = map.get(key);
        if (value == null) {
            throw new IllegalArgumentException("nothing was prepared for " + key);
        }
        return value;
    }
}
