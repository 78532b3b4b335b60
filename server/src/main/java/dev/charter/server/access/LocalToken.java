package dev.charter.server.access;

import dev.charter.server.settings.CannotStart;
import dev.charter.server.settings.DataFolder;
import dev.charter.server.settings.FilesOfOwner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/// Lets programs of this machine in that can read the data folder, such as `charter doctor`: whoever can do that needs no password. Made anew at every start.
public final class LocalToken {
    /// In the data folder.
    public static final String FILE = "local-token";
    private static final int BYTES = 32;

    private final byte[] token;

    private LocalToken(byte[] token) {
        this.token = token;
    }

    static LocalToken write(DataFolder folder, SecureRandom random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        var text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        try {
            FilesOfOwner.write(folder.file(FILE), text + "\n");
        } catch (IOException fault) {
            throw CannotStart.notAvailable("The file " + folder.file(FILE) + " cannot be written: " + fault + ".");
        }
        return new LocalToken(text.getBytes(StandardCharsets.US_ASCII));
    }

    boolean matches(String given) {
        return MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8));
    }
}
