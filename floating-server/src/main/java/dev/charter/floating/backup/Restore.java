package dev.charter.floating.backup;

import dev.charter.floating.installation.ServerSecret;
import dev.charter.floating.lease.MarkRestored;
import dev.charter.floating.settings.Place;
import dev.charter.server.settings.CannotStart;
import dev.charter.server.settings.FilesOfOwner;
import dev.charter.store.Engine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// Puts a backup in place of what a stopped server's data folder holds, and marks it as restored. The backup is unpacked and checked first: until then nothing is changed.
final class Restore {
    private static final DateTimeFormatter NAMING = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Place place;
    private final InstantSource clock;

    Restore(Place place, InstantSource clock) {
        this.place = place;
        this.clock = clock;
    }

    /// The data folder is held by the caller.
    ///
    /// @param replace whether what is there already may be moved out of the way
    /// @throws NoBackup when the file is no backup of such a server, or is damaged
    /// @throws CannotStart when data is there that may not be replaced, or files cannot be written
    About from(Path file, boolean replace) {
        var draft = place.data().resolve(Contents.DRAFT);
        try {
            delete(draft);
            FilesOfOwner.makeFolder(draft);
            try {
                var about = unpack(file, draft);
                CheckBackup.unpacked(draft, about);
                moveAside(about, replace);
                putInPlace(draft, about);
                return about;
            } finally {
                delete(draft);
            }
        } catch (ZipException notZip) {
            throw new NoBackup("That is no backup: " + file + " is no zip file, or a damaged one.");
        } catch (IOException fault) {
            throw CannotStart.notAvailable("The backup " + file + " cannot be restored to " + place.data() + ": " + fault + ".");
        }
    }

    private About unpack(Path file, Path draft) throws IOException {
        try (var zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            var entry = zip.getEntry(About.ENTRY);
            if (entry == null) {
                throw new NoBackup("That is no backup of a floating license server: " + About.ENTRY + " is missing in it.");
            }
            About about;
            try (var in = zip.getInputStream(entry)) {
                about = About.read(in.readAllBytes());
            }
            if (about.engine() != place.database().engine()) {
                throw new NoBackup(about.engine() == Engine.SQLITE ? "This backup holds a SQLite database, and CHARTER_FLOATING_DATABASE names a PostgreSQL. Leave that setting out to restore the backup."
                        : "This backup is of a server on PostgreSQL: set CHARTER_FLOATING_DATABASE to the restored database first.");
            }
            var found = new TreeMap<String, String>();
            for (var one : Collections.list(zip.entries())) {
                var name = one.getName();
                if (name.equals(About.ENTRY)) {
                    continue;
                }
                var target = draft.resolve(name).normalize();
                if (!about.files().containsKey(name) || !target.startsWith(draft) || target.equals(draft) || !name.equals(Contents.DATABASE) && !Contents.belongs(name)) {
                    throw new NoBackup("The backup holds \"" + name.replaceAll("\\p{Cntrl}", "?") + "\", which no backup does.");
                }
                makeFolders(draft, target);
                var digest = BackUp.sha256();
                FilesOfOwner.write(target, "");
                try (var in = zip.getInputStream(one); var out = new DigestOutputStream(Files.newOutputStream(target), digest)) {
                    in.transferTo(out);
                }
                found.put(name, HexFormat.of().formatHex(digest.digest()));
            }
            if (!found.equals(new TreeMap<>(about.files()))) {
                throw new NoBackup("The backup is damaged: " + about.files().entrySet().stream().filter(one -> !one.getValue().equals(found.get(one.getKey()))).map(Map.Entry::getKey).sorted().findFirst().orElse("a file")
                        + " is not as it was written.");
            }
            return about;
        }
    }

    private static void makeFolders(Path draft, Path file) throws IOException {
        var folder = draft;
        for (var part : draft.relativize(file).getParent() == null ? List.<Path>of() : draft.relativize(file.getParent())) {
            folder = folder.resolve(part);
            FilesOfOwner.makeFolder(folder);
        }
    }

    /// What would be in the way, which is moved into a folder of its own where that is allowed.
    private void moveAside(About about, boolean replace) throws IOException {
        var found = new TreeSet<Path>();
        Stream.concat(Stream.of("host", ServerSecret.FILE), about.files().keySet().stream().filter(name -> !name.equals(Contents.DATABASE)).map(name -> name.split("/", 2)[0]))
                .forEach(name -> found.add(place.data().resolve(name)));
        Contents.database(place).ifPresent(database -> Stream.of("", "-wal", "-shm").forEach(suffix -> found.add(database.resolveSibling(database.getFileName() + suffix))));
        var there = found.stream().filter(Files::exists).toList();
        var aside = place.data().resolve(Contents.ASIDE + NAMING.format(clock.instant()));
        if (!there.isEmpty() && !replace) {
            throw CannotStart.notAvailable("A floating license server's data is in " + place.data() + " already (" + there.getFirst().getFileName()
                    + "), and nothing was changed. To put the backup in its place: restore FILE --replace. What is there now is moved into a folder " + aside.getFileName() + " beside it.");
        }
        if (!there.isEmpty()) {
            FilesOfOwner.makeFolder(aside);
            for (var file : there) {
                Files.move(file, aside.resolve(file.getFileName()));
            }
        }
    }

    /// The mark comes first and the secret last: cut off in between, what is there does not start.
    private void putInPlace(Path draft, About about) throws IOException {
        FilesOfOwner.write(place.data().resolve(MarkRestored.FILE), "");
        var database = Contents.database(place);
        if (database.isPresent()) {
            Files.move(draft.resolve(Contents.DATABASE), database.get());
        }
        var others = new TreeSet<>(about.files().keySet());
        others.remove(Contents.DATABASE);
        others.remove(ServerSecret.FILE);
        for (var name : Stream.concat(others.stream(), Stream.of(ServerSecret.FILE)).toList()) {
            var target = place.data().resolve(name);
            makeFolders(place.data(), target);
            Files.move(draft.resolve(name), target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
