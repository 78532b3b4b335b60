package dev.charter.floating.protocol;

import dev.charter.client.LeaseSigner;
import dev.charter.floating.installation.Installation;
import dev.charter.floating.lease.Grant;
import dev.charter.floating.lease.SignLeases;
import dev.charter.floating.pool.Pool;
import dev.charter.floating.pool.Pools;
import dev.charter.format.Bytes;
import dev.charter.format.Entitlement;
import dev.charter.format.Payload;
import dev.charter.format.Refusal;
import dev.charter.format.Release;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageLicense;
import dev.charter.server.web.HttpProblem;
import dev.charter.server.web.Rejected;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Signs with the key of this server's host, for which the pool's usage license vouches and which it carries along.
public final class SignWithHostKey implements SignLeases {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);
    private final Installation installation;
    private final Pools pools;
    private final Map<String, Written> written = new ConcurrentHashMap<>();

    public SignWithHostKey(Installation installation, Pools pools) {
        this.installation = installation;
        this.pools = pools;
    }

    @Override
    public Bytes lease(Grant grant) {
        var pool = pools.licensed(grant.pool()).license();
        var asked = grant.asked().request();
        var entitlements = new ArrayList<Entitlement>();
        for (var held : pool.entitlements()) {
            if (!(held instanceof Entitlement.Feature feature) || grant.features().contains(feature.name())) {
                entitlements.add(held);
            }
        }
        if (entitlements.isEmpty()) {
            throw Rejected.because(HttpProblem.UNAVAILABLE, "The pool holds nothing any longer of what this lease grants. Ask for a seat again.");
        }
        var lease = new UsageLicense(grant.usageLicense(), grant.at().truncatedTo(ChronoUnit.SECONDS), pool.product(), pool.customer(), pool.license(), asked.host(),
                Math.min(pool.factorsRequired(), asked.host().fingerprint().factors().size()), grant.asked().digest(), asked.sequence(), entitlements, Optional.empty(),
                Optional.of(pool.pool().orElseThrow().profile()), Optional.empty(), Optional.of(grant.epoch()));
        return sign(grant.pool(), lease);
    }

    @Override
    public Bytes acknowledgement(Pool pool, SignedDocument release) {
        return sign(pool, Release.read(release.payload()));
    }

    @Override
    public Bytes refusal(Pool pool, Refusal refusal) {
        return sign(pool, refusal);
    }

    private Bytes sign(Pool pool, Payload payload) {
        return Bytes.of(signer(pool).sign(payload).toBytes());
    }

    /// The signature stands only beside the usage license that the pool was decided by.
    private LeaseSigner signer(Pool pool) {
        return installation.signer(pool.product()).filter(signer -> bytes(pool.license(), signer.pool()).equals(pool.document())).orElseThrow(() -> Rejected.until(HttpProblem.UNAVAILABLE, RETRY_AFTER,
                "This floating server has no license in force for " + pool.product() + " on this machine. Its administrator has to install one."));
    }

    private record Written(SignedDocument document, Bytes bytes) {}

    /// The license that the host holds stays the same object until another one comes; it is written once.
    private Bytes bytes(String license, SignedDocument document) {
        var known = written.get(license);
        if (known != null && known.document == document) {
            return known.bytes;
        }
        var bytes = Bytes.of(document.toBytes());
        written.put(license, new Written(document, bytes));
        return bytes;
    }
}
