package dev.charter.server.access;

import dev.charter.server.settings.CannotStart;
import dev.charter.server.settings.FilesOfOwner;
import dev.charter.server.settings.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;

/// Whoever started the server proves it with this token, once, and becomes the first administrator: there is no default password. It is told on the standard
/// output stream or in a file, never in the log; as long as there is no user, each start makes another.
final class SetupToken {
    /// No characters that are taken for one another.
    private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 24;
    private static final int GROUP = 6;

    private final KnownUsers users;
    private final Optional<Path> file;
    private Optional<String> token;

    private SetupToken(KnownUsers users, Optional<Path> file, Optional<String> token) {
        this.users = users;
        this.file = file;
        this.token = token;
    }

    /// @throws CannotStart when its file cannot be written
    static SetupToken tell(KnownUsers users, AccessSettings settings, Surroundings surroundings, SecureRandom random) {
        if (!users.isEmpty()) {
            return new SetupToken(users, settings.setupTokenFile(), Optional.empty());
        }
        var made = make(random);
        settings.setupTokenFile().ifPresentOrElse(file -> write(file, made, settings.program().setting("SETUP_TOKEN_FILE")),
                () -> surroundings.say("The console has no user yet. Open it in a browser; the setup token, which works once: " + made));
        return new SetupToken(users, settings.setupTokenFile(), Optional.of(made));
    }

    private static String make(SecureRandom random) {
        var text = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            text.append(i > 0 && i % GROUP == 0 ? "-" : "").append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    private static void write(Path file, String token, String setting) {
        try {
            FilesOfOwner.write(file, token + "\n");
        } catch (IOException fault) {
            throw CannotStart.notAvailable(setting + " is " + file + ", which cannot be written: " + fault + ".");
        }
    }

    /// Not where another node on the same users made the first one.
    synchronized boolean isNeeded() {
        return token.isPresent() && users.isEmpty();
    }

    synchronized boolean matches(String given) {
        return token.filter(expected -> MessageDigest.isEqual(expected.getBytes(StandardCharsets.US_ASCII), given.strip().getBytes(StandardCharsets.UTF_8))).isPresent();
    }

    /// It works once.
    synchronized void use() {
        token = Optional.empty();
        file.ifPresent(SetupToken::delete);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stuck) {
            throw new UncheckedIOException("the file of the setup token, which is worth nothing now, could not be deleted", stuck);
        }
    }
}
