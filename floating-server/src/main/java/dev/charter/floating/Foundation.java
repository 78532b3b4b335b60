package dev.charter.floating;

import dev.charter.client.Machine;
import dev.charter.floating.installation.Installation;
import dev.charter.floating.installation.PoolWishes;
import dev.charter.floating.installation.ServerSecret;
import dev.charter.floating.lease.CountAgain;
import dev.charter.floating.lease.InstallPool;
import dev.charter.floating.lease.Leases;
import dev.charter.floating.lease.MarkRestored;
import dev.charter.floating.node.Nodes;
import dev.charter.floating.pool.Pools;
import dev.charter.floating.seal.Seal;
import dev.charter.floating.seal.StateAltered;
import dev.charter.floating.settings.ReadSettings;
import dev.charter.floating.settings.Settings;
import dev.charter.floating.time.SteadyTime;
import dev.charter.floating.tls.ServerTls;
import dev.charter.server.settings.CannotStart;
import dev.charter.server.settings.DataFolder;
import dev.charter.server.settings.Lock;
import dev.charter.server.settings.Surroundings;
import dev.charter.store.IssuerTime;
import dev.charter.store.Store;
import dev.charter.store.StoreFault;
import dev.charter.store.StoreUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// What the server stands on, opened before anything else, so that a start that cannot succeed ends early and with a plain sentence.
record Foundation(Settings settings, DataFolder dataFolder, Store store, IssuerTime time, Seal seal, Pools pools, Leases leases, ServerTls tls, Installation installation, Optional<Nodes> nodes, SecureRandom random,
        Deque<AutoCloseable> opened)
        implements AutoCloseable {
    /// Tells other programs where the server listens.
    private static final String ADDRESS = "floating-server.address";

    /// @param machine what tells this machine from others; none: as it is read
    /// @throws CannotStart when a part of it cannot be had
    static Foundation lay(Settings settings, Surroundings surroundings, Optional<Machine> machine) {
        var random = new SecureRandom();
        var opened = new ArrayDeque<AutoCloseable>();
        try {
            var dataFolder = kept(opened, DataFolder.open(settings.data(), ReadSettings.PROGRAM, ADDRESS));
            if (settings.database() instanceof StoreUrl.SqliteFile(var file)) {
                kept(opened, Lock.take(file.resolveSibling(file.getFileName() + ".lock"), ReadSettings.PROGRAM.name(), "the database " + file, ReadSettings.PROGRAM.setting("DATABASE")));
            }
            var store = kept(opened, store(settings));
            var transactions = store.transactions();
            var secret = ServerSecret.open(dataFolder.file(ServerSecret.FILE), transactions, random);
            var seal = new Seal(secret);
            var pools = new Pools(seal);
            var leases = new Leases(seal);
            var countAgain = new CountAgain(transactions, seal, pools, leases);
            var nodes = Nodes.on(store, dataFolder.path(), secret, random, System::nanoTime);
            nodes.ifPresent(opened::push);
            var clocks = dev.charter.floating.time.Machine.thisOne(surroundings.clock());
            var time = store.issuerTime(SteadyTime.begin(transactions, clocks, () -> nodes.filter(Nodes::othersRun).isPresent(), countAgain::from));
            markRestored(dataFolder, new MarkRestored(transactions, time, pools));
            var tls = ServerTls.open(settings, dataFolder.file(ServerTls.FILE), surroundings.clock().instant(), random);
            var installation = kept(opened, Installation.open(settings, dataFolder, new InstallPool(transactions, time, pools, leases), new PoolWishes(transactions, time, pools, leases), tls.pin(), nodes, machine));
            return new Foundation(settings, dataFolder, store, time, seal, pools, leases, tls, installation, nodes, random, opened);
        } catch (StateAltered altered) {
            closeAll(opened, altered);
            throw CannotStart.notAvailable(String.valueOf(altered.getMessage()));
        } catch (Throwable fault) {
            closeAll(opened, fault);
            throw fault;
        }
    }

    private static void markRestored(DataFolder dataFolder, MarkRestored markRestored) {
        var told = dataFolder.file(MarkRestored.FILE);
        if (Files.exists(told)) {
            markRestored.handle();
            try {
                Files.delete(told);
            } catch (IOException fault) {
                throw CannotStart.notAvailable("The file " + told + " says that the database was restored, and cannot be deleted: " + fault + ".");
            }
        }
    }

    private static <T extends AutoCloseable> T kept(Deque<AutoCloseable> opened, T part) {
        opened.push(part);
        return part;
    }

    private static void closeAll(Deque<AutoCloseable> opened, Throwable because) {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception alsoFailed) {
                because.addSuppressed(alsoFailed);
            }
        }
    }

    private static Store store(Settings settings) {
        try {
            return Store.open(settings.database(), "classpath:db/floating");
        } catch (StoreFault fault) {
            var cause = fault.getCause() == null ? "" : " " + fault.getCause().getMessage();
            throw CannotStart.notAvailable("The database " + settings.database() + " cannot be used: " + fault.getMessage() + "." + cause);
        }
    }

    /// Closes what was opened, the last first. Closing again does nothing.
    @Override
    public void close() {
        var failed = new IllegalStateException("the server could not be closed whole");
        closeAll(opened, failed);
        if (failed.getSuppressed().length > 0) {
            throw failed;
        }
    }
}
