package dev.charter.authority.search;

import dev.charter.format.Bytes;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What somebody searches for.
///
/// @param folded the text in the form in which values are kept, in UTF-8
public record Term(Match match, Bytes folded) {
    /// Longer than any value that is kept.
    public static final int LONGEST = 300;

    /// Throws [IllegalArgumentException] when there is nothing to search for, or too much.
    public static Term of(Match match, String text) {
        if (text.isBlank() || text.length() > LONGEST) {
            throw new IllegalArgumentException("a search needs 1 to " + LONGEST + " characters");
        }
        return new Term(match, fold(text));
    }

    /// Where among the kept parts of these values this term finds their subject first; empty when it does not.
    public Optional<Bytes> firstIn(List<String> values) {
        return values.stream().flatMap(value -> (match == Match.SUBSTRING ? suffixes(value) : List.of(fold(value))).stream())
                .filter(this::agrees).min(Bytes::compareTo);
    }

    private boolean agrees(Bytes part) {
        return match == Match.EXACT ? part.equals(folded)
                : part.length() >= folded.length() && Arrays.equals(part.toArray(), 0, folded.length(), folded.toArray(), 0, folded.length());
    }

    /// What is after every value that begins with this term: 0xFF is in no UTF-8.
    byte[] end() {
        var end = Arrays.copyOf(folded.toArray(), folded.length() + 1);
        end[folded.length()] = (byte) 0xFF;
        return end;
    }

    /// Composed characters and no case, so that what looks the same is the same. By way of capitals, because a small letter may have several capitals (ß: SS).
    static Bytes fold(String text) {
        return utf8(folded(text));
    }

    /// The value and every shorter end of it, in the form in which they are kept.
    static List<Bytes> suffixes(String value) {
        var whole = folded(value);
        var suffixes = new ArrayList<Bytes>();
        for (int i = 0; i < whole.length(); i = whole.offsetByCodePoints(i, 1)) {
            suffixes.add(utf8(whole.substring(i)));
        }
        return suffixes;
    }

    private static String folded(String text) {
        return Normalizer.normalize(Normalizer.normalize(text.strip(), Normalizer.Form.NFC).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    private static Bytes utf8(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
