package dev.charter.authority.mail;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Makes HTML of words, in characters of ASCII only, so that no mail program breaks a line of it.
final class Html {
    private static final Pattern FACT = Pattern.compile(" {2}([A-Z][^:{}]*): +(.+)");
    private static final Pattern ALONE = Pattern.compile(" {2}\\{([a-z]+)}");
    private static final int SHORTEST_FILLED_LINE = 60;
    private static final String DOCUMENT = "{document}";

    private Html() {}

    /// A text as it is, whatever it holds.
    static String of(String text) {
        var html = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(character -> {
            switch (character) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> {
                    if (character < 127) {
                        html.appendCodePoint(character);
                    } else {
                        html.append("&#").append(character).append(';');
                    }
                }
            }
        });
        return html.toString();
    }

    /// What is said for a name in a page. What was bought is a table: each line `what: price`. A document keeps its lines, and so does all else.
    static String of(String name, String value) {
        return switch (name) {
            case "lines" -> value.lines().map(Html::bought).collect(Collectors.joining("", "<table class=\"bought\" role=\"presentation\">", "</table>"));
            case "document" -> of(value);
            default -> of(value).replace("\n", "<br>");
        };
    }

    private static String bought(String line) {
        int price = line.strip().lastIndexOf(": ");
        return price < 0 ? "<tr><td colspan=\"2\">" + of(line.strip()) + "</td></tr>"
                : "<tr><td>" + of(line.strip().substring(0, price)) + "</td><td class=\"amount\">" + of(line.strip().substring(price + 2)) + "</td></tr>";
    }

    /// What a text template says, as the middle of a page. Its paragraphs are set apart by empty lines; what is indented by two spaces stands out: `Name: value` in a table, and a name in
    /// braces alone as what the mail is about.
    static String ofTemplate(String text) {
        return Arrays.stream(text.strip().split("\n\\s*\n|\n(?=\\{document})|(?<=\\{document})\n", -1)).filter(paragraph -> !paragraph.isBlank()).map(paragraph -> paragraph(paragraph.lines().toList())).collect(Collectors.joining("\n"));
    }

    private static String paragraph(List<String> lines) {
        if (lines.size() == 1 && lines.getFirst().strip().equals(DOCUMENT)) {
            return "<pre>" + DOCUMENT + "</pre>";
        }
        if (lines.stream().allMatch(line -> FACT.matcher(line).matches())) {
            return lines.stream().map(Html::fact).collect(Collectors.joining("", "<table class=\"facts\" role=\"presentation\">", "</table>"));
        }
        var alone = ALONE.matcher(lines.getFirst());
        if (lines.size() == 1 && alone.matches()) {
            var name = alone.group(1);
            return switch (name) {
                case "lines" -> "{lines}";
                case "link" -> "<p class=\"link\"><a href=\"{link}\">{link}</a></p>";
                default -> "<p class=\"" + (name.equals("key") ? "key" : "said") + "\">{" + name + "}</p>";
            };
        }
        boolean indented = lines.stream().allMatch(line -> line.startsWith("  "));
        return "<p" + (indented ? " class=\"said\"" : "") + ">" + inOne(lines) + "</p>";
    }

    /// A line that was filled goes on in the next one; a short one ends.
    private static String inOne(List<String> lines) {
        var html = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            html.append(of(lines.get(i).strip())).append(i == lines.size() - 1 ? "" : lines.get(i).length() < SHORTEST_FILLED_LINE ? "<br>" : " ");
        }
        return html.toString();
    }

    private static String fact(String line) {
        var fact = FACT.matcher(line);
        if (!fact.matches()) {
            return "";
        }
        boolean total = fact.group(2).equals("{total}");
        return "<tr" + (total ? " class=\"total\"" : "") + "><th align=\"left\">" + of(fact.group(1)) + "</th><td" + (total ? " class=\"amount\"" : "") + ">" + of(fact.group(2)) + "</td></tr>";
    }
}
