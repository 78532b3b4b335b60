package dev.charter.client;

import dev.charter.format.DocumentKind;
import dev.charter.format.DocumentRejected;
import dev.charter.format.Flaw;
import dev.charter.format.FloatingServer;
import dev.charter.format.Host;
import dev.charter.format.KeyId;
import dev.charter.format.LeaseKeys;
import dev.charter.format.LeaseProfile;
import dev.charter.format.LicenseKey;
import dev.charter.format.LicenseType;
import dev.charter.format.Locator;
import dev.charter.format.Payload;
import dev.charter.format.Purpose;
import dev.charter.format.Refusal;
import dev.charter.format.RefusalCode;
import dev.charter.format.SeatWish;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageLicense;
import dev.charter.format.UsageRequest;
import dev.charter.format.Verifier;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The one exchange: a usage request goes out, a usage license or a signed refusal comes back, by whatever way. Giving back is [Releasing]'s.
///
/// The order of steps is what makes it safe: a request is on disk before it is sent, and is sent again, to the letter, until it is answered; an answer is
/// verified before anything changes.
final class Exchange {
    private static final Duration WAIT_FOR_SEAT = Duration.ofSeconds(10);
    private static final Duration WAIT_FOR_VENDOR = Duration.ofMinutes(5);

    private final Settings settings;
    private final HostFolder folder;
    private final Verifier verifier;
    private final Reckoning reckoning;
    private final Licensing licensing;
    private final Schedule schedule;
    private final Releasing releasing;
    private final OpenLetter letters;
    /// One exchange at a time; whoever reads the snapshot never waits for it.
    private final ReentrantLock oneAtATime = new ReentrantLock();
    /// The license key that a seat is wanted by; while the product runs, in memory only.
    private volatile Optional<LicenseKey> seatKey = Optional.empty();
    private volatile Optional<Activation.Refused> noSeat = Optional.empty();

    Exchange(Settings settings, HostFolder folder, Verifier verifier, Reckoning reckoning, Licensing licensing) {
        this.settings = settings;
        this.folder = folder;
        this.verifier = verifier;
        this.reckoning = reckoning;
        this.licensing = licensing;
        var waits = folder.standing().pendings().anyMatch(pending -> !pending.byLetter()) || folder.tombstones().stream().anyMatch(t -> !t.settled());
        var sinceContact = folder.standing().contactAt().map(at -> Duration.between(at, reckoning.now())).filter(since -> !waits);
        schedule = new Schedule(interval(), sinceContact, settings.monotonicNanos(), settings.random());
        releasing = new Releasing(settings, folder, verifier, reckoning, licensing, schedule);
        letters = new OpenLetter(settings, folder, verifier, reckoning);
    }

    /// How often the issuer is turned to: as the lease says, often while a seat is wanted, else as the product says.
    private Duration interval() {
        return licensing.facts().license().map(license -> license.lease().map(LeaseProfile::renewEvery).orElse(settings.refreshInterval()))
                .orElse(wantsSeat() ? WAIT_FOR_SEAT : settings.refreshInterval());
    }

    /// Something that may find the disk full.
    private interface Step<T> {
        T run() throws IOException;
    }

    Optional<String> unreachable() {
        return schedule.unreachable();
    }

    Host host() {
        return host(folder.currentKey().orElseThrow(() -> new IllegalStateException("The key of this host is lost. Activate it with its license key.")));
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
            var refused = refusedHere(key);
            if (refused.isPresent()) {
                return refused.get();
            }
            releasing.sendWhatWaits(); // so that what this host gave back is free before it asks again
            var waiting = folder.standing().activation().filter(pending -> !pending.byLetter() && names(pending, key.locator()));
            if (waiting.isEmpty() && isLeased(key)) {
                return acquire(key);
            }
            var pending = waiting.isPresent() ? waiting.get() : make(key, false);
            if (pending.content().purpose() == Purpose.ACQUIRE) {
                seatKey = Optional.of(key);
            }
            var outcome = ask(pending);
            if (pending.content().purpose() == Purpose.ACTIVATE && outcome instanceof Activation.Refused no && no.code() == RefusalCode.TYPE_MISMATCH) {
                var leased = acquire(key);
                return leased instanceof Activation.Refused again && again.code() == RefusalCode.TYPE_MISMATCH ? outcome : leased;
            }
            return outcome;
        });
    }

    boolean holdsLicenseOf(LicenseKey key) {
        return licensing.facts().tombstone().isEmpty() && folder.standing().held().flatMap(Held::locator).filter(key.locator()::equals).isPresent();
    }

    Activation reactivate() {
        return oneAtATime(() -> {
            var license = licensing.facts().license().filter(l -> licensing.facts().tombstone().isEmpty());
            if (license.isEmpty() || licensing.facts().unusable().isPresent()) {
                return new Activation.NotPossible("There is no license here to be asked for again. Activate this host with its license key.");
            }
            return isLease(license.get()) ? keepSeat(license.get()) : refresh(license.get());
        });
    }

    RequestMade makeRequest(LicenseKey key) {
        return make(() -> {
            var refused = refusedHere(key);
            return refused.isPresent() ? new RequestMade.NotPossible(refused.get().message()) : new RequestMade.Made(make(key, true).request());
        });
    }

    /// For the license that is installed, by the host that holds it, so that no key is needed. The license goes on meanwhile.
    RequestMade makeUpdateRequest() {
        return make(() -> {
            licensing.machineMarks();
            var refused = standsAgainstUpdate();
            if (refused.isPresent()) {
                return new RequestMade.NotPossible(refused.get());
            }
            var license = licensing.facts().license().orElseThrow();
            var key = folder.key(license.host().keys().id()).orElseThrow();
            var request = request(Purpose.ACTIVATE, new UsageRequest.LicenseName.ById(license.license().id()), key);
            return new RequestMade.Made(keep(SignedDocument.sign(request, key), request, true).request());
        });
    }

    private Optional<String> standsAgainstUpdate() {
        var state = licensing.snapshot().withoutTrial();
        if (licensing.facts().license().isEmpty() || licensing.facts().tombstone().isPresent() || licensing.facts().unusable().isPresent()) {
            return Optional.of("There is no license here that could be updated. Make a request with the license key.");
        }
        if (state instanceof LicenseState.OtherMachine || state instanceof LicenseState.Fenced || folder.standing().behind()) {
            return Optional.of("This host cannot ask as the one that holds the license: it is a copy, was restored, or was taken over elsewhere. Make a request with the license key.");
        }
        return Optional.empty();
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

    private static DocumentRejected wrongKind(String message) {
        return new DocumentRejected(Flaw.WRONG_KIND, message);
    }

    // --- asking ---

    private Optional<Activation.Refused> refusedHere(LicenseKey key) {
        var state = licensing.snapshot().withoutTrial();
        boolean gone = state instanceof LicenseState.Released || state instanceof LicenseState.Fenced || state instanceof LicenseState.Revoked || state instanceof LicenseState.Damaged
                || state instanceof LicenseState.OtherMachine;
        var heldKey = folder.standing().held().flatMap(Held::locator).filter(locator -> !gone);
        return heldKey.isPresent() && !heldKey.get().equals(key.locator())
                ? Optional.of(new Activation.Refused(RefusalCode.ALREADY_LICENSED, RefusalCode.ALREADY_LICENSED.advice())) : Optional.empty();
    }

    private static boolean names(Pending pending, Locator locator) {
        return pending.content().license() instanceof UsageRequest.LicenseName.ByLocator named && named.locator().equals(locator);
    }

    /// Something has changed that the authority may know more about.
    void askSoon() {
        schedule.soon();
    }

    private Activation refresh(UsageLicense license) throws IOException {
        var waiting = folder.standing().refresh();
        if (waiting.isPresent()) {
            var late = ask(waiting.get());
            // Its answer may have been stored long ago; what has changed since is in a new one.
            if (!(late instanceof Activation.Activated) || !isOld(waiting.get())) {
                return late;
            }
        }
        var key = folder.key(license.host().keys().id()).orElseThrow();
        var request = request(Purpose.REFRESH, new UsageRequest.LicenseName.ById(license.license().id()), key);
        return ask(keep(SignedDocument.sign(request, key), request, false));
    }

    // --- seats ---

    private boolean isLeased(LicenseKey key) {
        return settings.seats().only() || folder.standing().seat().flatMap(SeatOf::locator).filter(key.locator()::equals).isPresent();
    }

    private static boolean isLease(UsageLicense license) {
        return license.lease().isPresent();
    }

    private boolean wantsSeat() {
        return seatKey.isPresent() || folder.standing().seat().isPresent();
    }

    /// Asks for a seat by the license key. While a release waits the seat that it gives back is not free, so none is asked for.
    private Activation acquire(LicenseKey licenseKey) throws IOException {
        seatKey = Optional.of(licenseKey);
        if (folder.tombstones().stream().anyMatch(buried -> !buried.settled())) {
            return new Activation.Unreachable(schedule.unreachable().orElse("The seat that was given back is not free yet."), Optional.empty());
        }
        var key = keyToActivateWith();
        var request = request(Purpose.ACQUIRE, new UsageRequest.LicenseName.ByLocator(licenseKey.locator()), key);
        return ask(keep(SignedDocument.sign(request, key, licenseKey), request, false));
    }

    /// Asks for a seat as a host that has had one of that license.
    private Activation acquire(String license, HostKey key) throws IOException {
        var request = request(Purpose.ACQUIRE, new UsageRequest.LicenseName.ById(license), key);
        return ask(keep(SignedDocument.sign(request, key), request, false));
    }

    /// Renews the lease; where it has ended, a seat is asked for anew. Each time with a new request: an older one counts for a shorter time.
    private Activation keepSeat(UsageLicense license) throws IOException {
        if (folder.standing().behind() && seatKey.isPresent()) {
            return acquire(seatKey.get());
        }
        var key = folder.key(license.host().keys().id()).orElseThrow();
        if (!(licensing.snapshot().withoutTrial() instanceof LicenseState.Ended ended && ended.cause() == LicenseState.Cause.LEASE)) {
            var request = request(Purpose.RENEW, new UsageRequest.LicenseName.ById(license.license().id()), key);
            var outcome = ask(keep(SignedDocument.sign(request, key), request, false));
            if (!(outcome instanceof Activation.Refused no && no.code() == RefusalCode.RELEASED)) {
                return outcome;
            }
        }
        return acquire(license.license().id(), key);
    }

    /// What a host that holds no seat does to have one.
    private void seekSeat() throws IOException {
        var seat = folder.standing().seat();
        var key = folder.currentKey();
        if (seatKey.isPresent()) {
            acquire(seatKey.get());
        } else if (seat.isPresent() && key.isPresent() && !folder.standing().behind()) {
            acquire(seat.get().license(), key.get());
        }
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

    private Pending make(LicenseKey licenseKey, boolean byLetter) throws IOException {
        var key = keyToActivateWith();
        var request = request(Purpose.ACTIVATE, new UsageRequest.LicenseName.ByLocator(licenseKey.locator()), key);
        return keep(SignedDocument.sign(request, key, licenseKey), request, byLetter);
    }

    private UsageRequest request(Purpose purpose, UsageRequest.LicenseName license, HostKey key) {
        return new UsageRequest(List.of(Payload.FORMAT), purpose, settings.product(), license, host(key), folder.standing().sequence(purpose) + 1, reckoning.now(), settings.nonce(),
                purpose == Purpose.ACQUIRE || purpose == Purpose.RENEW ? seatWish() : Optional.empty(), purpose == Purpose.ACTIVATE || purpose == Purpose.REFRESH ? server() : Optional.empty());
    }

    private Optional<FloatingServer> server() {
        return settings.floatingServer().map(Supplier::get)
                .map(wish -> new FloatingServer(wish.seats(), folder.leaseKey().map(LeaseKey::keys).orElse(LeaseKeys.NONE), wish.tls(), wish.surplusUntil()));
    }

    private Optional<SeatWish> seatWish() {
        var epoch = licensing.facts().license().flatMap(UsageLicense::epoch);
        return Optional.of(new SeatWish(List.of(), settings.seats().slot(), epoch)).filter(wish -> !wish.equals(SeatWish.ALL));
    }

    /// Nobody else may ever see a request that this host could forget.
    private Pending keep(SignedDocument signed, UsageRequest request, boolean byLetter) throws IOException {
        var pending = new Pending(signed, byLetter, reckoning.now());
        folder.keep(standing -> standing.asking(request.purpose(), pending, request.sequence()));
        return pending;
    }

    private Host host(HostKey key) {
        return new Host(key.keys(), settings.hostName(), licensing.machineMarks());
    }

    /// A host that is behind, fenced, damaged or on another machine asks as a new one. The old key stays until the new license is in.
    /// So does one whose release may still be on its way: what arrives later, and frees the activation of the old key, must not free one that is in use.
    private HostKey keyToActivateWith() throws IOException {
        var current = folder.currentKey();
        var state = licensing.snapshot().withoutTrial();
        boolean released = folder.tombstones().stream().anyMatch(buried -> !buried.settled() && current.filter(key -> key.keys().equals(buried.content().hostKeys())).isPresent());
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

    /// Everything that changes because somebody answered begins here, after the signature was verified and before anything else.
    private Activation take(Pending pending, SignedDocument answer) throws IOException {
        return switch (answer.claimedKind()) {
            case USAGE_LICENSE -> install(pending, verifier.answer(answer, pending.request()).content(), answer);
            case REFUSAL -> refused(pending, verifier.refusal(answer, pending.request().digest()).content(), answer);
            default -> throw wrongKind("A " + answer.claimedKind().documentName().replace('-', ' ') + " is no answer to a usage request.");
        };
    }

    private Activation install(Pending pending, UsageLicense license, SignedDocument document) throws IOException {
        var asked = pending.content();
        var key = license.host().keys().id();
        if (!license.product().equals(settings.product())) {
            throw new DocumentRejected(Flaw.OTHER_REQUEST, "This usage license is for another product, " + license.product() + ".");
        }
        if (folder.key(key).isEmpty()) {
            throw new DocumentRejected(Flaw.OTHER_HOST, "The key that this usage license is bound to is no longer on this host. Make a new request.");
        }
        var shift = Reckoning.aheadBy(pending.madeAt(), license.issuedAt());
        var now = reckoning.now().minus(shift);
        var tooLate = OpenLetter.tooLate(license, now);
        if (tooLate.isPresent()) {
            return new Activation.NotPossible(tooLate.get());
        }
        var present = licensing.facts().license().filter(l -> licensing.facts().tombstone().isEmpty());
        // A letter may have been overtaken by an answer that is newer.
        boolean overtaken = present.filter(l -> l.license().id().equals(license.license().id()) && l.host().keys().equals(license.host().keys())
                && l.issuedAt().isAfter(license.issuedAt())).isPresent();
        var locator = asked.license() instanceof UsageRequest.LicenseName.ByLocator named ? Optional.of(named.locator())
                : folder.standing().held().flatMap(Held::locator).or(() -> folder.standing().seat().flatMap(SeatOf::locator));
        var held = new Held(document, locator, pending.madeAt().minus(shift));
        var seat = isLease(license) ? Optional.of(new SeatOf(license.license().id(), locator)) : Optional.<SeatOf>empty();
        folder.keep(standing -> {
            var answered = standing.earlierBy(shift).answered(pending.request(), now, verifier.trustStatement());
            return overtaken ? answered : answered.holding(held, key, seat);
        });
        licensing.settle(shift, license.issuedAt());
        dropUnusedKeys();
        noSeat = Optional.empty();
        schedule.every(license.lease().map(LeaseProfile::renewEvery).orElse(settings.refreshInterval()));
        licensing.changed();
        return new Activation.Activated(overtaken ? present.get() : license);
    }

    private void dropUnusedKeys() throws IOException {
        folder.keepOnlyKeys(folder.standing().pendings().map(pending -> pending.content().host().keys().id()).collect(Collectors.toSet()));
    }

    private Activation refused(Pending pending, Refusal refusal, SignedDocument document) throws IOException {
        var shift = Reckoning.aheadBy(pending.madeAt(), refusal.issuedAt());
        var now = reckoning.now().minus(shift);
        var asker = pending.content().host().keys().id();
        boolean concerns = concernsHeldLicense(pending, refusal);
        folder.keep(standing -> {
            var answered = standing.earlierBy(shift).answered(pending.request(), now, verifier.trustStatement());
            return switch (refusal.code()) {
                case LICENSE_SUSPENDED, LICENSE_REVOKED -> concerns ? answered.refused(document) : answered;
                // The grace counts from the first one; a later one does not lengthen it.
                case LICENSE_EXPIRED -> concerns && !hasExpired() ? answered.refused(document) : answered;
                // A lease that has ended may be had anew; asking for that tells whether the host was fenced.
                case RELEASED -> pending.content().purpose() == Purpose.RENEW || !isKnownAs(asker) ? answered : concerns ? answered.refused(document) : answered.nowBehind(asker);
                case REQUEST_SUPERSEDED -> isKnownAs(asker) ? answered.nowBehind(asker) : answered;
                default -> answered;
            };
        });
        if (!isKnownAs(asker) && (refusal.code() == RefusalCode.RELEASED || refusal.code() == RefusalCode.REQUEST_SUPERSEDED)) {
            folder.dropKey(asker); // made to take the place of another, and outdated before it did
        }
        if (pending.content().purpose() == Purpose.ACQUIRE) {
            seatRefused(refusal);
        }
        licensing.settle(shift, refusal.issuedAt());
        licensing.changed();
        return new Activation.Refused(refusal.code(), refusal.message());
    }

    Optional<Activation.Refused> waitsForSeat() {
        return noSeat.filter(refused -> wantsSeat());
    }

    private void seatRefused(Refusal refusal) {
        noSeat = Optional.of(new Activation.Refused(refusal.code(), refusal.message()));
        switch (refusal.code()) {
            case NO_SEAT_FREE, ALLOWANCE_EXHAUSTED, REQUEST_SUPERSEDED -> schedule.every(WAIT_FOR_SEAT);
            case LICENSE_SUSPENDED, LICENSE_EXPIRED, LICENSE_NOT_STARTED -> schedule.every(WAIT_FOR_VENDOR);
            default -> {
                seatKey = Optional.empty();
                noSeat = Optional.empty();
                schedule.every(settings.refreshInterval());
            }
        }
    }

    private boolean hasExpired() {
        return licensing.facts().refusal().filter(refusal -> refusal.code() == RefusalCode.LICENSE_EXPIRED).isPresent();
    }

    private boolean isKnownAs(KeyId asker) {
        return folder.currentKey().filter(key -> key.keys().id().equals(asker)).isPresent();
    }

    private boolean concernsHeldLicense(Pending pending, Refusal refusal) {
        var held = licensing.facts().license();
        if (held.isEmpty()) {
            return false;
        }
        var id = held.get().license().id();
        var asked = pending.content().license();
        return refusal.license().filter(id::equals).isPresent()
                || asked instanceof UsageRequest.LicenseName.ById named && named.licenseId().equals(id)
                || asked instanceof UsageRequest.LicenseName.ByLocator byKey && folder.standing().held().flatMap(Held::locator).filter(byKey.locator()::equals).isPresent();
    }

    // --- giving back, and the background ---

    Deactivation deactivate() {
        oneAtATime.lock();
        try {
            seatKey = Optional.empty();
            return releasing.release();
        } catch (IOException full) {
            return new Deactivation.NotPossible(folder.cannotWrite(full));
        } finally {
            licensing.changed();
            oneAtATime.unlock();
        }
    }

    /// Sends what waits - releases, then a person's request, then a refresh - when it is time.
    void contactIfDue() {
        if (!schedule.isDue() || !oneAtATime.tryLock()) {
            return;
        }
        try {
            if (!releasing.catchUp()) {
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
        if (license.isEmpty() && wantsSeat() && licensing.snapshot().withoutTrial() instanceof LicenseState.NeverLicensed) {
            seekSeat();
        } else if (license.isPresent() && refreshes(license.get())) {
            if (isLease(license.get())) {
                keepSeat(license.get());
            } else {
                refresh(license.get());
            }
        }
    }

    /// Only what came online is asked for online, and only by the machine that it is for.
    private boolean refreshes(UsageLicense license) {
        var state = licensing.snapshot().withoutTrial();
        return (license.license().type() == LicenseType.ONLINE || isLease(license))
                && (state instanceof LicenseState.InForce || state instanceof LicenseState.NotStarted || state instanceof LicenseState.Ended
                        || state instanceof LicenseState.Suspended || state instanceof LicenseState.Revoked);
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
