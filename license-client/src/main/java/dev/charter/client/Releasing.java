package dev.charter.client;

import dev.charter.format.DocumentKind;
import dev.charter.format.DocumentRejected;
import dev.charter.format.Refusal;
import dev.charter.format.Release;
import dev.charter.format.SelfHelp;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageLicense;
import dev.charter.format.Verifier;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/// Giving a license back. The release is on disk before the license is deleted, and is sent after, again and again until it is answered.
/// One thread at a time, as [Exchange] sees to.
final class Releasing {
    private static final System.Logger LOG = System.getLogger(LicenseClient.class.getName());

    private final Settings settings;
    private final HostFolder folder;
    private final Verifier verifier;
    private final Reckoning reckoning;
    private final Licensing licensing;
    private final Schedule schedule;
    /// Why the newest release was not answered.
    private Optional<Transport.Reply.Unreachable> notReached = Optional.empty();

    Releasing(Settings settings, HostFolder folder, Verifier verifier, Reckoning reckoning, Licensing licensing, Schedule schedule) {
        this.settings = settings;
        this.folder = folder;
        this.verifier = verifier;
        this.reckoning = reckoning;
        this.licensing = licensing;
        this.schedule = schedule;
    }

    Deactivation release() throws IOException {
        licensing.machineMarks();
        var state = licensing.snapshot().withoutTrial();
        var buried = licensing.facts().tombstone();
        if (state instanceof LicenseState.Released && buried.isPresent()) {
            folder.rebury();
            return deleteAndSend(buried.get());
        }
        var standsAgainst = standsAgainstReleasing(state);
        if (standsAgainst.isPresent()) {
            return new Deactivation.NotPossible(standsAgainst.get());
        }
        var license = licensing.facts().license().orElseThrow();
        return deleteAndSend(bury(license, false, place(license)));
    }

    /// Gives a seat back, if there is one, because the product stops.
    void releaseAtStop() throws IOException {
        var lease = licensing.facts().license().filter(license -> license.lease().isPresent());
        if (lease.isPresent() && licensing.facts().tombstone().isEmpty() && standsAgainstReleasing(licensing.snapshot().withoutTrial()).isEmpty()) {
            deleteAndSend(bury(lease.get(), true, place(lease.get())));
        }
    }

    /// Where the license that is held goes back to; none: to the authority.
    Optional<Tombstone.OfServer> place(UsageLicense license) {
        var standing = folder.standing();
        return license.lease().filter(lease -> standing.holdsFloating()).flatMap(lease -> standing.seat().flatMap(SeatOf::server)
                .map(server -> new Tombstone.OfServer(server, standing.held().map(Held::askedAt).orElseGet(reckoning::now).plus(lease.end()))));
    }

    /// Gives back a seat that this host holds no longer, since it has another one now.
    void releaseFormer(UsageLicense lease, Tombstone.OfServer place) throws IOException {
        bury(lease, true, Optional.of(place));
    }

    /// Sends what goes to floating servers; returns why a server was not reached. What has ended meanwhile need not be sent any more.
    Optional<Transport.Reply.Unreachable> sendToServers() throws IOException {
        Optional<Transport.Reply.Unreachable> fault = Optional.empty();
        for (var tombstone : folder.tombstones()) {
            if (tombstone.settled() || tombstone.lease().isEmpty()) {
                continue;
            }
            if (tombstone.lease().filter(of -> !reckoning.now().isBefore(of.endsAt())).isPresent()) {
                folder.bury(tombstone.settled(false));
            } else {
                send(tombstone);
                fault = fault.or(() -> notReached);
            }
        }
        return fault;
    }

    boolean waitsForServers() {
        return folder.tombstones().stream().anyMatch(tombstone -> !tombstone.settled() && tombstone.lease().isPresent());
    }

    /// Deletes and sends what could not be deleted or sent before. Whether the authority, where it was turned to, answered.
    boolean catchUp() {
        deleteReleased();
        return sendWhatWaits();
    }

    /// Whether the authority, where it was turned to, answered.
    boolean sendWhatWaits() {
        for (var tombstone : folder.tombstones()) {
            if (!tombstone.settled() && tombstone.lease().isEmpty() && send(tombstone).isPresent() && schedule.unreachable().isPresent()) {
                return false;
            }
        }
        return true;
    }

    private Optional<String> standsAgainstReleasing(LicenseState state) {
        if (licensing.facts().license().isEmpty() || state instanceof LicenseState.Damaged) {
            return Optional.of("There is no license here that could be given back.");
        }
        if (state instanceof LicenseState.OtherMachine) {
            return Optional.of("This license belongs to another machine, and only that machine can give it back. Report the old machine lost if it is gone.");
        }
        if (state instanceof LicenseState.Fenced) {
            return Optional.of("This activation was released or taken over already; there is nothing to give back.");
        }
        if (folder.standing().behind()) {
            // Its release would carry the signature of the host that it is a copy of, and stop that one.
            return Optional.of("This host is a copy of another one, or was restored. Activate it again with the license key; after that it can be deactivated.");
        }
        return Optional.empty();
    }

    private Tombstone bury(UsageLicense license, boolean atStop, Optional<Tombstone.OfServer> place) throws IOException {
        var key = folder.key(license.host().keys().id()).orElseThrow();
        var now = reckoning.now();
        var pool = settings.floatingServer().map(Supplier::get);
        var release = new Release(settings.product(), license.license().id(), license.id(), key.keys(), now, settings.nonce(), pool.flatMap(PoolWish::leasesRun).map(runs -> PoolWish.ended(now, runs)));
        // A lease goes back to its floating server, and not to the vendor, who is the one to be told.
        var told = place.isPresent() ? Optional.<SelfHelp>empty() : folder.standing().selfHelp(license.license().id(), pool.flatMap(PoolWish::helped));
        var tombstone = new Tombstone(SignedDocument.sign(release, key, told), false, false, atStop, place);
        folder.bury(tombstone);
        return tombstone;
    }

    private Deactivation deleteAndSend(Tombstone tombstone) {
        deleteReleased();
        licensing.changed();
        if (tombstone.settled()) {
            return new Deactivation.Deactivated(tombstone.release(), tombstone.acknowledged(), Optional.empty());
        }
        var fault = send(tombstone);
        return new Deactivation.Deactivated(tombstone.release(), fault.isEmpty(), fault);
    }

    /// The tombstone alone keeps the license dead, so a disk that is full now only delays this.
    private void deleteReleased() {
        var standing = folder.standing();
        if (standing.held().isEmpty() || licensing.facts().tombstone().isEmpty() && tombstoneOf(standing.held().get()).isEmpty()) {
            return;
        }
        try {
            boolean atStop = tombstoneOf(standing.held().get()).filter(Tombstone::atStop).isPresent();
            folder.keep(atStop ? Standing::stopped : Standing::holdingNothing);
        } catch (IOException full) {
            LOG.log(System.Logger.Level.WARNING, "A license that was given back cannot be deleted yet; it is tried again", full);
        }
    }

    private Optional<Tombstone> tombstoneOf(Held held) {
        var given = UsageLicense.read(held.document().payload());
        return folder.tombstones().stream().filter(tombstone -> tombstone.buries(given)).findFirst();
    }

    /// Sends a release; returns why it is not acknowledged.
    private Optional<String> send(Tombstone tombstone) {
        notReached = Optional.empty();
        var way = tombstone.lease().<Transport>map(of -> settings.links().to(of.server())).orElse(settings.transport());
        var reply = way.post(DocumentKind.RELEASE, tombstone.release().toBytes());
        if (reply instanceof Transport.Reply.Unreachable none) {
            return failed(tombstone, none);
        }
        try {
            var refused = settle(tombstone, SignedDocument.read(((Transport.Reply.Answered) reply).document()));
            if (tombstone.lease().isEmpty()) {
                schedule.answered();
            }
            return refused.map(Refusal::message);
        } catch (DocumentRejected unsigned) {
            var who = tombstone.lease().map(of -> "What answered at " + of.server() + " is no floating server of this product's vendor. ").orElse("What answered is not the authority of this product's vendor. ");
            return failed(tombstone, new Transport.Reply.Unreachable(who + unsigned.getMessage(), Optional.empty()));
        } catch (IOException full) {
            return failed(tombstone, new Transport.Reply.Unreachable(folder.cannotWrite(full), Optional.empty()));
        } finally {
            licensing.changed();
        }
    }

    /// The answer to a release, as a person brought it.
    Activation take(Tombstone tombstone, SignedDocument answer) throws IOException {
        try {
            var refused = settle(tombstone, answer);
            return refused.<Activation>map(no -> new Activation.Refused(no.code(), no.message())).orElseGet(() -> new Activation.Acknowledged(tombstone.content().license()));
        } catch (DocumentRejected rejected) {
            return new Activation.NotPossible(String.valueOf(rejected.getMessage()));
        }
    }

    /// From here on it is not sent again; returns the refusal, where it is one. What was acknowledged stays so.
    private Optional<Refusal> settle(Tombstone tombstone, SignedDocument answer) throws IOException {
        Optional<Refusal> refused = Optional.empty();
        boolean ofServer = answer.pool().isPresent();
        if (answer.claimedKind() == DocumentKind.REFUSAL) {
            refused = Optional.of((ofServer ? verifier.leaseRefusalOfRelease(answer, tombstone.release()) : verifier.refusal(answer, tombstone.release().digest())).content());
        } else if (ofServer) {
            verifier.leaseAcknowledgement(answer, tombstone.release());
        } else {
            verifier.acknowledgement(answer, tombstone.release());
        }
        folder.bury(tombstone.settled(refused.isEmpty() || tombstone.acknowledged()));
        return refused;
    }

    private Optional<String> failed(Tombstone tombstone, Transport.Reply.Unreachable why) {
        notReached = Optional.of(why);
        if (tombstone.lease().isEmpty()) {
            schedule.failed(why.reason(), why.retryAfter());
        }
        return Optional.of(why.reason());
    }
}
