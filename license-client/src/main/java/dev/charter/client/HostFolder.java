package dev.charter.client;

import dev.charter.format.DocumentRejected;
import dev.charter.format.KeyId;
import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonWriter;
import dev.charter.format.json.MalformedJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// The folder that makes an installation a host: `host-key`, `license` (its [Standing]), `released` (its [Tombstone]s), `orders` and `time`, each in two copies; on a floating
/// server `lease-key` as well, where its leases need a second signature.
/// What it shows is what is on disk: a change shows after it is durable, and where writing fails the disk is read again.
final class HostFolder implements AutoCloseable {
    /// A host that was released more often has the oldest ones acknowledged long since.
    private static final int MOST_TOMBSTONES = 32;

    private final Path home;
    private final Optional<HomeLock> lock;
    private final TwoCopies keyFiles;
    private final TwoCopies leaseKeyFiles;
    private final TwoCopies standingFiles;
    private final TwoCopies tombstoneFiles;
    private final TwoCopies orderFiles;
    private final TwoCopies timeFiles;
    private final Notices notices;
    private volatile List<HostKey> keys = List.of();
    private volatile Optional<LeaseKey> leaseKey = Optional.empty();
    private volatile Standing standing = Standing.NEW;
    private volatile List<Tombstone> tombstones = List.of();
    private volatile List<HeldOrder> orders = List.of();
    private boolean keysLost;
    private boolean closed;
    private Optional<Instant> latestTime = Optional.empty();

    private HostFolder(Path home, Disk disk, Notices notices, Optional<HomeLock> lock) {
        this.home = home;
        this.notices = notices;
        this.lock = lock;
        keyFiles = new TwoCopies(disk, home, "host-key", notices::add);
        leaseKeyFiles = new TwoCopies(disk, home, "lease-key", notices::add);
        standingFiles = new TwoCopies(disk, home, "license", notices::add);
        tombstoneFiles = new TwoCopies(disk, home, "released", notices::add);
        orderFiles = new TwoCopies(disk, home, "orders", notices::add);
        timeFiles = new TwoCopies(disk, home, "time", notices::add);
    }

    static HostFolder open(Settings settings, Notices notices) {
        try {
            FileDisk.makeFolder(settings.home());
            var folder = new HostFolder(settings.home(), settings.disk(), notices, lock(settings, notices));
            try {
                folder.readAll();
                return folder;
            } catch (IOException | RuntimeException fault) {
                folder.close();
                throw fault;
            }
        } catch (IOException unusable) {
            throw new UncheckedIOException("The folder " + settings.home() + " cannot be used: " + unusable, unusable);
        }
    }

    /// A folder that can be read but not written still licenses its product: a disk that fails must not stop a plant.
    private static Optional<HomeLock> lock(Settings settings, Notices notices) {
        try {
            return Optional.of(HomeLock.take(settings.home(), settings.lockWait()));
        } catch (IOException readOnly) {
            notices.add("The folder " + settings.home() + " cannot be written: " + readOnly + ". The license is used as it is; nothing can change.");
            return Optional.empty();
        }
    }

    private void readAll() throws IOException {
        readKeys();
        readLeaseKey();
        readStanding();
        readTombstones();
        readOrders();
        latestTime = read(timeFiles, json -> Optional.of(json.instant("latest")), Optional::<Instant>empty, Optional::<Instant>empty);
    }

    private void readKeys() throws IOException {
        keys = read(keyFiles, json -> json.objects("keys").stream().map(HostKey::fromJson).toList(), List::of, () -> {
            keysLost = true;
            return List.of();
        });
    }

    private void readLeaseKey() throws IOException {
        leaseKey = read(leaseKeyFiles, json -> Optional.of(LeaseKey.fromJson(json)), Optional::<LeaseKey>empty, Optional::<LeaseKey>empty);
    }

    private void readStanding() throws IOException {
        standing = read(standingFiles, json -> Standing.read(JsonWriter.bytes(json)), () -> Standing.NEW, () -> Standing.NEW.damaged(
                "Both copies of the license on this machine are damaged; they are kept beside it. Activate this host again with its license key."));
    }

    private void readTombstones() throws IOException {
        tombstones = read(tombstoneFiles, json -> json.objects("releases").stream().map(Tombstone::fromJson).toList(), List::of, List::of);
    }

    private void readOrders() throws IOException {
        orders = read(orderFiles, json -> json.objects("orders").stream().map(HeldOrder::fromJson).toList(), List::of, List::of);
    }

    private <T> T read(TwoCopies files, Function<JsonObject, ? extends T> content, Supplier<? extends T> nothing, Supplier<? extends T> lost) throws IOException {
        var found = files.read();
        if (found instanceof TwoCopies.Found.Whole whole) {
            try {
                return content.apply(JsonReader.object(whole.content()));
            } catch (MalformedJson | IllegalArgumentException | DocumentRejected foreign) {
                // Its checksum holds, so it was written so: by a newer release, or by hand.
                notices.add("The file " + files.file(1) + " holds something that this release cannot read: " + foreign.getMessage() + ".");
                return lost.get();
            }
        }
        return found instanceof TwoCopies.Found.Nothing ? nothing.get() : lost.get();
    }

    Standing standing() {
        return standing;
    }

    List<Tombstone> tombstones() {
        return tombstones;
    }

    /// What was ordered here and was not dismissed, the oldest first.
    List<HeldOrder> orders() {
        return orders;
    }

    Optional<Instant> latestTime() {
        return latestTime;
    }

    /// Whether there were keys once and none can be read any more.
    boolean keysLost() {
        return keysLost;
    }

    Optional<HostKey> key(KeyId id) {
        for (var key : keys) {
            if (key.keys().id().equals(id)) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    /// The second key of a floating server; none where it was never needed, or was lost.
    Optional<LeaseKey> leaseKey() {
        return leaseKey;
    }

    synchronized void keepLeaseKey(LeaseKey key) throws IOException {
        refuseIfClosed();
        try {
            leaseKeyFiles.write(JsonWriter.bytes(key.toJsonWithPrivateKey()));
            leaseKey = Optional.of(key);
        } catch (IOException failed) {
            readLeaseKey();
            throw failed;
        }
    }

    /// The key under which this host is known; none after it was lost.
    Optional<HostKey> currentKey() {
        return standing.hostKey().isPresent() ? key(standing.hostKey().get()) : keys.stream().findFirst();
    }

    /// A key made to take the current one's place, which it does when a license for it is installed.
    Optional<HostKey> nextKey() {
        var current = currentKey();
        return keys.isEmpty() ? Optional.empty() : Optional.of(keys.get(keys.size() - 1)).filter(last -> current.filter(last::equals).isEmpty());
    }

    synchronized void addKey(HostKey key) throws IOException {
        var more = new ArrayList<>(keys);
        more.add(key);
        writeKeys(more);
        keysLost = false;
    }

    /// Keeps the key under which this host is known, and those named.
    synchronized void keepOnlyKeys(Set<KeyId> named) throws IOException {
        var current = currentKey();
        var kept = keys.stream().filter(key -> named.contains(key.keys().id()) || current.filter(key::equals).isPresent()).toList();
        if (kept.size() < keys.size()) {
            writeKeys(kept);
        }
    }

    synchronized void dropKey(KeyId id) throws IOException {
        writeKeys(keys.stream().filter(key -> !key.keys().id().equals(id)).toList());
    }

    private void writeKeys(List<HostKey> more) throws IOException {
        refuseIfClosed();
        var json = new JsonWriter().putObjects("keys", more.stream().map(HostKey::toJsonWithPrivateKey).toList()).object();
        try {
            keyFiles.write(JsonWriter.bytes(json));
            keys = List.copyOf(more);
        } catch (IOException failed) {
            readKeys();
            throw failed;
        }
    }

    /// One change, durable when it returns.
    synchronized Standing keep(UnaryOperator<Standing> change) throws IOException {
        refuseIfClosed();
        var changed = change.apply(standing);
        if (changed.equals(standing)) {
            return standing;
        }
        try {
            standingFiles.write(changed.toBytes());
            standing = changed;
            return changed;
        } catch (IOException failed) {
            readStanding();
            throw failed;
        }
    }

    /// Durable in both copies when it returns.
    synchronized void bury(Tombstone tombstone) throws IOException {
        var all = new ArrayList<>(tombstones);
        all.removeIf(other -> other.release().equals(tombstone.release()));
        all.add(tombstone);
        writeTombstones(all.subList(Math.max(0, all.size() - MOST_TOMBSTONES), all.size()));
    }

    /// Writes them once more, where only one copy could be written before.
    synchronized void rebury() throws IOException {
        writeTombstones(tombstones);
    }

    private void writeTombstones(List<Tombstone> all) throws IOException {
        refuseIfClosed();
        var json = new JsonWriter().putObjects("releases", all.stream().map(Tombstone::toJson).toList()).object();
        try {
            tombstoneFiles.write(JsonWriter.bytes(json));
            tombstones = List.copyOf(all);
        } catch (IOException failed) {
            readTombstones();
            throw failed;
        }
    }

    /// Durable in both copies when it returns.
    synchronized void keepOrders(List<HeldOrder> all) throws IOException {
        refuseIfClosed();
        try {
            orderFiles.write(JsonWriter.bytes(new JsonWriter().putObjects("orders", all.stream().map(HeldOrder::toJson).toList()).object()));
            orders = List.copyOf(all);
        } catch (IOException failed) {
            readOrders();
            throw failed;
        }
    }

    synchronized void keepTime(Instant latest) throws IOException {
        refuseIfClosed();
        timeFiles.write(JsonWriter.bytes(new JsonWriter().put("latest", latest).object()));
        latestTime = Optional.of(latest);
    }

    /// What a person is told about it.
    String cannotWrite(IOException fault) {
        return "The folder " + home + " cannot be written, so nothing was changed. Make room or give the right to write, and try again. (" + fault + ")";
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /// From here on another program may have the folder.
    private void refuseIfClosed() throws IOException {
        if (closed) {
            throw new IOException("the client is closed");
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (lock.isPresent()) {
            lock.get().close();
        }
    }
}
