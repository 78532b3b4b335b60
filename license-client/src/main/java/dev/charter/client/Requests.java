package dev.charter.client;

import dev.charter.format.Bytes;
import dev.charter.format.FloatingServer;
import dev.charter.format.Host;
import dev.charter.format.LeaseKeys;
import dev.charter.format.LicenseKey;
import dev.charter.format.Payload;
import dev.charter.format.Purpose;
import dev.charter.format.SeatWish;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageLicense;
import dev.charter.format.UsageRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Makes what this host asks with. Nobody else ever sees a request, or its number, that this host could forget: both are on disk before.
final class Requests {
    /// In place of a license's ID where a new one is ordered.
    private static final String NEW = "new";

    private final Settings settings;
    private final HostFolder folder;
    private final Reckoning reckoning;
    private final Licensing licensing;

    Requests(Settings settings, HostFolder folder, Reckoning reckoning, Licensing licensing) {
        this.settings = settings;
        this.folder = folder;
        this.reckoning = reckoning;
        this.licensing = licensing;
    }

    /// For the license of that key, under the key of this host or a new one.
    Pending byKey(Purpose purpose, LicenseKey licenseKey, boolean byLetter) throws IOException {
        var key = keyToAskWith();
        var held = folder.standing().held().flatMap(Held::locator).filter(licenseKey.locator()::equals).flatMap(same -> licensing.facts().license()).map(license -> license.license().id());
        var request = request(purpose, new UsageRequest.LicenseName.ByLocator(licenseKey.locator()), key, authoritySeat(purpose), held);
        return keep(SignedDocument.sign(request, key, licenseKey), request, byLetter);
    }

    /// For a license that the host of that key holds or has held.
    Pending byHost(Purpose purpose, String license, HostKey key, boolean byLetter) throws IOException {
        var request = request(purpose, new UsageRequest.LicenseName.ById(license), key, authoritySeat(purpose), Optional.of(license));
        return keep(SignedDocument.sign(request, key), request, byLetter);
    }

    /// For a seat of a floating server's pool. It is made anew each time, so only its number is kept: the same host that asks again gets its own seat.
    Pending ofPool(Purpose purpose, String license, HostKey key, SeatChoice choice) throws IOException {
        var epoch = folder.standing().seat().filter(seat -> seat.license().filter(license::equals).isPresent()).flatMap(SeatOf::epoch);
        var wish = new SeatWish(choice.features(), choice.slot(), epoch);
        var request = request(purpose, new UsageRequest.LicenseName.ById(license), key, Optional.of(wish).filter(some -> !some.equals(SeatWish.ALL)), Optional.empty());
        folder.keep(standing -> standing.numbered(purpose, request.sequence()));
        return new Pending(SignedDocument.sign(request, key), false, reckoning.now());
    }

    /// What an order begins with. The authority answers it as an order, so only its number is kept here.
    SignedDocument ofOrder(Optional<UsageLicense> upgraded) throws IOException {
        var key = upgraded.isPresent() ? folder.key(upgraded.get().host().keys().id()).orElseThrow() : keyToAskWith();
        var request = request(Purpose.ACTIVATE, new UsageRequest.LicenseName.ById(upgraded.map(license -> license.license().id()).orElse(NEW)), key, Optional.empty(), Optional.empty());
        folder.keep(standing -> standing.numbered(Purpose.ACTIVATE, request.sequence()));
        return SignedDocument.sign(request, key);
    }

    Host host(HostKey key) {
        return new Host(key.keys(), settings.hostName(), licensing.machineMarks());
    }

    /// A host that is behind, fenced, damaged or on another machine asks as a new one. The old key stays until the new license is in.
    /// So does one whose release may still be on its way to the authority: what arrives later, and frees the activation of the old key, must not free one that is in use.
    HostKey keyToAskWith() throws IOException {
        var current = folder.currentKey();
        var state = licensing.snapshot().withoutTrial();
        boolean released = folder.tombstones().stream()
                .anyMatch(buried -> !buried.settled() && buried.lease().isEmpty() && current.filter(key -> key.keys().equals(buried.content().hostKeys())).isPresent());
        boolean fresh = released || folder.standing().behind() || state instanceof LicenseState.Fenced || state instanceof LicenseState.OtherMachine;
        if (current.isPresent() && !fresh) {
            return current.get();
        }
        var next = folder.nextKey();
        if (next.isPresent()) {
            return next.get();
        }
        var made = HostKey.generate(settings.random());
        folder.addKey(made);
        return made;
    }

    /// @param telling the license of which it tells the vendor what was done without asking
    private UsageRequest request(Purpose purpose, UsageRequest.LicenseName license, HostKey key, Optional<SeatWish> seat, Optional<String> telling) {
        var madeAt = reckoning.now();
        var wish = purpose == Purpose.ACTIVATE || purpose == Purpose.REFRESH ? settings.floatingServer().map(Supplier::get) : Optional.<PoolWish>empty();
        return new UsageRequest(List.of(Payload.FORMAT), purpose, settings.product(), license, host(key), folder.standing().sequence(purpose) + 1, madeAt, settings.nonce(), seat,
                wish.map(wanted -> server(wanted, madeAt)), telling.flatMap(of -> folder.standing().selfHelp(of, wish.flatMap(PoolWish::helped))));
    }

    private FloatingServer server(PoolWish wish, Instant madeAt) {
        return new FloatingServer(wish.seats(), folder.leaseKey().map(LeaseKey::keys).orElse(LeaseKeys.NONE), wish.tls(), wish.surplusRuns().map(runs -> PoolWish.ended(madeAt, runs)));
    }

    private Optional<SeatWish> authoritySeat(Purpose purpose) {
        if (purpose != Purpose.ACQUIRE && purpose != Purpose.RENEW) {
            return Optional.empty();
        }
        Optional<Bytes> epoch = licensing.facts().license().flatMap(UsageLicense::epoch);
        return Optional.of(new SeatWish(List.of(), settings.seats().slot(), epoch)).filter(wish -> !wish.equals(SeatWish.ALL));
    }

    private Pending keep(SignedDocument signed, UsageRequest request, boolean byLetter) throws IOException {
        var pending = new Pending(signed, byLetter, reckoning.now());
        folder.keep(standing -> standing.asking(request.purpose(), pending, request.sequence()));
        return pending;
    }
}
