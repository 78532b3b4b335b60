package dev.charter.benchmarks;

import java.util.ArrayList;
import java.util.List;

/// All lines of a run, in columns.
record Table(List<Line> lines) {
    private static final List<String> HEADINGS = List.of("what", "measured", "limit or peer, same run", "ratio (middle half)", "target", "");

    Table {
        lines = List.copyOf(lines);
    }

    boolean everyTargetIsMet() {
        return lines.stream().allMatch(line -> line.met().orElse(true));
    }

    /// For people in a terminal.
    String plain() {
        var rows = rows();
        var widths = new int[HEADINGS.size()];
        for (var row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        var out = new StringBuilder();
        for (var row : rows) {
            var written = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                written.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
            }
            out.append(written.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }

    /// For docs/performance.md.
    String markdown() {
        var out = new StringBuilder();
        var rows = rows();
        for (int i = 0; i < rows.size(); i++) {
            out.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
            if (i == 0) {
                out.append("|---".repeat(HEADINGS.size())).append("|\n");
            }
        }
        return out.toString();
    }

    private List<List<String>> rows() {
        var rows = new ArrayList<List<String>>();
        rows.add(HEADINGS);
        lines.forEach(line -> rows.add(List.of(line.what(), line.measured(), line.peer(), line.ratio(), line.target(), line.verdict())));
        return rows;
    }
}
