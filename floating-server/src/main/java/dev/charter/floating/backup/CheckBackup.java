package dev.charter.floating.backup;

import dev.charter.floating.audit.ReplayAudit;
import dev.charter.floating.installation.ServerSecret;
import dev.charter.floating.pool.Pools;
import dev.charter.floating.seal.Seal;
import dev.charter.floating.seal.StateAltered;
import dev.charter.format.Bytes;
import dev.charter.store.Store;
import dev.charter.store.StoreFault;
import dev.charter.store.StoreUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Looks whether what was unpacked belongs together: a database that opens, sealed under the secret beside it, whose audit log comes to what its tables say.
final class CheckBackup {
    private CheckBackup() {}

    /// @throws NoBackup when it does not
    static void unpacked(Path draft, About about) throws IOException {
        var secret = draft.resolve(ServerSecret.FILE);
        if (!Files.exists(secret) || Files.size(secret) != ServerSecret.LENGTH) {
            throw new NoBackup("The backup is damaged: " + ServerSecret.FILE + " is missing in it or is no secret.");
        }
        if (about.files().containsKey(Contents.DATABASE)) {
            database(draft.resolve(Contents.DATABASE), Bytes.of(Files.readAllBytes(secret)));
        }
    }

    private static void database(Path file, Bytes secret) {
        var pools = new Pools(new Seal(secret));
        try (var store = Store.open(new StoreUrl.SqliteFile(file), "classpath:db/floating")) {
            var replay = new ReplayAudit(store.transactions());
            for (var pool : store.transactions().reading(pools::all)) {
                var differences = replay.differences(pool.license());
                if (!differences.isEmpty()) {
                    throw new NoBackup("The backup's database does not agree with its own audit log, so it was changed by somebody else than the server. " + differences.getFirst());
                }
            }
        } catch (StateAltered altered) {
            throw new NoBackup("The backup's database was not sealed under the secret beside it, or was changed since. " + altered.getMessage());
        } catch (StoreFault unusable) {
            throw new NoBackup("The backup's database cannot be opened: " + unusable.getMessage() + ".");
        }
    }
}
