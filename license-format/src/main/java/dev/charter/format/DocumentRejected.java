package dev.charter.format;

import java.util.regex.Pattern;

/// A document must not be believed. The message says why, in words for whoever handed it in.
public final class DocumentRejected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int LONGEST_MESSAGE = 600;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");

    private final Flaw flaw;

    public DocumentRejected(Flaw flaw, String message) {
        super(oneLine(message));
        this.flaw = flaw;
    }

    /// A message may quote what a stranger sent, and goes to logs and terminals: it stays one line of bounded length, without control characters.
    private static String oneLine(String message) {
        var shown = message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "\u2026";
        return UNPRINTABLE.matcher(shown).replaceAll("?");
    }

    public Flaw flaw() {
        return flaw;
    }
}
