package dev.charter.client;

import dev.charter.format.DocumentRejected;
import dev.charter.format.Entitlement;
import dev.charter.format.Flaw;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageLicense;
import dev.charter.format.Verifier;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Looks at what floating servers have, before a seat is taken. Nothing is shown as a pool that the product's vendor does not vouch for.
final class LookAtPools {
    private final Settings settings;
    private final Verifier verifier;

    LookAtPools(Settings settings, Verifier verifier) {
        this.settings = settings;
        this.verifier = verifier;
    }

    List<PoolLook> at(List<URI> servers) {
        return new SeatChoice(servers, List.of(), Optional.empty()).servers().stream().map(this::look).toList();
    }

    private PoolLook look(URI server) {
        var link = settings.links().to(server);
        var told = PoolList.of(server, link.pools(), settings.product());
        if (told instanceof PoolList.Nothing none) {
            return new PoolLook(server, false, false, Optional.of(none.reason()), List.of());
        }
        var pools = new ArrayList<PoolLook.Pool>();
        var faults = new ArrayList<String>();
        for (var entry : ((PoolList.Told) told).pools()) {
            var reply = link.pool(entry.license());
            if (reply instanceof Transport.Reply.Answered answer) {
                try {
                    pools.add(vouchedFor(entry, answer.document()));
                } catch (DocumentRejected foreign) {
                    faults.add("The vendor of this product does not vouch for a pool of the floating server at " + server + ". " + foreign.getMessage());
                }
            } else {
                faults.add(((Transport.Reply.Unreachable) reply).reason());
            }
        }
        if (pools.isEmpty() && faults.isEmpty()) {
            faults.add("The floating server at " + server + " has no pool of " + settings.product() + ". Ask its administrator, or choose another server.");
        }
        return new PoolLook(server, true, !pools.isEmpty(), faults.stream().findFirst(), pools);
    }

    private PoolLook.Pool vouchedFor(PoolList.Entry entry, byte[] document) {
        var license = verifier.usageLicense(SignedDocument.read(document)).content();
        var pool = license.pool().filter(of -> license.license().id().equals(entry.license()) && license.product().equals(settings.product()))
                .orElseThrow(() -> new DocumentRejected(Flaw.BEYOND_POOL, "It shows another license than the one of its pool."));
        return new PoolLook.Pool(entry.license(), pool.seats(), Math.min(entry.free(), pool.seats()), license.license().term().until(), features(license, entry));
    }

    private static List<PoolLook.Feature> features(UsageLicense license, PoolList.Entry entry) {
        return license.entitlements().stream().filter(Entitlement.Feature.class::isInstance).map(held -> ((Entitlement.Feature) held).name())
                .map(name -> new PoolLook.Feature(name, entry.limited().containsKey(name) ? OptionalLong.of(entry.limited().get(name)) : OptionalLong.empty())).toList();
    }
}
