package dev.charter.floating.node;

import dev.charter.client.Disk;
import dev.charter.client.Machine;
import dev.charter.format.Bytes;
import dev.charter.server.settings.CannotStart;
import dev.charter.store.Engine;
import dev.charter.store.Store;
import dev.charter.store.StoreFault;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This node among those that share one PostgreSQL. All of them are one host and sign alike; one of them, the keeper, changes the host's files and talks to the vendor. Where the keeper is gone for
/// [#LONGEST_SILENCE], another one takes its place.
public final class Nodes implements AutoCloseable {
    /// How long the keeper may say nothing.
    public static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);
    static final Duration BEAT = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(Nodes.class);
    private static final int NAME_LENGTH = 12;

    private final Keeper keeper;
    private final HostFiles files;
    private final LongSupplier nanos;
    private final Optional<Machine> machine;
    private final ScheduledExecutorService beating = Executors.newSingleThreadScheduledExecutor(task -> Thread.ofVirtual().name("nodes").unstarted(task));
    private Keeper.Seen seen;
    private long seenAt;
    private boolean toTell;
    private volatile boolean keeps;

    private Nodes(Keeper keeper, HostFiles files, LongSupplier nanos, Optional<Machine> machine) {
        this.keeper = keeper;
        this.files = files;
        this.nanos = nanos;
        this.machine = machine;
        this.seen = keeper.look();
        this.seenAt = nanos.getAsLong();
        this.keeps = seen.keeper().isEmpty() && keeper.takeOver(seen);
        awaitFirstFiles();
    }

    /// On a new database the keeper makes the host's key. Another node that starts at the same time reads it then.
    private void awaitFirstFiles() {
        long until = nanos.getAsLong() + 3 * LONGEST_SILENCE.toNanos();
        while (!keeps && keeper.look().files() == 0) {
            if (nanos.getAsLong() > until) {
                throw CannotStart.notAvailable("Another node of this server, which keeps its license, has not made the host's key yet. Start this one again when that one runs.");
            }
            LockSupport.parkNanos(BEAT.toNanos() / 8);
            look();
        }
    }

    /// Empty on SQLite, which has one node: its host's files lie in its data folder.
    ///
    /// @param secret under which the files are encrypted, the same for all nodes
    /// @param nanos a clock that only goes forward
    public static Optional<Nodes> on(Store store, Path data, Bytes secret, SecureRandom random, LongSupplier nanos) {
        if (store.engine() != Engine.POSTGRESQL) {
            return Optional.empty();
        }
        var name = new byte[NAME_LENGTH];
        random.nextBytes(name);
        var keeper = new Keeper(store.transactions(), HexFormat.of().formatHex(name));
        return Optional.of(new Nodes(keeper, new HostFiles(store.transactions(), keeper, new FileCipher(secret, random), data), nanos, DatabaseMachine.of(store.transactions())));
    }

    /// Where the host's files lie.
    public Disk disk() {
        return files;
    }

    /// What tells the database, and so all nodes on it, from others; empty where it does not say so, and then each node is told by its own machine.
    public Optional<Machine> machine() {
        return machine;
    }

    /// Whether this node may change the host's files.
    public boolean keeps() {
        return keeps;
    }

    /// Whether another node keeps the license and lives. Where one seems to, its beat is waited for.
    public boolean othersRun() {
        if (keeps) {
            return false;
        }
        var before = keeper.look();
        long until = nanos.getAsLong() + 3 * BEAT.toNanos();
        while (nanos.getAsLong() < until) {
            if (keeper.look().beat() != before.beat()) {
                return true;
            }
            LockSupport.parkNanos(BEAT.toNanos() / 8);
        }
        return false;
    }

    /// Begins to beat, or to listen to the keeper's beat.
    ///
    /// @param changed called when this node has become the keeper or is it no longer, and on other nodes when the keeper has changed the files
    public void begin(Runnable changed) {
        beating.scheduleWithFixedDelay(() -> {
            try {
                toTell |= look();
                if (toTell) {
                    changed.run();
                    toTell = false; // what failed is told again
                }
            } catch (StoreFault databaseAway) {
                LOG.warn("the database does not answer: {}", databaseAway.getMessage());
            } catch (RuntimeException fault) {
                LOG.error("this node could not follow the others", fault);
            }
        }, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Whether something has changed for this node.
    boolean look() {
        if (keeps) {
            keeps = keeper.beats();
            if (!keeps) {
                LOG.warn("another node has taken over the license");
                remember(keeper.look());
            }
            return !keeps;
        }
        var now = keeper.look();
        boolean silent = now.beat() == seen.beat() && nanos.getAsLong() - seenAt >= LONGEST_SILENCE.toNanos();
        if ((silent || now.keeper().isEmpty()) && keeper.takeOver(now)) {
            keeps = true;
            LOG.info("this node keeps the license now");
            return true;
        }
        boolean changed = now.files() != seen.files();
        if (now.beat() != seen.beat()) {
            remember(now);
        }
        return changed;
    }

    private void remember(Keeper.Seen now) {
        seen = now;
        seenAt = nanos.getAsLong();
    }

    @Override
    public void close() {
        beating.shutdownNow();
        if (keeps) {
            keeps = false;
            try {
                keeper.letGo();
            } catch (StoreFault databaseAway) {
                LOG.warn("the license was not let go: {}", databaseAway.getMessage()); // another node takes it over by itself
            }
        }
    }
}
