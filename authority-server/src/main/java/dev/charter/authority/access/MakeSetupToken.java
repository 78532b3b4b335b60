package dev.charter.authority.access;

import dev.charter.server.settings.CannotStart;
import dev.charter.server.settings.FilesOfOwner;
import dev.charter.authority.settings.Settings;
import dev.charter.server.settings.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/// On the first start there is nobody who could make a token, so the authority makes one that may do everything, and hands it to whoever
/// started it: in a file, or printed once, never in the log. There are no other credentials from the start.
@Component
final class MakeSetupToken implements ApplicationRunner {
    private final Tokens tokens;
    private final MakeToken makeToken;
    private final Settings settings;
    private final Surroundings surroundings;

    MakeSetupToken(Tokens tokens, MakeToken makeToken, Settings settings, Surroundings surroundings) {
        this.tokens = tokens;
        this.makeToken = makeToken;
        this.settings = settings;
        this.surroundings = surroundings;
    }

    /// Handed over first, then kept: a crash in between leaves a token that is worth nothing, and the next start makes another.
    @Override
    public void run(ApplicationArguments arguments) {
        if (tokens.hasMaker()) {
            return;
        }
        var setup = makeToken.draft("setup", EnumSet.allOf(Scope.class), Optional.empty());
        settings.setupTokenFile().ifPresentOrElse(file -> write(file, setup.secret()), () -> say("The first API token, with all scopes; it is not shown again: " + setup.secret().revealSecret()));
        if (!tokens.addFirst(setup.token(), setup.secret())) {
            settings.setupTokenFile().ifPresentOrElse(MakeSetupToken::withdraw, () -> say("That token is worth nothing: another authority on this database made the first one."));
        }
    }

    private void say(String sentence) {
        surroundings.out().println(sentence);
        surroundings.out().flush();
    }

    private static void write(Path file, TokenSecret secret) {
        try {
            FilesOfOwner.write(file, secret.revealSecret() + "\n");
        } catch (IOException fault) {
            throw CannotStart.notAvailable("CHARTER_AUTHORITY_SETUP_TOKEN_FILE is " + file + ", which cannot be written: " + fault + ".");
        }
    }

    private static void withdraw(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException fault) {
            throw CannotStart.notAvailable("The file " + file + " holds a token that is worth nothing and cannot be deleted: " + fault + ".");
        }
    }
}
