package dev.charter.format;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A document as texts for QR codes: compressed with zlib (RFC 1950), in base32 without padding (RFC 4648, section 6), in one text or in numbered parts, such as
/// `CHARTER/1/3/6JQ2ZK4D/PDNJ...`: part, parts, a check of the whole document, a piece of it. Only characters of QR's alphanumeric mode are used
/// (ISO/IEC 18004, 7.4.4), which a hand-held scanner can type. [Armor#read] reads them, in any order, in either case, whatever has become of the separators.
public final class Codes {
    /// What a QR code of version 25 at level M holds in alphanumeric mode (ISO/IEC 18004, table 7): a phone reads it at arm's length.
    public static final int ARMS_LENGTH = 1451;
    /// What the largest QR code, version 40, holds at level M.
    public static final int LARGEST = 3391;

    private static final String NAME = "CHARTER";
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS = 5;
    private static final int CHECK_LENGTH = 8;
    private static final int MOST_PARTS = 99;
    /// Room for the name, two numbers of two digits, the check and what stands between them.
    private static final int HEADER = NAME.length() + 2 + 2 + CHECK_LENGTH + 4;
    /// Separators are whatever is no letter and no digit: a keyboard of another country types another character. Everything is bounded, so that no text is slow.
    private static final String BETWEEN = "[^A-Za-z0-9]{1,8}";
    private static final Pattern START = Pattern.compile("(?i:" + NAME + ")" + BETWEEN + "(\\d{1,2})" + BETWEEN + "(\\d{1,2})" + BETWEEN + "([A-Za-z0-9]{" + CHECK_LENGTH + "})" + BETWEEN);
    /// Before the piece stand the header and perhaps a portal's address.
    private static final int FURTHEST_LINE_START = 500;
    private static final Pattern PIECE = Pattern.compile("[A-Za-z0-9 ]*");
    private static final Pattern LINE = Pattern.compile("[A-Za-z0-9]+");

    private Codes() {}

    /// The document's texts: one, where the largest code holds it; else as many as there must be for each to be read at arm's length.
    public static List<String> write(SignedDocument document) {
        return write(document, LARGEST);
    }

    /// The text of a request or a release, in a link to the vendor's portal, so that a phone that reads it opens the portal with it. What follows the `#` is
    /// never sent by a browser. A document in several parts gets no link, as no phone could join them.
    public static List<String> write(SignedDocument document, URI portal) {
        var link = portal.toString() + "#";
        var texts = write(document, LARGEST);
        return texts.size() == 1 ? List.of(link + texts.get(0)) : texts;
    }

    private static List<String> write(SignedDocument document, int longest) {
        var bytes = document.toBytes();
        var check = check(bytes);
        var body = base32(Compression.deflate(bytes));
        int one = longest - HEADER;
        int room = body.length() <= one ? one : ARMS_LENGTH - HEADER;
        int parts = (body.length() + room - 1) / room;
        int piece = (body.length() + parts - 1) / parts; // all alike, so that none is harder to read than the others
        return IntStream.range(0, parts).mapToObj(part -> NAME + "/" + (part + 1) + "/" + parts + "/" + check + "/"
                + body.substring(part * piece, Math.min(body.length(), (part + 1) * piece))).toList();
    }

    /// Parts of a document of which others are still to come.
    ///
    /// @param parts how many it has
    /// @param missing the numbers of those that were not found, ascending; at least one
    public record Missing(int parts, List<Integer> missing) {
        public Missing {
            missing = List.copyOf(missing);
        }
    }

    /// Which parts are missing in a text that holds some; empty where it holds none, a whole document's, or others that cannot be.
    public static Optional<Missing> missing(String text) {
        try {
            var documents = documents(List.of(text));
            return documents.values().stream().anyMatch(Parts::isWhole) ? Optional.empty()
                    : fullest(documents).map(parts -> new Missing(parts.parts(), parts.missing()));
        } catch (DocumentRejected impossible) {
            return Optional.empty();
        }
    }

    /// The bytes of the document whose codes stand in the text; none where there is no code at all. Throws [DocumentRejected] where codes are missing or damaged.
    static Optional<byte[]> read(List<String> lines) {
        var documents = documents(lines);
        return documents.isEmpty() ? Optional.empty() : Optional.of(whole(documents));
    }

    private static Map<String, Parts> documents(List<String> lines) {
        var text = String.join("\n", lines).replaceAll("%2[Ff]", "/");
        var documents = new LinkedHashMap<String, Parts>();
        var starts = START.matcher(text).results().toList();
        for (int i = 0; i < starts.size(); i++) {
            var start = starts.get(i);
            int part = Integer.parseInt(start.group(1));
            int parts = Integer.parseInt(start.group(2));
            if (part < 1 || part > parts || parts > MOST_PARTS) {
                throw malformed("A code says that it is part " + part + " of " + parts + ", which cannot be. Scan it again.");
            }
            int end = i + 1 < starts.size() ? starts.get(i + 1).start() : text.length();
            var check = likely(start.group(3));
            documents.computeIfAbsent(check + "/" + parts, other -> new Parts(check, parts, new TreeMap<>())).pieces().put(part, piece(text, start.end(), end));
        }
        return documents;
    }

    private static Optional<Parts> fullest(Map<String, Parts> documents) {
        return documents.values().stream().max(java.util.Comparator.comparingInt(parts -> parts.pieces().size()));
    }

    private static byte[] whole(Map<String, Parts> documents) {
        var whole = documents.values().stream().filter(Parts::isWhole).toList();
        if (whole.size() > 1) {
            throw malformed("These are the codes of " + whole.size() + " documents. Give those of one.");
        }
        if (whole.isEmpty()) {
            throw malformed(fullest(documents).orElseThrow().whatIsMissing());
        }
        return whole.get(0).read();
    }

    /// What was found of one document.
    ///
    /// @param pieces by the number of their part; of one that came twice the later one
    private record Parts(String check, int parts, TreeMap<Integer, Piece> pieces) {
        boolean isWhole() {
            return pieces.size() == parts;
        }

        List<Integer> missing() {
            return IntStream.rangeClosed(1, parts).filter(part -> !pieces.containsKey(part)).boxed().toList();
        }

        String whatIsMissing() {
            var missing = missing().stream().map(String::valueOf).collect(Collectors.toCollection(ArrayList::new));
            var last = missing.remove(missing.size() - 1);
            return (missing.isEmpty() ? "Part " + last + " of " + parts + " is missing. Scan it too" : "Parts " + String.join(", ", missing) + " and " + last + " of " + parts
                    + " are missing. Scan them too") + "; the order does not matter.";
        }

        /// As it stands, or else as a scanner set to an English keyboard types it on a German one; with the lines that follow, or else without.
        byte[] read() {
            var withLines = pieces.values().stream().map(Piece::withLines).collect(Collectors.joining());
            var alone = pieces.values().stream().map(Piece::alone).collect(Collectors.joining());
            return read(check, withLines).or(() -> read(check, alone)).or(() -> read(swapped(check), swapped(withLines))).or(() -> read(swapped(check), swapped(alone)))
                    .orElseThrow(() -> malformed("The code was damaged on the way: characters were changed or are missing. Scan it again; a scanner that types must be set to the"
                            + " keyboard of this computer."));
        }

        private static Optional<byte[]> read(String check, String body) {
            try {
                var bytes = Compression.inflate(Codes.bytes(body));
                return Codes.check(bytes).equals(check) ? Optional.of(bytes) : Optional.empty();
            } catch (DocumentRejected damaged) {
                return Optional.empty();
            }
        }
    }

    /// What follows a header.
    ///
    /// @param alone what stands in the same line
    /// @param withLines with the lines after it, where the line may have been broken by mail: they go on until one is shorter than the first
    private record Piece(String alone, String withLines) {}

    private static Piece piece(String text, int from, int to) {
        int furthest = Math.max(0, from - FURTHEST_LINE_START);
        int lineStart = furthest + text.substring(furthest, from).lastIndexOf('\n') + 1;
        var lines = text.substring(from, to).split("\n", -1);
        var matcher = PIECE.matcher(lines[0]);
        var alone = likely(matcher.lookingAt() ? matcher.group().replace(" ", "") : "");
        var withLines = new StringBuilder(alone);
        int width = from - lineStart + lines[0].length();
        for (int i = 1; i < lines.length && (i == 1 || lines[i - 1].length() >= width) && LINE.matcher(lines[i]).matches(); i++) {
            withLines.append(likely(lines[i]));
        }
        return new Piece(alone, withLines.toString());
    }

    /// In capitals, and with the letters that were meant where digits stand that base32 has not.
    private static String likely(String read) {
        return read.toUpperCase(Locale.ROOT).replace('0', 'O').replace('1', 'I').replace('8', 'B');
    }

    private static String swapped(String typed) {
        return typed.replace('Y', '\0').replace('Z', 'Y').replace('\0', 'Z');
    }

    private static String check(byte[] document) {
        return base32(Digest.of(document).value().toArray()).substring(0, CHECK_LENGTH);
    }

    private static String base32(byte[] bytes) {
        var text = new StringBuilder(bytes.length * 8 / BITS + 1);
        int waiting = 0;
        int bits = 0;
        for (byte each : bytes) {
            waiting = waiting << 8 | each & 0xff;
            for (bits += 8; bits >= BITS; bits -= BITS) {
                text.append(ALPHABET.charAt(waiting >> bits - BITS & 31));
            }
            waiting &= (1 << bits) - 1;
        }
        return bits == 0 ? text.toString() : text.append(ALPHABET.charAt(waiting << BITS - bits & 31)).toString();
    }

    /// What comes after the last whole byte is padding.
    private static byte[] bytes(String base32) {
        var bytes = new ByteArrayOutputStream(base32.length() * BITS / 8);
        int waiting = 0;
        int bits = 0;
        for (int i = 0; i < base32.length(); i++) {
            int value = ALPHABET.indexOf(base32.charAt(i));
            if (value < 0) {
                break; // a 9: no code has it
            }
            waiting = waiting << BITS | value;
            bits += BITS;
            if (bits >= 8) {
                bits -= 8;
                bytes.write(waiting >> bits);
                waiting &= (1 << bits) - 1;
            }
        }
        return bytes.toByteArray();
    }

    private static DocumentRejected malformed(String message) {
        return new DocumentRejected(Flaw.MALFORMED, message);
    }
}
