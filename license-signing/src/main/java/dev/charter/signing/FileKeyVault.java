package dev.charter.signing;

import dev.charter.format.Algorithm;
import dev.charter.format.KeyCertificate;
import dev.charter.format.KeyId;
import dev.charter.format.Signer;
import dev.charter.format.SignerKeys;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Set;

/// Keys in files that only their owner can read, one for each key ID, sealed under a passphrase (Argon2id, AES-256-GCM).
///
/// The passphrase belongs to the caller and must not be wiped while the vault is in use. A signer that was handed out does not need it any more.
public final class FileKeyVault implements KeyVault {
    private final Path folder;
    private final Passphrase passphrase;
    private final Argon2Cost cost;
    private final SecureRandom random;
    private final DurableFiles files;

    /// A vault that makes its keys as dear to guess as [Argon2Cost#RFC_9106] says.
    public FileKeyVault(Path folder, Passphrase passphrase, SecureRandom random) {
        this(folder, passphrase, Argon2Cost.RFC_9106, random);
    }

    public FileKeyVault(Path folder, Passphrase passphrase, Argon2Cost cost, SecureRandom random) {
        this(folder, passphrase, cost, random, new DurableFiles());
    }

    FileKeyVault(Path folder, Passphrase passphrase, Argon2Cost cost, SecureRandom random, DurableFiles files) {
        this.folder = folder;
        this.passphrase = passphrase;
        this.cost = cost;
        this.random = random;
        this.files = files;
    }

    @Override
    public SignerKeys create(KeyCertificate.Role role, Set<Algorithm> algorithms) {
        if (passphrase.isTooShort()) {
            throw new KeysRefused(KeysRefused.Reason.WRONG_PASSPHRASE, "A passphrase for signing keys has at least " + Passphrase.SHORTEST + " characters. Choose a longer one.");
        }
        try (var seeds = Seeds.generate(algorithms, random)) {
            var keys = seeds.expand(random).keys();
            files.write(file(keys.id()), SealedKeys.seal(seeds, keys.id(), role, algorithms, passphrase, cost, random).toBytes());
            return keys;
        }
    }

    @Override
    public Signer signer(KeyId id) {
        var bytes = files.read(file(id)).orElseThrow(() -> new KeysRefused(KeysRefused.Reason.NOT_THERE, "The key " + id + " is not in the folder " + folder + "."));
        try (var seeds = SealedKeys.read(id, bytes).open(passphrase)) {
            var keys = seeds.expand(random);
            if (!keys.keys().id().equals(id)) {
                throw new KeysRefused(KeysRefused.Reason.DAMAGED, "The file of the key " + id + " holds another key. Restore it from a backup.");
            }
            return keys;
        }
    }

    private Path file(KeyId id) {
        return folder.resolve("key-" + id + ".json");
    }
}
