package dev.charter.floating.backup;

import dev.charter.floating.installation.ServerSecret;
import dev.charter.floating.settings.Place;
import dev.charter.server.settings.CannotStart;
import dev.charter.server.settings.FilesOfOwner;
import dev.charter.store.Store;
import dev.charter.store.StoreUnavailable;
import dev.charter.store.StoreUrl;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes one zip file with the database as it is at one moment, the secret that it is sealed under, and the server's own host: its key and its licenses. The server may run meanwhile.
///
/// The database is copied first. So the host's license is never older than the pool that was decided by it.
final class BackUp {
    private final Place place;
    private final InstantSource clock;

    BackUp(Place place, InstantSource clock) {
        this.place = place;
        this.clock = clock;
    }

    /// The file appears whole or not at all, and only its owner may read it: who has it is this server.
    ///
    /// @throws CannotStart when there is nothing to back up, or the file is there already or cannot be written
    void to(Path target) {
        var whole = target.toAbsolutePath().normalize();
        if (!Files.exists(place.data().resolve(ServerSecret.FILE))) {
            throw CannotStart.notAvailable("There is no floating license server's data in " + place.data() + ". Name its data folder: CHARTER_FLOATING_DATA.");
        }
        if (Files.exists(whole)) {
            throw CannotStart.notAvailable("A backup never overwrites, and " + whole + " is there already. Give another name.");
        }
        var unfinished = whole.resolveSibling(whole.getFileName() + ".unfinished");
        var copy = whole.resolveSibling(whole.getFileName() + ".database");
        try {
            try {
                FilesOfOwner.write(unfinished, ""); // so that nobody else may read it from the beginning
                Files.deleteIfExists(copy); // left by a backup that was cut off
                if (place.database() instanceof StoreUrl.SqliteFile database) {
                    Store.copy(database, copy);
                }
                try (var out = Files.newOutputStream(unfinished)) {
                    write(out, copy);
                }
                Files.move(unfinished, whole, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(unfinished);
                Files.deleteIfExists(copy);
            }
        } catch (IOException | StoreUnavailable fault) {
            throw CannotStart.notAvailable("The backup " + whole + " cannot be written: " + fault.getMessage() + ".");
        }
    }

    private void write(OutputStream out, Path databaseCopy) throws IOException {
        var digests = new TreeMap<String, String>();
        var zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        if (Files.exists(databaseCopy)) {
            add(zip, Contents.DATABASE, databaseCopy, digests);
        }
        for (var file : Contents.of(place)) {
            add(zip, file.toString().replace('\\', '/'), place.data().resolve(file), digests);
        }
        zip.putNextEntry(new ZipEntry(About.ENTRY));
        zip.write(new About(clock.instant(), place.database().engine(), digests).toBytes());
        zip.closeEntry();
        zip.finish();
    }

    private static void add(ZipOutputStream zip, String name, Path file, Map<String, String> digests) throws IOException {
        var digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            zip.putNextEntry(new ZipEntry(name));
            in.transferTo(zip);
            zip.closeEntry();
        } catch (NoSuchFileException goneMeanwhile) {
            return;
        }
        digests.put(name, HexFormat.of().formatHex(digest.digest()));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
