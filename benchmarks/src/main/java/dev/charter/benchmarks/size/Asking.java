package dev.charter.benchmarks.size;

import dev.charter.benchmarks.Requests;
import dev.charter.benchmarks.load.Connection;
import dev.charter.benchmarks.program.Running;
import dev.charter.benchmarks.seed.SoldLicenses;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// What is asked of one authority, made ready beforehand. Whatever its size, the same kind of question finds the same number of licenses.
///
/// @param token opens its admin API
record Asking(Running authority, String token, SoldLicenses licenses) {
    private static final int FOUND_BY_A_PREFIX = 100; // a reference's last two digits are open

    /// A kind of question.
    enum Kind {
        ACTIVATION("activation"), EXACT("search, exact"), PREFIX("search, prefix, first 50"), SUBSTRING("search, substring, first 50");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /// So many questions of that kind. Activations are of licenses from that number on, one host each.
    List<byte[]> questions(Kind kind, int from, int count) {
        return switch (kind) {
            case ACTIVATION -> {
                var known = licenses.keys();
                yield IntStream.range(from, from + count).parallel().mapToObj(i -> Connection.post("/v1/usage-requests", "application/jose+json", "",
                        Requests.of("host-" + i).activate(known.get(i).key(), 1).toBytes())).toList();
            }
            case EXACT -> searches(kind, from, count, number -> licenses.reference(number));
            case PREFIX -> searches(kind, from, count, number -> begin(number));
            case SUBSTRING -> searches(kind, from, count, number -> begin(number).substring(1));
        };
    }

    private String begin(int number) {
        var reference = licenses.reference(number / FOUND_BY_A_PREFIX * FOUND_BY_A_PREFIX);
        return reference.substring(0, reference.length() - 2);
    }

    private interface Term {
        String about(int license);
    }

    private List<byte[]> searches(Kind kind, int seed, int count, Term term) {
        var random = new SplittableRandom(seed);
        return IntStream.range(0, count).mapToObj(_ -> Connection.get("/admin/v1/licenses?match=" + kind.name().toLowerCase(Locale.ROOT) + "&limit=50&query=" + term.about(random.nextInt(licenses.count())),
                "Authorization: Bearer " + token + "\r\n")).toList();
    }

    /// How many licenses an answer to a search has.
    static int found(Kind kind) {
        return kind == Kind.EXACT ? 1 : 50;
    }
}
