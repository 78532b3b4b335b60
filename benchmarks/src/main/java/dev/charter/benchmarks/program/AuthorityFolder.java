package dev.charter.benchmarks.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// The data folder of an authority, with the secret that its license keys lie under: known here, so that licenses can be sold by the hundred thousand without asking it.
///
/// @param database where it is not the SQLite file of the folder
public record AuthorityFolder(Path data, VendorFolder vendor, byte[] secret, Optional<String> database) {
    private static final int SECRET_LENGTH = 32;

    /// A new one with a new secret.
    public static AuthorityFolder make(Path data, VendorFolder vendor) throws IOException {
        var secret = new byte[SECRET_LENGTH];
        new SecureRandom().nextBytes(secret);
        return make(data, vendor, secret, Optional.empty());
    }

    /// A new one on a database that belongs to that secret, or is empty.
    public static AuthorityFolder make(Path data, VendorFolder vendor, byte[] secret, Optional<String> database) throws IOException {
        Files.createDirectories(data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createFile(data.resolve("authority.secret"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(data.resolve("authority.secret"), HexFormat.of().formatHex(secret) + "\n");
        return new AuthorityFolder(data, vendor, secret, database);
    }

    public Path sqliteFile() {
        return data.resolve("authority.db");
    }

    /// The first API token, once the authority has been started.
    public String token() throws IOException {
        return Files.readString(data.resolve("token")).strip();
    }

    /// As the environment of its process.
    public Map<String, String> settings() {
        return Map.of("CHARTER_AUTHORITY_DATA", data.toString(), "CHARTER_AUTHORITY_PORT", "0", "CHARTER_AUTHORITY_KEYS", vendor.issuing().toString(),
                "CHARTER_AUTHORITY_KEYS_PASSPHRASE_FILE", vendor.passphrase().toString(), "CHARTER_AUTHORITY_SETUP_TOKEN_FILE", data.resolve("token").toString(),
                "CHARTER_AUTHORITY_LOG", "plain", "CHARTER_AUTHORITY_DATABASE", database.orElse("sqlite:" + sqliteFile()));
    }
}
