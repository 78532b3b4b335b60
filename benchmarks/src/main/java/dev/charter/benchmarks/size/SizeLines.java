package dev.charter.benchmarks.size;

import dev.charter.benchmarks.Folders;
import dev.charter.benchmarks.Line;
import dev.charter.benchmarks.program.Postgres;
import dev.charter.benchmarks.program.Programs;
import dev.charter.benchmarks.program.Running;
import dev.charter.benchmarks.program.Template;
import dev.charter.benchmarks.program.VendorFolder;
import dev.charter.benchmarks.seed.SoldLicenses;
import dev.charter.signing.Strength;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/// The lines about size: on each engine two authorities, one with few licenses and one with many, asked in turn.
public final class SizeLines {
    private static final int FEW = 1_000;
    private static final int MANY = 1_000_000;
    private static final int MANY_WHEN_QUICK = 100_000;

    private SizeLines() {}

    public static List<Line> measure(boolean quick, Programs programs) throws Exception {
        var few = new SoldLicenses(FEW, FEW);
        var many = new SoldLicenses(quick ? MANY_WHEN_QUICK : MANY, FEW);
        var folder = Folders.temporary("size");
        try (var postgres = Postgres.start(); var executor = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            var vendor = VendorFolder.make(folder.resolve("vendor"), Strength.CLASSICAL);
            // Both engines are filled at once: each keeps one processor busy.
            List<Callable<List<Template>>> fillings = List.of(
                    () -> List.of(Template.onSqlite(folder.resolve("sqlite-few"), vendor, programs.authority(), few),
                            Template.onSqlite(folder.resolve("sqlite-many"), vendor, programs.authority(), many)),
                    () -> List.of(Template.onPostgres(folder.resolve("postgres-few"), vendor, programs.authority(), few, postgres, "few"),
                            Template.onPostgres(folder.resolve("postgres-many"), vendor, programs.authority(), many, postgres, "many")));
            var filled = new ArrayList<List<Template>>();
            for (var filling : executor.invokeAll(fillings)) {
                filled.add(filling.get());
            }
            var lines = new ArrayList<Line>();
            lines.addAll(measure(quick, "SQLite", programs, filled.getFirst(), few, many));
            lines.addAll(measure(quick, "PostgreSQL", programs, filled.getLast(), few, many));
            return lines;
        } finally {
            Folders.delete(folder);
        }
    }

    private static List<Line> measure(boolean quick, String engine, Programs programs, List<Template> templates, SoldLicenses few, SoldLicenses many) throws Exception {
        try (var small = start(programs, templates.getFirst()); var large = start(programs, templates.getLast())) {
            return new Turns(engine, new Asking(small, templates.getFirst().token(), few), new Asking(large, templates.getLast().token(), many), quick).lines();
        }
    }

    private static Running start(Programs programs, Template template) throws Exception {
        return Running.start(programs.authority(), template.folder().settings());
    }
}
