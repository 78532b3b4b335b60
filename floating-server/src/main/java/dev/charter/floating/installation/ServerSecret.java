package dev.charter.floating.installation;

import dev.charter.format.Bytes;
import dev.charter.server.settings.CannotStart;
import dev.charter.server.settings.FilesOfOwner;
import dev.charter.store.Transactions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/// What this server seals its database under: 32 random bytes in a file of its data folder, made at the first start. All nodes on one database need the same one.
public final class ServerSecret {
    /// Of the file, in the data folder.
    public static final String FILE = "floating-server.secret";
    /// In bytes.
    public static final int LENGTH = 32;

    private ServerSecret() {}

    /// @throws CannotStart when the database was sealed under a secret that is not there
    public static Bytes open(Path file, Transactions transactions, SecureRandom random) {
        try {
            if (Files.exists(file)) {
                var secret = Files.readAllBytes(file);
                if (secret.length != LENGTH) {
                    throw CannotStart.wrongSettings("The file " + file + " is no secret of a floating license server. Restore it from a backup.");
                }
                return Bytes.of(secret);
            }
            boolean used = transactions.reading(sql -> sql.one("SELECT COUNT(*) AS pools FROM pool", row -> row.number("pools")).orElse(0L)) > 0;
            if (used) {
                throw CannotStart.wrongSettings("The file " + file + " is missing, under which the database is sealed. Restore it from the backup that the database is of, or copy it from another node.");
            }
            var secret = new byte[LENGTH];
            random.nextBytes(secret);
            FilesOfOwner.write(file, secret);
            return Bytes.of(secret);
        } catch (IOException fault) {
            throw CannotStart.notAvailable("The file " + file + " cannot be used: " + fault + ".");
        }
    }
}
