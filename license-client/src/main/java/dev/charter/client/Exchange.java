package dev.charter.client;

import dev.charter.format.DocumentKind;
import dev.charter.format.DocumentRejected;
import dev.charter.format.Host;
import dev.charter.format.LeaseProfile;
import dev.charter.format.LicenseKey;
import dev.charter.format.Locator;
import dev.charter.format.Purpose;
import dev.charter.format.RefusalCode;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageLicense;
import dev.charter.format.UsageRequest;
import dev.charter.format.Verifier;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The one exchange: a usage request goes out, a usage license or a signed refusal comes back, by whatever way. Giving back is [Releasing]'s.
///
/// The order of steps is what makes it safe: a request is on disk before it is sent, and is sent again, to the letter, until it is answered; an answer is
/// verified before anything changes.
final class Exchange {
    private final Settings settings;
    private final HostFolder folder;
    private final Reckoning reckoning;
    private final Licensing licensing;
    private final Schedule schedule;
    private final Requests requests;
    private final Answers answers;
    private final Releasing releasing;
    private final OpenLetter letters;
    private final LeasedSeat leased;
    private final FloatingSeat floating;
    private final MayAsk may;
    /// One exchange at a time; whoever reads the snapshot never waits for it.
    private final ReentrantLock oneAtATime = new ReentrantLock();

    Exchange(Settings settings, HostFolder folder, Verifier verifier, Reckoning reckoning, Licensing licensing, MayAsk may) {
        this.settings = settings;
        this.may = may;
        this.folder = folder;
        this.reckoning = reckoning;
        this.licensing = licensing;
        var waits = folder.standing().pendings().anyMatch(pending -> !pending.byLetter()) || folder.tombstones().stream().anyMatch(buried -> !buried.settled() && buried.lease().isEmpty());
        var sinceContact = folder.standing().contactAt().map(at -> Duration.between(at, reckoning.now())).filter(since -> !waits);
        schedule = new Schedule(interval(), sinceContact, settings.monotonicNanos(), settings.random());
        requests = new Requests(settings, folder, reckoning, licensing);
        answers = new Answers(settings, folder, verifier, reckoning, licensing);
        releasing = new Releasing(settings, folder, verifier, reckoning, licensing, schedule);
        letters = new OpenLetter(settings, folder, verifier, reckoning);
        leased = new LeasedSeat(settings, folder, reckoning, licensing, schedule, requests, this::ask);
        floating = new FloatingSeat(settings, folder, reckoning, licensing, requests, answers, releasing);
    }

    /// How often the issuer is turned to: as the lease says, often while a seat is wanted, else as the product says.
    private Duration interval() {
        return licensing.facts().license().map(license -> license.lease().filter(lease -> !folder.standing().holdsFloating()).map(LeaseProfile::renewEvery).orElse(settings.refreshInterval()))
                .orElse(LeasedSeat.wasWanted(folder) ? LeasedSeat.WAIT_FOR_SEAT : settings.refreshInterval());
    }

    /// Something that may find the disk full.
    private interface Step<T> {
        T run() throws IOException;
    }

    /// Why whoever this host turns to was not reached the last time, where it was not.
    Optional<String> unreachable() {
        return floating.wish().isPresent() ? floating.away() : schedule.unreachable();
    }

    Host host() {
        return requests.host(folder.currentKey().orElseThrow(() -> new IllegalStateException("The key of this host is lost. Activate it with its license key.")));
    }

    /// A copy on another machine, a fenced host and one whose license is over sign nothing.
    Optional<LeaseSigner> leaseSigner() {
        if (!(licensing.snapshot().withoutTrial() instanceof LicenseState.InForce state) || state.license().pool().isEmpty()) {
            return Optional.empty();
        }
        return licensing.usageLicenseDocument().flatMap(document -> folder.key(state.license().host().keys().id())
                .flatMap(key -> LeaseSigner.of(key, folder.leaseKey(), state.license(), document, settings.trustAnchor().required())));
    }

    Activation activate(LicenseKey key) {
        return oneAtATime(() -> {
            var refused = may.refusal(key);
            if (refused.isPresent()) {
                return refused.get();
            }
            releasing.sendWhatWaits(); // so that what this host gave back is free before it asks again
            var waiting = folder.standing().activation().filter(pending -> !pending.byLetter() && names(pending, key.locator()));
            if (waiting.isEmpty() && leased.isMeantBy(key)) {
                return leased.take(key);
            }
            var pending = waiting.isPresent() ? waiting.get() : requests.byKey(Purpose.ACTIVATE, key, false);
            if (pending.content().purpose() == Purpose.ACQUIRE) {
                leased.wantBy(key);
            }
            var outcome = ask(pending);
            if (pending.content().purpose() == Purpose.ACTIVATE && outcome instanceof Activation.Refused no && no.code() == RefusalCode.TYPE_MISMATCH) {
                var seat = leased.take(key);
                return seat instanceof Activation.Refused again && again.code() == RefusalCode.TYPE_MISMATCH ? outcome : seat;
            }
            return outcome;
        });
    }

    /// Takes a seat of a floating server, and keeps it from then on.
    Activation takeSeat(SeatChoice choice) {
        return oneAtATime(() -> {
            var other = may.heldInUse().filter(held -> held.document().pool().isEmpty());
            return other.isPresent() ? new Activation.Refused(RefusalCode.ALREADY_LICENSED, RefusalCode.ALREADY_LICENSED.advice()) : floating.take(choice);
        });
    }

    /// Takes the seat that the settings name, or that a person chose before.
    Activation takeSeat() {
        return oneAtATime(() -> floating.wish().isPresent() ? floating.takeAgain(floating.wish().get())
                : new Activation.NotPossible("No seat of a floating server is wanted here: none is set, another license is in use, or the seat was given back. Choose the server."));
    }

    Optional<SeatChoice> wantedSeat() {
        return floating.wish();
    }

    Activation reactivate() {
        return oneAtATime(() -> {
            var wish = floating.wish();
            if (wish.isPresent()) {
                return floating.takeAgain(wish.get());
            }
            var license = licensing.facts().license().filter(l -> licensing.facts().tombstone().isEmpty());
            if (license.isEmpty() || licensing.facts().unusable().isPresent()) {
                return new Activation.NotPossible("There is no license here to be asked for again. Activate this host with its license key.");
            }
            return license.get().lease().isPresent() ? leased.keep(license.get()) : refresh(license.get(), false);
        });
    }

    /// Signs what an order begins with.
    SignedDocument signOrder(Optional<UsageLicense> upgraded) throws IOException {
        oneAtATime.lock();
        try {
            return requests.ofOrder(upgraded);
        } finally {
            oneAtATime.unlock();
        }
    }

    /// Gets a license that was bought here: the vendor lets the host in that ordered it.
    Activation activateBought(String license, HostKey buyer) {
        return oneAtATime(() -> {
            releasing.sendWhatWaits();
            var waiting = folder.standing().activation().filter(pending -> !pending.byLetter() && pending.content().license().equals(new UsageRequest.LicenseName.ById(license)));
            return ask(waiting.isPresent() ? waiting.get() : requests.byHost(Purpose.ACTIVATE, license, buyer, false));
        });
    }

    /// Fetches what was added to the license that is held here.
    Activation fetchBought(UsageLicense license) {
        return oneAtATime(() -> refresh(license, true));
    }

    RequestMade makeRequest(LicenseKey key) {
        return make(() -> {
            var refused = may.refusal(key);
            return refused.isPresent() ? new RequestMade.NotPossible(refused.get().message()) : new RequestMade.Made(requests.byKey(Purpose.ACTIVATE, key, true).request());
        });
    }

    /// For the license that is installed, by the host that holds it, so that no key is needed. The license goes on meanwhile.
    RequestMade makeUpdateRequest() {
        return make(() -> {
            licensing.machineMarks();
            var refused = may.againstUpdate();
            if (refused.isPresent()) {
                return new RequestMade.NotPossible(refused.get());
            }
            var license = licensing.facts().license().orElseThrow();
            var key = folder.key(license.host().keys().id()).orElseThrow();
            return new RequestMade.Made(requests.byHost(Purpose.ACTIVATE, license.license().id(), key, true).request());
        });
    }

    private RequestMade make(Step<RequestMade> step) {
        oneAtATime.lock();
        try {
            return step.run();
        } catch (IOException full) {
            return new RequestMade.NotPossible(folder.cannotWrite(full));
        } finally {
            licensing.changed();
            oneAtATime.unlock();
        }
    }

    Optional<SignedDocument> waitingRequest() {
        return folder.standing().activation().map(Pending::request);
    }

    Optional<Waiting> waiting() {
        return folder.standing().activation().map(pending -> new Waiting(pending.madeAt(), pending.byLetter()));
    }

    Activation install(SignedDocument answer) {
        return oneAtATime(() -> installed(answer));
    }

    private Activation installed(SignedDocument answer) throws IOException {
        var found = letters.open(answer);
        if (found instanceof OpenLetter.Found.Installed present) {
            return new Activation.Activated(present.license());
        }
        if (found instanceof OpenLetter.Found.NoAnswer no) {
            return new Activation.NotPossible(no.message());
        }
        if (found instanceof OpenLetter.Found.AnswerToRelease release) {
            return releasing.take(release.tombstone(), answer);
        }
        try {
            return take(((OpenLetter.Found.Answer) found).pending(), answer);
        } catch (DocumentRejected rejected) {
            return new Activation.NotPossible(String.valueOf(rejected.getMessage()));
        }
    }

    /// The same, where it must be told apart that the answer is no good from that it could not be kept.
    Activation installOrFail(GivenText.Documents given) throws IOException {
        oneAtATime.lock();
        try {
            return installed(given);
        } finally {
            licensing.changed();
            oneAtATime.unlock();
        }
    }

    Activation install(GivenText given) {
        return oneAtATime(() -> installed(given));
    }

    private Activation installed(GivenText given) throws IOException {
        return given instanceof GivenText.Documents documents ? installed(letters.meant(documents.found())) : new Activation.NotPossible(((GivenText.NoDocument) given).look().message());
    }

    LetterLook look(GivenText given) {
        return given instanceof GivenText.Documents documents ? letters.look(letters.meant(documents.found())) : ((GivenText.NoDocument) given).look();
    }

    // --- asking ---

    private static boolean names(Pending pending, Locator locator) {
        return pending.content().license() instanceof UsageRequest.LicenseName.ByLocator named && named.locator().equals(locator);
    }

    /// Something has changed that the authority may know more about.
    void askSoon() {
        schedule.soon();
        floating.askSoon();
    }

    /// @param anew whether something is known to have changed a moment ago
    private Activation refresh(UsageLicense license, boolean anew) throws IOException {
        var waiting = folder.standing().refresh();
        if (waiting.isPresent()) {
            var late = ask(waiting.get());
            // Its answer may have been stored long ago; what has changed since is in a new one.
            if (!(late instanceof Activation.Activated) || !anew && !isOld(waiting.get())) {
                return late;
            }
        }
        return ask(requests.byHost(Purpose.REFRESH, license.license().id(), folder.key(license.host().keys().id()).orElseThrow(), false));
    }

    /// Gives the seat back, because the product stops.
    void stop() {
        oneAtATime.lock();
        try {
            releasing.releaseAtStop();
        } catch (IOException full) {
            System.getLogger(LicenseClient.class.getName()).log(System.Logger.Level.WARNING, "The seat cannot be given back; it is free when its lease has ended", full);
        } finally {
            oneAtATime.unlock();
        }
    }

    private boolean isOld(Pending pending) {
        return Duration.between(pending.madeAt(), reckoning.now()).compareTo(Reckoning.TOLERANCE) > 0;
    }

    // --- answers ---

    private Activation ask(Pending pending) throws IOException {
        var reply = settings.transport().post(DocumentKind.USAGE_REQUEST, pending.request().toBytes());
        if (reply instanceof Transport.Reply.Answered answer) {
            try {
                var outcome = take(pending, SignedDocument.read(answer.document()));
                schedule.answered();
                if (isOld(pending)) {
                    schedule.soon(); // for what has changed since the answer was stored
                }
                return outcome;
            } catch (DocumentRejected unsigned) {
                return failed("What answered is not the authority of this product's vendor. " + unsigned.getMessage(), Optional.empty());
            }
        }
        var none = (Transport.Reply.Unreachable) reply;
        return failed(none.reason(), none.retryAfter());
    }

    private Activation.Unreachable failed(String reason, Optional<Duration> retryAfter) {
        schedule.failed(reason, retryAfter);
        return new Activation.Unreachable(reason, retryAfter);
    }

    private Activation take(Pending pending, SignedDocument answer) throws IOException {
        var outcome = answers.take(pending, answer, (lease, locator) -> SeatOf.authority(lease.license().id(), locator));
        if (outcome instanceof Activation.Activated activated) {
            leased.granted();
            schedule.every(activated.license().lease().map(LeaseProfile::renewEvery).orElse(settings.refreshInterval()));
        } else if (outcome instanceof Activation.Refused no && pending.content().purpose() == Purpose.ACQUIRE) {
            leased.refused(no);
        }
        return outcome;
    }

    Optional<SeatWait> waitsForSeat() {
        return floating.waits().or(leased::waits);
    }

    /// The seat that is held by a lease with those durations.
    Seat seat(Instant askedAt, LeaseProfile profile) {
        return folder.standing().holdsFloating() ? floating.seat(askedAt, profile)
                : new Seat(askedAt, profile, Optional.empty(), Optional.empty(), reckoning.now().plus(schedule.untilDue()), schedule.unreachable());
    }

    // --- giving back, and the background ---

    Deactivation deactivate() {
        oneAtATime.lock();
        try {
            leased.wantNoMore();
            return floating.wantNoMore() ? new Deactivation.WaitsNoMore() : releasing.release();
        } catch (IOException full) {
            return new Deactivation.NotPossible(folder.cannotWrite(full));
        } finally {
            licensing.changed();
            oneAtATime.unlock();
        }
    }

    /// Sends what waits - releases, then a person's request, then a refresh - when it is time.
    void contactIfDue() {
        if (!schedule.isDue() && !floating.isDue() || !oneAtATime.tryLock()) {
            return;
        }
        try {
            if (floating.isDue()) {
                floating.turn();
            }
            if (!schedule.isDue() || !releasing.catchUp()) {
                return;
            }
            var activation = folder.standing().activation().filter(pending -> !pending.byLetter());
            if (activation.isPresent()) {
                ask(activation.get());
            } else {
                turnToIssuer();
            }
        } catch (IOException full) {
            failed(folder.cannotWrite(full), Optional.empty());
        } finally {
            oneAtATime.unlock();
        }
    }

    private void turnToIssuer() throws IOException {
        var license = licensing.facts().license();
        if (license.isEmpty() && leased.isWanted() && licensing.snapshot().withoutTrial() instanceof LicenseState.NeverLicensed) {
            leased.seek();
        } else if (license.isPresent() && may.refresh(license.get())) {
            if (license.get().lease().isPresent()) {
                leased.keep(license.get());
            } else {
                refresh(license.get(), false);
            }
        }
    }

    private Activation oneAtATime(Step<Activation> step) {
        oneAtATime.lock();
        try {
            return step.run();
        } catch (IOException full) {
            return new Activation.NotPossible(folder.cannotWrite(full));
        } finally {
            licensing.changed();
            oneAtATime.unlock();
        }
    }
}
