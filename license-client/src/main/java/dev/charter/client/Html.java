package dev.charter.client;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What people would see of a page or a mail in HTML, as far as a document in it needs it. Takes time in proportion to the text, whatever the text is.
final class Html {
    private static final int LONGEST_TAG = 4000;
    private static final Set<String> LINES = Set.of("br", "p", "div", "tr", "td", "th", "li", "pre", "blockquote", "table", "h1", "h2", "h3", "h4", "h5", "h6");
    private static final Set<String> UNSEEN = Set.of("style", "script", "head", "title");

    private final String html;
    private final StringBuilder seen;
    /// By closing tag: up to where there is none.
    private final Map<String, Integer> searched = new HashMap<>();
    private int at;

    private Html(String html) {
        this.html = html;
        this.seen = new StringBuilder(html.length());
    }

    static String text(String html) {
        return new Html(html).read().replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ").replace("&#43;", "+").replace("&#47;", "/").replace("&#61;", "=").replace("&amp;", "&");
    }

    private String read() {
        while (at < html.length()) {
            int end = html.charAt(at) == '<' ? endOfTag() : -1;
            if (end < 0) {
                seen.append(html.charAt(at));
                at++;
            } else {
                pass(name(html.substring(at + 1, end)), end + 1);
            }
        }
        return seen.toString();
    }

    /// Where the tag ends that begins here; below zero: it is none.
    private int endOfTag() {
        int furthest = Math.min(html.length(), at + LONGEST_TAG);
        boolean tag = at + 1 < html.length() && (Character.isLetter(html.charAt(at + 1)) || html.charAt(at + 1) == '/' || html.charAt(at + 1) == '!');
        for (int i = at + 1; tag && i < furthest && html.charAt(i) != '<'; i++) {
            if (html.charAt(i) == '>') {
                return i;
            }
        }
        return -1;
    }

    private static String name(String tag) {
        int begin = tag.startsWith("/") ? 1 : 0;
        int end = begin;
        while (end < tag.length() && Character.isLetterOrDigit(tag.charAt(end))) {
            end++;
        }
        return tag.substring(0, end).toLowerCase(Locale.ROOT);
    }

    /// What is not shown is passed over with its end, where it has one; else only the tag is.
    private void pass(String name, int after) {
        at = after;
        if (LINES.contains(name.startsWith("/") ? name.substring(1) : name)) {
            seen.append('\n');
        }
        if (UNSEEN.contains(name)) {
            int end = closing("</" + name, after);
            at = end < 0 ? after : end;
        }
    }

    /// A head, style or script that is longer than any of a letter is read as text. What was searched once is not searched again.
    private int closing(String tag, int from) {
        int furthest = Math.min(html.length(), from + 10 * LONGEST_TAG);
        for (int i = Math.max(from, searched.getOrDefault(tag, 0)); i < furthest; i++) {
            if (html.regionMatches(true, i, tag, 0, tag.length())) {
                return i;
            }
        }
        searched.put(tag, furthest);
        return -1;
    }
}
