package dev.charter.authority;

import dev.charter.authority.settings.ReadSettings;
import dev.charter.authority.settings.ServerSecret;
import dev.charter.authority.settings.Settings;
import dev.charter.server.settings.CannotStart;
import dev.charter.server.settings.DataFolder;
import dev.charter.server.settings.Lock;
import dev.charter.signing.IssuingKeys;
import dev.charter.signing.KeysRefused;
import dev.charter.signing.Passphrase;
import dev.charter.store.Store;
import dev.charter.store.StoreFault;
import dev.charter.store.StoreUrl;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// What the authority stands on, opened before anything else, so that a start that cannot succeed ends early and with a plain sentence.
record Foundation(Settings settings, DataFolder dataFolder, Optional<Lock> database, Store store, ServerSecret secret, IssuingKeys keys, SecureRandom random) implements AutoCloseable {
    /// Tells other programs where the authority listens.
    private static final String ADDRESS = "authority.address";

    /// @throws CannotStart when a part of it cannot be had
    static Foundation lay(Settings settings) {
        var random = new SecureRandom();
        var opened = new ArrayDeque<AutoCloseable>();
        try {
            var dataFolder = kept(opened, DataFolder.open(settings.data(), ReadSettings.PROGRAM, ADDRESS));
            var keys = keys(settings.keys(), settings.passphrase());
            var database = lock(settings);
            database.ifPresent(opened::push);
            var store = kept(opened, store(settings));
            return new Foundation(settings, dataFolder, database, store, ServerSecret.open(settings.secretFile(), store.transactions(), random), keys, random);
        } catch (Throwable fault) {
            closeAll(opened, fault);
            throw fault;
        }
    }

    private static <T extends AutoCloseable> T kept(Deque<AutoCloseable> opened, T part) {
        opened.push(part);
        return part;
    }

    private static void closeAll(Deque<AutoCloseable> opened, Throwable because) {
        for (var part : opened) {
            try {
                part.close();
            } catch (Exception alsoFailed) {
                because.addSuppressed(alsoFailed);
            }
        }
    }

    private static IssuingKeys keys(Path folder, Passphrase passphrase) {
        try (passphrase) {
            var keys = IssuingKeys.open(folder, passphrase);
            System.gc(); // Argon2id filled 64 MiB, which nobody needs again
            return keys;
        } catch (KeysRefused refused) {
            throw CannotStart.wrongSettings(refused.getMessage() + " (CHARTER_AUTHORITY_KEYS is " + folder + ".)");
        }
    }

    /// Two data folders may name one database. On PostgreSQL that is meant; one SQLite file belongs to one process.
    private static Optional<Lock> lock(Settings settings) {
        return settings.database() instanceof StoreUrl.SqliteFile(var file)
                ? Optional.of(Lock.take(file.resolveSibling(file.getFileName() + ".lock"), ReadSettings.PROGRAM.name(), "the database " + file, ReadSettings.PROGRAM.setting("DATABASE"))) : Optional.empty();
    }

    private static Store store(Settings settings) {
        try {
            return Store.open(settings.database(), "classpath:db/authority");
        } catch (StoreFault fault) {
            var cause = fault.getCause() == null ? "" : " " + fault.getCause().getMessage();
            throw CannotStart.notAvailable("The database " + settings.database() + " cannot be used: " + fault.getMessage() + "." + cause);
        }
    }

    /// Closes what was opened, the last first. Closing again does nothing.
    @Override
    public void close() {
        try (dataFolder) {
            store.close();
        } finally {
            database.ifPresent(Lock::close);
        }
    }
}
