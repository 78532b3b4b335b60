package dev.charter.floating.testing;

import dev.charter.floating.identity.Identifiers;
import dev.charter.floating.lease.Grant;
import dev.charter.floating.lease.InstallPool;
import dev.charter.floating.lease.LeaseSeats;
import dev.charter.floating.lease.Leases;
import dev.charter.floating.lease.Queue;
import dev.charter.floating.lease.SignLeases;
import dev.charter.floating.pool.Pool;
import dev.charter.floating.pool.Pools;
import dev.charter.floating.seal.Seal;
import dev.charter.format.Bytes;
import dev.charter.format.Refusal;
import dev.charter.format.SignedDocument;
import dev.charter.store.Store;
import dev.charter.store.Transactions;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Pools and leases on a real store, with a signature that costs nothing and tells what was signed.
public final class TestSeats implements SignLeases {
    private static final Bytes SECRET = Bytes.of(new byte[32]);

    public final Transactions transactions;
    public final InstantSource time;
    public final Seal seal = new Seal(SECRET);
    public final Pools pools = new Pools(seal);
    public final Leases leases = new Leases(seal);
    public final Queue queue = new Queue();
    public final LeaseSeats seats;
    private final Map<Bytes, Grant> granted = new ConcurrentHashMap<>();
    private final AtomicLong signatures = new AtomicLong();

    public TestSeats(Store store, InstantSource time) {
        this.transactions = store.transactions();
        this.time = time;
        this.seats = new LeaseSeats(transactions, time, seal, pools, leases, this, new Identifiers(new Random()));
    }

    public TestSeats with(TestPool pool) {
        new InstallPool(transactions, time, pools, leases).handle(pool.terms());
        return this;
    }

    @Override
    public Bytes lease(Grant grant) {
        // As a randomised signature: never the same bytes twice.
        var document = bytes("lease " + grant.usageLicense() + " " + signatures.incrementAndGet());
        granted.put(document, grant);
        return document;
    }

    @Override
    public Bytes acknowledgement(Pool pool, SignedDocument release) {
        return bytes("acknowledged " + release.digest() + " " + signatures.incrementAndGet());
    }

    @Override
    public Bytes refusal(Pool pool, Refusal refusal) {
        return Bytes.of(refusal.toBytes());
    }

    /// What another one on the same store has signed before.
    public void remember(TestSeats before) {
        granted.putAll(before.granted);
        signatures.set(before.signatures.get());
    }

    /// What was granted in those bytes.
    public Grant granted(Bytes document) {
        var grant = granted.get(document);
        if (grant == null) {
            throw new AssertionError("nobody signed this");
        }
        return grant;
    }

    public Pool pool(String license) {
        return transactions.reading(sql -> pools.find(sql, license)).orElseThrow();
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
