package dev.charter.authority.settings;

import dev.charter.server.settings.CannotStart;
import dev.charter.server.settings.FilesOfOwner;
import dev.charter.store.Transactions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The authority's own secret, 32 random bytes that never leave it. What needs a key derives one from it, each for its purpose. Prints as `***`.
///
/// A database belongs to one secret: what was written under it can be read under no other. So the database keeps a mark of it, and an authority
/// that was given another one, or lost its own, does not start.
public final class ServerSecret {
    private static final int LENGTH = 32;

    private final byte[] secret;

    private ServerSecret(byte[] secret) {
        this.secret = secret;
    }

    /// Reads the file, 64 hexadecimal digits, or makes it if the database knows no secret yet.
    ///
    /// @throws CannotStart when it is missing, damaged, or not the one that the database belongs to
    public static ServerSecret open(Path file, Transactions transactions, SecureRandom random) {
        var known = transactions.reading(sql -> sql.one("SELECT mark FROM server_secret WHERE id = 1", row -> row.bytes("mark")));
        if (!Files.exists(file)) {
            if (known.isPresent()) {
                throw CannotStart.wrongSettings("The file " + file + " is missing. It holds the secret that the database's license keys are encrypted under: restore it from a backup, or name its place with "
                        + Setting.SECRET_FILE.fullName() + ".");
            }
            make(file, random);
        }
        var opened = new ServerSecret(read(file));
        var mark = opened.deriveSecret("charter/authority/mark/1");
        var kept = transactions.inOne(sql -> {
            sql.update("INSERT INTO server_secret (id, mark) VALUES (1, ?) ON CONFLICT DO NOTHING", mark);
            return sql.one("SELECT mark FROM server_secret WHERE id = 1", row -> row.bytes("mark")).orElseThrow();
        });
        if (!MessageDigest.isEqual(mark, kept)) {
            throw CannotStart.wrongSettings("The secret in " + file + " is not the one that this database belongs to. All authorities on one database need the same one: name its place with "
                    + Setting.SECRET_FILE.fullName() + ".");
        }
        return opened;
    }

    private static void make(Path file, SecureRandom random) {
        var secret = new byte[LENGTH];
        random.nextBytes(secret);
        try {
            FilesOfOwner.write(file, HexFormat.of().formatHex(secret) + "\n");
        } catch (IOException fault) {
            throw CannotStart.notAvailable("The server's secret cannot be kept in " + file + ": " + fault + ".");
        }
    }

    private static byte[] read(Path file) {
        try {
            var secret = HexFormat.of().parseHex(Files.readString(file, StandardCharsets.ISO_8859_1).strip());
            if (secret.length == LENGTH) {
                return secret;
            }
        } catch (IllegalArgumentException damaged) {
            // Its message shows a part of the file, so it goes no further; the sentence below says what is wrong.
            throw damaged(file);
        } catch (IOException fault) {
            throw CannotStart.notAvailable("The server's secret cannot be read from " + file + ": " + fault + ".");
        }
        throw damaged(file);
    }

    private static CannotStart damaged(Path file) {
        return CannotStart.wrongSettings("The file " + file + " does not hold the server's secret, " + 2 * LENGTH + " hexadecimal digits. Restore it from a backup.");
    }

    /// 32 bytes: HMAC-SHA256 under the secret, over the purpose, such as `charter/authority/locator/1`.
    public byte[] deriveSecret(String purpose) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException fault) {
            throw new IllegalStateException("each JDK has HmacSHA256", fault);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
