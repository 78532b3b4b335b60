package dev.charter.floating.protocol;

import dev.charter.floating.pool.Pool;
import dev.charter.floating.pool.Pools;
import dev.charter.server.web.DocumentServlet;
import dev.charter.server.web.Rejected;
import dev.charter.store.IssuerTime;
import dev.charter.store.Transactions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Tells products what they may ask for. Nothing of it need be believed: a lease is verified.
@RestController
@RequestMapping("/v1/pools")
class PoolResource {

    /// @param license the ID by which a request names the pool
    /// @param free seats that nobody holds
    /// @param until when the license ends; absent: never
    record PoolView(String license, String product, List<String> features, long seats, long free, Optional<Instant> until) {}

    private final Transactions transactions;
    private final Pools pools;
    private final IssuerTime time;

    PoolResource(Transactions transactions, Pools pools, IssuerTime time) {
        this.transactions = transactions;
        this.pools = pools;
        this.time = time;
    }

    @GetMapping
    List<PoolView> pools() {
        var now = time.instant();
        return transactions.reading(sql -> pools.all(sql).stream().map(pool -> view(pool, pool.renewsOnly(now) || pool.standing().givenUp() || pool.isOver(now) ? 0 : Math.max(0, pool.capacity(now) - pools.held(sql, pool.license(), now)))).toList());
    }

    /// The usage license of a pool, by which whoever wants to take a seat verifies beforehand that the vendor vouches for it.
    @GetMapping("/{license}")
    ResponseEntity<byte[]> pool(@PathVariable String license) {
        var found = transactions.reading(sql -> pools.find(sql, license)).orElseThrow(() -> Rejected.unknown("There is no pool of this license on this floating server. GET /v1/pools tells which there are."));
        return ResponseEntity.ok().contentType(MediaType.parseMediaType(DocumentServlet.DOCUMENT)).body(found.document().toArray());
    }

    private PoolView view(Pool pool, long free) {
        return new PoolView(pool.license(), pool.product(), pools.licensed(pool).terms().features(), pool.seats(), free, pool.until());
    }
}
