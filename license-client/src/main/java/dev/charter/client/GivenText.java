package dev.charter.client;

import dev.charter.format.Armor;
import dev.charter.format.Codes;
import dev.charter.format.DocumentRejected;
import dev.charter.format.LicenseKey;
import dev.charter.format.SignedDocument;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a person pasted, scanned or dropped, read for the document in it: text form, codes or JSON, as plain text or within HTML, in UTF-8 or UTF-16,
/// alone or in a whole thread of mails, as it is shown or as it is saved to a file. Nothing here is believed.
sealed interface GivenText {
    /// The longest text that is looked at, in characters.
    int MOST = 1024 * 1024;

    /// What was found, in the order in which it stands there: a thread of mails quotes what it answers.
    record Documents(List<SignedDocument> found) implements GivenText {
        public Documents {
            found = List.copyOf(found);
        }
    }

    /// No document; the message says what to do.
    record NoDocument(LetterLook look) implements GivenText {}

    static String decode(byte[] file) {
        return new String(file, charset(file));
    }

    static GivenText read(String text) {
        if (text.length() > MOST) {
            return tooLarge();
        }
        if (text.isBlank()) {
            return no(LetterLook.Kind.NOTHING, "There is no text here. Paste the whole usage license, from the BEGIN line to the END line.");
        }
        var found = new LinkedHashSet<SignedDocument>();
        var wrong = Reading.documents(text, found);
        MailSource.parts(text).forEach(part -> Reading.documents(part, found));
        return found.isEmpty() ? wrong.orElseThrow() : new Documents(List.copyOf(found));
    }

    private static Charset charset(byte[] file) {
        int zerosAtEven = 0;
        int zerosAtOdd = 0;
        int seen = Math.min(file.length, 512);
        for (int i = 0; i < seen; i++) {
            if (file[i] == 0 && i % 2 == 0) {
                zerosAtEven++;
            } else if (file[i] == 0) {
                zerosAtOdd++;
            }
        }
        // Latin text has a zero in every pair of bytes; text in UTF-8 has none at all.
        if (zerosAtEven + zerosAtOdd < seen / 4) {
            return StandardCharsets.UTF_8;
        }
        return zerosAtOdd > zerosAtEven ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
    }

    private static NoDocument tooLarge() {
        return no(LetterLook.Kind.UNREADABLE, "This is larger than 1 MiB, and so no letter of this product. Give the file or the text that the vendor sent.");
    }

    private static NoDocument no(LetterLook.Kind kind, String message) {
        return new NoDocument(LetterLook.at(kind, false, message));
    }

    /// How it is done. What a piece is that cannot be read counts only where nothing can be.
    final class Reading {
        private static final String BEGIN = "BEGIN CHARTER ";
        private static final int MOST_DOCUMENTS = 16;

        private Reading() {}

        /// Adds what is there, in plain text or else within HTML; returns what is wrong where nothing is.
        static Optional<NoDocument> documents(String text, Set<SignedDocument> found) {
            var plain = plain(text, found);
            return plain.isPresent() && text.contains("<") && plain(Html.text(text), found).isEmpty() ? Optional.empty() : plain;
        }

        private static Optional<NoDocument> plain(String text, Set<SignedDocument> found) {
            var here = new LinkedHashSet<SignedDocument>();
            var wrong = one(text, here);
            pieces(text).forEach(piece -> one(piece, here));
            found.addAll(here);
            return here.isEmpty() ? wrong : Optional.empty();
        }

        private static List<String> pieces(String text) {
            var starts = new ArrayList<Integer>();
            for (int at = text.indexOf(BEGIN); at >= 0 && starts.size() < MOST_DOCUMENTS; at = text.indexOf(BEGIN, at + 1)) {
                starts.add(text.lastIndexOf('\n', at) + 1);
            }
            var pieces = new ArrayList<String>();
            for (int i = 0; i < starts.size() && starts.size() > 1; i++) {
                pieces.add(text.substring(starts.get(i), i + 1 < starts.size() ? starts.get(i + 1) : text.length()));
            }
            return pieces;
        }

        /// Adds what is there; returns what is wrong where nothing is.
        private static Optional<NoDocument> one(String text, Set<SignedDocument> found) {
            try {
                var document = Armor.read(text);
                document.claimedKind();
                found.add(document);
                return Optional.empty();
            } catch (DocumentRejected rejected) {
                return Optional.of(why(text, String.valueOf(rejected.getMessage())));
            }
        }

        private static NoDocument why(String text, String message) {
            var parts = Codes.missing(text);
            if (parts.isPresent()) {
                return new NoDocument(new LetterLook(LetterLook.Kind.PARTS, false, message, parts.get().missing(), parts.get().parts()));
            }
            boolean document = text.contains("CHARTER") || text.strip().startsWith("{");
            if (!document && LicenseKey.read(text) instanceof LicenseKey.Reading.Whole) {
                return no(LetterLook.Kind.LICENSE_KEY, "This is a license key, not a usage license. Make a usage request with it, send that to the vendor, and install what comes back.");
            }
            return no(LetterLook.Kind.UNREADABLE, document ? message
                    : "There is no usage license in this. It is a text that begins with -----BEGIN CHARTER USAGE LICENSE----- and came as the answer to this host's usage request.");
        }
    }
}
