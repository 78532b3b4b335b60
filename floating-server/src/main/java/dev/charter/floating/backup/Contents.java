package dev.charter.floating.backup;

import dev.charter.floating.lease.MarkRestored;
import dev.charter.floating.settings.Place;
import dev.charter.store.StoreUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which files of a data folder a backup holds: all but the database, which is copied by its own means, and what belongs to a running process.
final class Contents {
    /// The database's entry, wherever its file lies.
    static final String DATABASE = "floating.db";
    /// What is moved out of the way by a restore.
    static final String ASIDE = "before-restore-";
    /// What a restore unpacks to, before it takes anything over.
    static final String DRAFT = "restore-draft";
    private static final Set<String> OF_A_PROCESS = Set.of("floating-server.address", MarkRestored.FILE, "setup-token", DRAFT);
    private static final List<String> PASSING = List.of(".lock", ".draft", ".unfinished", "-wal", "-shm", "-journal");

    private Contents() {}

    /// Their paths within the folder, in a fixed order.
    static List<Path> of(Place place) throws IOException {
        try (var files = Files.walk(place.data())) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).filter(file -> database(place).filter(file::equals).isEmpty()).map(place.data()::relativize)
                    .filter(file -> belongs(file.toString().replace('\\', '/'))).sorted().toList();
        }
    }

    static Optional<Path> database(Place place) {
        return place.database() instanceof StoreUrl.SqliteFile(var file) ? Optional.of(file.toAbsolutePath().normalize()) : Optional.empty();
    }

    /// Whether a file of that name, with `/` between folders, is one that a backup holds beside the database.
    static boolean belongs(String name) {
        var top = name.split("/", 2)[0];
        var last = name.substring(name.lastIndexOf('/') + 1);
        return !OF_A_PROCESS.contains(top) && !top.startsWith(ASIDE) && !last.equals("lock") && PASSING.stream().noneMatch(last::endsWith) && !name.equals(About.ENTRY) && !name.equals(DATABASE);
    }
}
