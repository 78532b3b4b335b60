package dev.charter.authority;

import dev.charter.authority.settings.CannotStart;
import dev.charter.authority.settings.DataFolder;
import dev.charter.authority.settings.ServerSecret;
import dev.charter.authority.settings.Settings;
import dev.charter.signing.IssuingKeys;
import dev.charter.signing.KeysRefused;
import dev.charter.signing.Passphrase;
import dev.charter.store.Store;
import dev.charter.store.StoreFault;
import java.nio.file.Path;
import java.security.SecureRandom;

/// What the authority stands on, opened before anything else, so that a start that cannot succeed ends early and with a plain sentence.
record Foundation(Settings settings, DataFolder dataFolder, Store store, ServerSecret secret, IssuingKeys keys, SecureRandom random) implements AutoCloseable {

    /// @throws CannotStart when a part of it cannot be had
    static Foundation lay(Settings settings) {
        var random = new SecureRandom();
        var dataFolder = DataFolder.open(settings.data());
        try {
            var keys = keys(settings.keys(), settings.passphrase());
            var store = store(settings);
            try {
                return new Foundation(settings, dataFolder, store, ServerSecret.open(settings.secretFile(), store.transactions(), random), keys, random);
            } catch (Throwable fault) {
                store.close();
                throw fault;
            }
        } catch (Throwable fault) {
            dataFolder.close();
            throw fault;
        }
    }

    private static IssuingKeys keys(Path folder, Passphrase passphrase) {
        try (passphrase) {
            return IssuingKeys.open(folder, passphrase);
        } catch (KeysRefused refused) {
            throw CannotStart.wrongSettings(refused.getMessage() + " (CHARTER_AUTHORITY_KEYS is " + folder + ".)");
        }
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
        }
    }
}
