package dev.charter.authority.mailbox;

import dev.charter.format.Armor;
import dev.charter.format.Digest;
import dev.charter.format.DocumentKind;
import dev.charter.format.DocumentRejected;
import dev.charter.format.SignedDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds usage requests and releases in what people write around them: quoted, wrapped, flowed into one line, several in one mail, as text or as codes. Each is found once, however often
/// it is quoted. The time this takes grows with the length of the texts and no faster.
final class FindLetters {
    /// No more letters of one mail are answered.
    static final int MOST = 20;
    /// The largest document in text form has 90 kB.
    private static final int LONGEST = 128 * 1024;
    /// So much text that then cannot be read is tried, and no more; a short one counts as much as a long one's smallest part.
    private static final int LONGEST_IN_VAIN = 256 * 1024;
    private static final int SHORTEST_IN_VAIN = 8 * 1024;
    private static final int MOST_OTHERS = 3;
    private static final int MOST_CODES = 2 * MOST;
    private static final int SHORTEST_LINE_OF_A_DOCUMENT = 30;
    private static final int LONGEST_LINE_START = 500;
    private static final String NAME = "CHARTER";
    private static final Pattern CODE = Pattern.compile("(?i:" + NAME + ")[^A-Za-z0-9]{1,8}(\\d{1,2})[^A-Za-z0-9]{1,8}(\\d{1,2})[^A-Za-z0-9]{1,8}([A-Za-z0-9]{8})[^A-Za-z0-9]{1,8}");
    /// Of a code that cannot be read, as much tells it from another one.
    private static final int TELLING = 64;

    private final Map<Digest, SignedDocument> letters = new LinkedHashMap<>();
    private final List<String> others = new ArrayList<>();
    private final List<Damaged> damaged = new ArrayList<>();
    private final List<String> good = new ArrayList<>();
    private int inVain;

    private FindLetters() {}

    /// What was found in a mail.
    ///
    /// @param letters usage requests and releases, in the order in which they stand there
    /// @param damaged texts that are meant to be letters and cannot be read
    /// @param others documents of other kinds, such as a quoted usage license
    record Found(List<SignedDocument> letters, List<String> damaged, List<String> others) {
        Found {
            letters = List.copyOf(letters);
            damaged = List.copyOf(damaged);
            others = List.copyOf(others);
        }
    }

    /// @param start by which a copy of it is known that can be read
    private record Damaged(String document, String start) {}

    /// @param texts as [ReceivedMail] gives them: those in one list are the same text in several forms
    static Found in(List<List<String>> texts) {
        var found = new FindLetters();
        for (var forms : texts) {
            found.inOneOf(forms);
        }
        found.damaged.removeIf(text -> found.good.stream().anyMatch(whole -> whole.startsWith(text.start())));
        return new Found(found.letters.values().stream().limit(MOST).toList(), found.damaged.stream().map(Damaged::document).toList(), found.others);
    }

    /// Of several forms the first counts in which a letter can be read; where it can be read in none, the first in which something is meant to be one.
    private void inOneOf(List<String> forms) {
        List<Damaged> meant = List.of();
        for (var form : forms) {
            int before = letters.size();
            var damagedHere = in(clean(form));
            if (letters.size() > before) {
                damaged.addAll(damagedHere);
                return;
            }
            meant = meant.isEmpty() ? damagedHere : meant;
        }
        damaged.addAll(meant);
    }

    /// @return what is meant to be a letter there and cannot be read
    private List<Damaged> in(String text) {
        var notRead = new ArrayList<Damaged>();
        boolean blocks = false;
        boolean codes = false;
        var parts = new LinkedHashMap<String, StringBuilder>();
        for (int at = next(text, 0); at >= 0 && letters.size() < MOST; at = next(text, at + 1)) {
            if (follows(text, at, "BEGIN")) {
                blocks = true;
                block(text, at, notRead);
            } else if (!follows(text, at, "END")) {
                codes |= code(text, at, parts);
            }
        }
        parts.values().forEach(document -> read(document.toString(), start(document.toString()), notRead));
        if (!blocks && !codes && mayBeOne(text)) {
            whole(text);
        }
        return notRead;
    }

    /// What stands between a BEGIN and its END line, or up to the next BEGIN line, or to the end of the text where there is neither.
    private void block(String text, int name, List<Damaged> notRead) {
        var kind = kind(text, name + NAME.length());
        int from = kind.isPresent() ? afterWords(text, name + NAME.length(), kind.get()) : name + NAME.length();
        int to = Math.min(text.length(), from + LONGEST);
        boolean ends = false;
        for (int at = next(text, from); at >= 0 && at < to; at = next(text, at + 1)) {
            ends = follows(text, at, "END");
            if (ends || follows(text, at, "BEGIN")) {
                to = beforeWord(text, at);
                break;
            }
        }
        var body = text.substring(from, to);
        var label = kind.map(DocumentKind::label).orElse(NAME + " DOCUMENT");
        var document = "-----BEGIN " + label + "-----\n" + withoutDashes(body) + (ends ? "\n-----END " + label + "-----\n" : "\n");
        if (kind.filter(known -> known != DocumentKind.USAGE_REQUEST && known != DocumentKind.RELEASE).isPresent()) {
            other(document);
        } else {
            // Words about BEGIN lines are no letter, and what names no kind that there is may be one all the same.
            read(document, start(withoutDashes(body)), kind.isPresent() && mayBeOne(body) ? notRead : new ArrayList<>());
        }
    }

    /// Notes a part of a document in codes, with the start of the line it stands in, which tells how wide the lines are that mail has broken.
    private static boolean code(String text, int at, Map<String, StringBuilder> parts) {
        var start = CODE.matcher(text).region(at, Math.min(text.length(), at + 2 * TELLING));
        if (!start.lookingAt()) {
            return false;
        }
        var before = text.substring(Math.max(0, at - LONGEST_LINE_START), at);
        int lineStart = before.lastIndexOf('\n') + 1;
        boolean alone = next(before, lineStart) < 0; // no other code in the same line
        int from = alone ? at - before.length() + lineStart : at;
        int next = next(text, start.end());
        int to = Math.min(next < 0 ? text.length() : next, start.end() + LONGEST / 16);
        var document = start.group(3).toUpperCase(Locale.ROOT) + "/" + start.group(2);
        if (parts.size() >= MOST_CODES && !parts.containsKey(document)) {
            return true;
        }
        parts.computeIfAbsent(document, _ -> new StringBuilder()).append(text, from, to).append('\n');
        return true;
    }

    private void read(String document, String start, List<Damaged> notRead) {
        if (inVain > LONGEST_IN_VAIN) {
            return;
        }
        try {
            take(Armor.read(document), document);
            good.add(start);
        } catch (DocumentRejected unreadable) {
            inVain += Math.max(document.length(), SHORTEST_IN_VAIN);
            notRead.add(new Damaged(document, start));
        }
    }

    /// A text without a BEGIN line and without a code may still hold a document, or be one. Where it holds none, it is what people write.
    private void whole(String text) {
        var start = text.substring(0, Math.min(text.length(), LONGEST));
        if (inVain > LONGEST_IN_VAIN) {
            return;
        }
        try {
            take(Armor.read(start), start);
        } catch (DocumentRejected noDocument) {
            inVain += start.length();
        }
    }

    private void take(SignedDocument document, String text) {
        switch (document.claimedKind()) {
            case USAGE_REQUEST, RELEASE -> letters.putIfAbsent(document.digest(), document);
            default -> other(text);
        }
    }

    private void other(String text) {
        if (others.size() < MOST_OTHERS) {
            others.add(text);
        }
    }

    private static boolean mayBeOne(String text) {
        if (text.stripLeading().startsWith("{\"")) {
            return true;
        }
        int length = 0;
        for (int i = 0; i < Math.min(text.length(), LONGEST); i++) {
            char character = text.charAt(i);
            boolean base64 = character < 128 && Character.isLetterOrDigit(character) || character == '+' || character == '/' || character == '=';
            length = base64 ? length + 1 : 0;
            if (length == SHORTEST_LINE_OF_A_DOCUMENT) {
                return true;
            }
        }
        return false;
    }

    private static String start(String body) {
        var line = body.replace("\n", "").replace(" ", "");
        return line.substring(0, Math.min(line.length(), TELLING));
    }

    /// Where the name stands next, in either case.
    private static int next(String text, int from) {
        for (int i = Math.max(from, 0); i <= text.length() - NAME.length(); i++) {
            char first = text.charAt(i);
            if ((first == 'C' || first == 'c') && text.regionMatches(true, i, NAME, 0, NAME.length())) {
                return i;
            }
        }
        return -1;
    }

    /// Whether the name follows that word, in the same line or, where mail has wrapped it, in the next.
    private static boolean follows(String text, int name, String word) {
        int end = beforeSpaces(text, name);
        return end < name && end >= word.length() && text.startsWith(word, end - word.length());
    }

    /// Where the BEGIN or END stands that the name follows.
    private static int beforeWord(String text, int name) {
        int end = beforeSpaces(text, name);
        return end - (text.startsWith("END", end - 3) ? 3 : 5);
    }

    private static int beforeSpaces(String text, int at) {
        int end = at;
        while (end > 0 && at - end < 8 && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private static Optional<DocumentKind> kind(String text, int from) {
        for (var kind : DocumentKind.values()) {
            if (afterWords(text, from, kind) > from) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /// Where the words of a kind end, wherever they were wrapped; where they begin, if other words stand there.
    private static int afterWords(String text, int from, DocumentKind kind) {
        int at = from;
        for (var word : kind.name().split("_", -1)) {
            int blanks = at;
            while (at < text.length() && at - blanks < 8 && isBlank(text.charAt(at))) {
                at++;
            }
            if (at == blanks || !text.startsWith(word, at)) {
                return from;
            }
            at += word.length();
        }
        return at;
    }

    private static String withoutDashes(String body) {
        int from = 0;
        int to = body.length();
        while (from < to && (isDash(body.charAt(from)) || isBlank(body.charAt(from)))) {
            from++;
        }
        while (to > from && (isDash(body.charAt(to - 1)) || isBlank(body.charAt(to - 1)))) {
            to--;
        }
        return body.substring(from, to);
    }

    private static boolean isDash(char character) {
        return character == '-' || character >= '\u2010' && character <= '\u2015' || character == '\u2212';
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\n';
    }

    /// The lines without quoting and without what nobody sees, as [Armor#read] takes them too.
    private static String clean(String text) {
        var clean = new StringBuilder(text.length());
        boolean lineStart = true;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '&') {
                if (text.startsWith("&gt;", i)) {
                    character = '>';
                    i += 3;
                } else if (text.startsWith("&nbsp;", i)) {
                    character = ' ';
                    i += 5;
                }
            }
            if (isLineBreak(character)) {
                if (character == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                    i++;
                }
                lineBreak(clean);
                lineStart = true;
            } else if (!isUnseen(character)) {
                boolean space = character == '\t' || Character.getType(character) == Character.SPACE_SEPARATOR;
                if (!lineStart || !space && character != '>' && character != '|') {
                    clean.append(space ? ' ' : character);
                    lineStart = false;
                }
            }
        }
        return clean.toString();
    }

    private static void lineBreak(StringBuilder clean) {
        int length = clean.length();
        while (length > 0 && clean.charAt(length - 1) == ' ') {
            length--;
        }
        clean.setLength(length);
        clean.append('\n');
    }

    private static boolean isLineBreak(char character) {
        return character >= '\n' && character <= '\r' || character == '\u0085' || character == '\u2028' || character == '\u2029';
    }

    private static boolean isUnseen(char character) {
        return character == '\u00ad' || character >= '\u200b' && character <= '\u200d' || character == '\u2060' || character == '\ufeff';
    }
}
