package dev.charter.floating.backup;

import dev.charter.floating.settings.Place;
import dev.charter.floating.settings.ReadSettings;
import dev.charter.server.log.Log;
import dev.charter.server.log.LogForm;
import dev.charter.server.settings.CannotStart;
import dev.charter.server.settings.DataFolder;
import dev.charter.server.settings.Lock;
import dev.charter.server.settings.Surroundings;
import dev.charter.server.start.ClosedEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// `backup FILE` and `restore FILE [--replace]` of the program.
public final class BackupCommands {
    private static final int WRONG_USAGE = 64; // EX_USAGE of BSD's sysexits.h
    private static final String USAGE = """
            Commands, with the same settings as the server:

              backup FILE               writes the database, the secret beside it, the server's host key and its licenses into one file; the server may run
              restore FILE [--replace]  puts such a file in place, while the server is stopped; --replace moves what is there out of the way
            """;

    private BackupCommands() {}

    /// What the commands are, for people.
    public static String explained() {
        return USAGE;
    }

    /// Whether the program's arguments are such a command.
    public static boolean areMeant(String[] arguments) {
        return arguments.length > 0 && (arguments[0].equals("backup") || arguments[0].equals("restore"));
    }

    /// Runs the command; its exit code. What went wrong is said in a sentence on the standard error stream.
    public static int run(String[] arguments, Surroundings surroundings) {
        var words = List.of(arguments);
        boolean replace = words.size() == 3 && words.get(2).equals("--replace") && words.get(0).equals("restore");
        if (words.size() != 2 && !replace) {
            System.err.print(USAGE);
            return WRONG_USAGE;
        }
        Log.begin(LogForm.PLAIN, new ClosedEnvironment(Map.of()), List.of());
        try {
            var place = ReadSettings.place(surroundings.environment()).orCannotStart();
            var file = Path.of(words.get(1)).toAbsolutePath();
            if (words.getFirst().equals("backup")) {
                new BackUp(place, surroundings.clock()).to(file);
                surroundings.say("The backup is in " + file + ". Who has it is this server: keep it as safe as the data folder."
                        + (Contents.database(place).isPresent() ? "" : " The database is on PostgreSQL and not in it: back that up with its own tools, just before this."));
            } else {
                restore(file, place, replace, surroundings);
            }
            return 0;
        } catch (CannotStart sayWhy) {
            System.err.println(sayWhy.getMessage());
            return sayWhy.exitCode();
        } catch (NoBackup refused) {
            System.err.println(refused.getMessage());
            return CannotStart.WRONG_SETTINGS;
        }
    }

    private static void restore(Path file, Place place, boolean replace, Surroundings surroundings) {
        if (!Files.isReadable(file)) {
            throw CannotStart.notAvailable("The file " + file + " cannot be read.");
        }
        try (var folder = DataFolder.open(place.data(), ReadSettings.PROGRAM, "floating-server.address")) {
            var database = Contents.database(place);
            var about = database.isPresent() ? locked(database.get(), file, place, replace, surroundings) : new Restore(place, surroundings.clock()).from(file, replace);
            surroundings.say("The backup of " + about.at() + " is in " + folder.path() + ". Start the server: until the longest lease has ended, it renews leases and hands out none.");
        }
    }

    private static About locked(Path database, Path file, Place place, boolean replace, Surroundings surroundings) {
        try (var _ = Lock.take(database.resolveSibling(database.getFileName() + ".lock"), ReadSettings.PROGRAM.name(), "the database " + database, ReadSettings.PROGRAM.setting("DATABASE"))) {
            return new Restore(place, surroundings.clock()).from(file, replace);
        }
    }
}
