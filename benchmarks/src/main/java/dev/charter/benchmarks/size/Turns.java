package dev.charter.benchmarks.size;

import dev.charter.benchmarks.Line;
import dev.charter.benchmarks.Pairs;
import dev.charter.benchmarks.Unit;
import dev.charter.benchmarks.load.Connection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The same questions to the small authority and to the large one, a few at a time in turn, by one client: what each of them takes shows nothing but its own work.
final class Turns {
    private static final double TARGET = 1.3;

    private final String engine;
    private final Asking small;
    private final Asking large;
    private final int turns;
    private final int warmUps;
    private final int each;

    Turns(String engine, Asking small, Asking large, boolean quick) {
        this.engine = engine;
        this.small = small;
        this.large = large;
        this.turns = quick ? 10 : 30;
        this.warmUps = quick ? 5 : 15;
        this.each = 20;
    }

    List<Line> lines() throws IOException {
        var lines = new ArrayList<Line>();
        try (var toSmall = new Connection(small.authority().url()); var toLarge = new Connection(large.authority().url())) {
            for (var kind : Asking.Kind.values()) {
                var pairs = new ArrayList<Pairs.Pair>();
                for (int turn = -warmUps; turn < turns; turn++) {
                    int from = (turn + warmUps) * each;
                    var ofSmall = small.questions(kind, from, each);
                    var ofLarge = large.questions(kind, from, each);
                    double first = turn % 2 == 0 ? ask(toSmall, kind, ofSmall) : ask(toLarge, kind, ofLarge);
                    double second = turn % 2 == 0 ? ask(toLarge, kind, ofLarge) : ask(toSmall, kind, ofSmall);
                    if (turn >= 0) {
                        pairs.add(turn % 2 == 0 ? new Pairs.Pair(second, first) : new Pairs.Pair(first, second));
                    }
                }
                lines.add(Line.atMost(TARGET, String.format("%s, %s, %,d licenses", engine, kind.words(), large.licenses().count()), Unit.NANOSECONDS, new Pairs(pairs),
                        String.format("%,d licenses", small.licenses().count())));
            }
        }
        return lines;
    }

    /// Nanoseconds for each.
    private static double ask(Connection connection, Asking.Kind kind, List<byte[]> questions) throws IOException {
        var answers = new ArrayList<Connection.Answer>();
        long began = System.nanoTime();
        for (var question : questions) {
            answers.add(connection.exchange(question));
        }
        double took = (System.nanoTime() - began) / (double) questions.size();
        for (var answer : answers) {
            require(kind, answer);
        }
        return took;
    }

    private static void require(Asking.Kind kind, Connection.Answer answer) {
        if (answer.status() != 200 || kind != Asking.Kind.ACTIVATION && answer.text().split("\"reference\"", -1).length - 1 != Asking.found(kind)) {
            throw new IllegalStateException("the answer to a question (" + kind.words() + ") was " + answer.status() + ": " + answer.text());
        }
    }
}
