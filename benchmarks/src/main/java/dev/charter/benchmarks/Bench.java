package dev.charter.benchmarks;

import dev.charter.benchmarks.verify.VerifyLines;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// `./charter bench [--quick] [name...]`: measures, prints one table, and ends with 1 when a target is missed.
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        var names = new ArrayList<>(Arrays.asList(arguments));
        boolean quick = names.remove("--quick");
        var lines = new ArrayList<Line>();
        if (names.isEmpty() || names.contains("allows")) lines.addAll(dev.charter.benchmarks.allows.AllowsLines.measure(quick));
        if (names.isEmpty() || names.contains("verify")) lines.addAll(VerifyLines.measure(quick));
        var table = new Table(List.copyOf(lines));
        System.out.print(table.plain());
        System.exit(table.everyTargetIsMet() ? 0 : 1);
    }
}
