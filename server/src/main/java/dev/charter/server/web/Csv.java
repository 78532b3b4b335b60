package dev.charter.server.web;

import java.util.List;
import java.util.stream.Collectors;

/// Rows as comma-separated values (RFC 4180) that no spreadsheet takes for formulas: a cell that begins like one gets an apostrophe before it.
public final class Csv {
    private static final String LIKE_FORMULAS = "=+-@\t\r\n";

    private Csv() {}

    public static String line(List<String> cells) {
        return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(String text) {
        var harmless = !text.isEmpty() && LIKE_FORMULAS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return '"' + harmless.replace("\"", "\"\"") + '"';
    }
}
