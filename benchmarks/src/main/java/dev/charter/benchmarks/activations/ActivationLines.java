package dev.charter.benchmarks.activations;

import dev.charter.benchmarks.Folders;
import dev.charter.benchmarks.Line;
import dev.charter.benchmarks.program.Postgres;
import dev.charter.benchmarks.program.Programs;
import dev.charter.benchmarks.program.Running;
import dev.charter.benchmarks.program.Template;
import dev.charter.benchmarks.program.VendorFolder;
import dev.charter.benchmarks.seed.SoldLicenses;
import dev.charter.signing.Strength;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The lines about hosts that ask: four authorities, of a classical and of a hybrid vendor on each engine, beside the parts of their work.
public final class ActivationLines {
    private ActivationLines() {}

    public static List<Line> measure(boolean quick, Programs programs) throws Exception {
        var effort = quick ? new Rounds.Effort(500, 2, 2) : new Rounds.Effort(2_000, 4, 6);
        var licenses = new SoldLicenses(effort.hosts(), effort.hosts());
        var folder = Folders.temporary("activations");
        try (var postgres = Postgres.start()) {
            var vendors = new EnumMap<Strength, VendorFolder>(Strength.class);
            for (var strength : Strength.values()) {
                vendors.put(strength, VendorFolder.make(folder.resolve("vendor-" + strength), strength));
            }
            var any = VendorFolder.make(folder.resolve("vendor"), Strength.CLASSICAL);
            var sqlite = Template.onSqlite(folder.resolve("template-sqlite"), any, programs.authority(), licenses);
            var onPostgres = Template.onPostgres(folder.resolve("template-postgres"), any, programs.authority(), licenses, postgres, "activations");
            var sides = new ArrayList<Side>();
            try (var bare = Running.start(programs.bare(), Map.of())) {
                sides.add(new Side("SQLite", start(programs, sqlite, vendors, folder, "sqlite"), new PlainDatabase.OnSqlite(sqlite.copyOfFile(folder.resolve("plain.db")))));
                sides.add(new Side("PostgreSQL", start(programs, onPostgres, vendors, folder, "postgres"), new PlainDatabase.OnPostgres(postgres, onPostgres.copyOfDatabase("plain"))));
                var rounds = new Rounds(effort, licenses, List.copyOf(sides), bare);
                rounds.run();
                return rounds.lines();
            } finally {
                for (var side : sides) {
                    side.close();
                }
            }
        } finally {
            Folders.delete(folder);
        }
    }

    private static Map<Strength, Running> start(Programs programs, Template template, Map<Strength, VendorFolder> vendors, Path folder, String engine) throws Exception {
        var running = new EnumMap<Strength, Running>(Strength.class);
        for (var vendor : vendors.entrySet()) {
            var copy = template.copy(folder.resolve(engine + "_" + vendor.getKey().name().toLowerCase(Locale.ROOT)), vendor.getValue());
            running.put(vendor.getKey(), Running.start(programs.authority(), copy.settings()));
        }
        return running;
    }

    /// An engine with the authorities on it, and the same tables for plain JDBC.
    record Side(String engine, Map<Strength, Running> authorities, PlainDatabase plain) {
        Running of(Strength strength) {
            var authority = authorities.get(strength);
            if (authority == null) {
                throw new IllegalArgumentException("there is no authority of a " + strength + " vendor on " + engine);
            }
            return authority;
        }

        void close() throws Exception {
            authorities.values().forEach(Running::close);
            plain.close();
        }
    }
}
