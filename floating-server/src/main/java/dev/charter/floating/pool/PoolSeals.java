package dev.charter.floating.pool;

import dev.charter.floating.seal.Seal;
import dev.charter.floating.seal.StateAltered;
import dev.charter.format.Bytes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Seals the rows of pools. What changes with every seat are a few words at the end; the usage license before them has kilobytes, stays for months, and is digested once.
final class PoolSeals {
    private record Terms(String product, long revision, Bytes document, Seal seal) {
        boolean areOf(Pool pool) {
            return pool.revision() == revision && pool.product().equals(product) && pool.document().equals(document);
        }
    }

    private final Seal seal;
    private final Map<String, Terms> terms = new ConcurrentHashMap<>();

    PoolSeals(Seal seal) {
        this.seal = seal;
    }

    byte[] over(Pool pool) {
        return of(pool).over(pool.sealed());
    }

    /// @throws StateAltered when the pool was not sealed so
    void require(byte[] sealed, Pool pool) {
        of(pool).require(sealed, "the pool " + pool.license(), pool.sealed());
    }

    private Seal of(Pool pool) {
        var known = terms.get(pool.license());
        if (known != null && known.areOf(pool)) {
            return known.seal();
        }
        var begun = seal.beginning("pool", pool.license(), pool.product(), pool.revision(), pool.document());
        terms.put(pool.license(), new Terms(pool.product(), pool.revision(), pool.document(), begun));
        return begun;
    }
}
