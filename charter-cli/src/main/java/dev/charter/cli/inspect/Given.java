package dev.charter.cli.inspect;

import dev.charter.format.Armor;
import dev.charter.format.DocumentRejected;
import dev.charter.format.LicenseKey;
import dev.charter.format.SignedDocument;
import dev.charter.format.TrustAnchor;
import java.nio.charset.StandardCharsets;

/// What a person handed in, recognised by its content alone.
sealed interface Given {
    /// A signed document, as JSON or in text form.
    record Document(SignedDocument document) implements Given {}

    /// A vendor's trust anchor.
    record Anchor(TrustAnchor anchor) implements Given {}

    /// A license key, whole. It is not shown again.
    record Key() implements Given {}

    /// Something that looks like a license key, with a mistake in it.
    record FaultyKey(String message) implements Given {}

    /// Nothing of Charter's, or too damaged to be read.
    record Nothing(String message) implements Given {}

    /// Longer texts are not taken for a key that was typed.
    int LONGEST_KEY = 60;

    static Given recognise(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        if (text.strip().length() <= LONGEST_KEY && looksLikeAKey(text)) {
            return switch (LicenseKey.read(text)) {
                case LicenseKey.Reading.Whole whole -> new Key();
                case LicenseKey.Reading.Faulty faulty -> new FaultyKey(faulty.message());
            };
        }
        try {
            return new Anchor(TrustAnchor.read(bytes));
        } catch (DocumentRejected noAnchor) {
            return text.contains("\"roots\"") && !text.contains("\"signatures\"") ? new Nothing(String.valueOf(noAnchor.getMessage())) : documentIn(text);
        }
    }

    private static Given documentIn(String text) {
        try {
            return new Document(Armor.read(text));
        } catch (DocumentRejected rejected) {
            // A letter with a key in it is still worth the hint.
            return LicenseKey.read(text) instanceof LicenseKey.Reading.Whole ? new Key() : new Nothing(String.valueOf(rejected.getMessage()));
        }
    }

    /// Letters and digits in about the number of a key, and nothing but what separates its groups.
    private static boolean looksLikeAKey(String text) {
        long characters = text.chars().filter(Character::isLetterOrDigit).count();
        return characters >= LicenseKey.LENGTH - 5 && characters <= LicenseKey.LENGTH + 5
                && text.chars().allMatch(c -> Character.isLetterOrDigit(c) || Character.isWhitespace(c) || Character.getType(c) == Character.DASH_PUNCTUATION || Character.isSpaceChar(c));
    }
}
