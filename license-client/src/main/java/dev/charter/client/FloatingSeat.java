package dev.charter.client;

import dev.charter.format.DocumentKind;
import dev.charter.format.DocumentRejected;
import dev.charter.format.LeaseProfile;
import dev.charter.format.Purpose;
import dev.charter.format.Refusal;
import dev.charter.format.RefusalCode;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageLicense;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;

/// The seat of a floating license: which server is asked for what, and when. One thread at a time, as [Exchange] sees to.
///
/// A host that has a seat stays with its pool as long as that answers. Only where its server is away for so long that the product is degraded is a seat of another
/// pool taken, and the first one given back as soon as its server is there again: two seats of two pools, each within its own.
final class FloatingSeat {
    private static final Duration WAIT_FOR_SEAT = Duration.ofSeconds(10);
    private static final Duration WAIT_FOR_VENDOR = Duration.ofMinutes(5);

    private final Settings settings;
    private final HostFolder folder;
    private final Reckoning reckoning;
    private final Licensing licensing;
    private final Requests requests;
    private final Answers answers;
    private final Releasing releasing;
    private final Schedule schedule;
    private volatile Optional<SeatWait> waits = Optional.empty();
    /// Another host took this one's named slot. It is not asked for again before a person or a start does, or the two would take it from one another for ever.
    private volatile Optional<Told> slotTaken = Optional.empty();

    /// What came of asking.
    ///
    /// @param retryAfter how long whoever answered asked to wait
    /// @param place in the queue, where that was refused and there is one
    private record Told(Activation outcome, Optional<Duration> retryAfter, OptionalLong place) {
        Told(Activation outcome, Optional<Duration> retryAfter) {
            this(outcome, retryAfter, OptionalLong.empty());
        }

        boolean activated() {
            return outcome instanceof Activation.Activated;
        }

        boolean refused(RefusalCode... codes) {
            return outcome instanceof Activation.Refused no && List.of(codes).contains(no.code());
        }
    }

    FloatingSeat(Settings settings, HostFolder folder, Reckoning reckoning, Licensing licensing, Requests requests, Answers answers, Releasing releasing) {
        this.settings = settings;
        this.folder = folder;
        this.reckoning = reckoning;
        this.licensing = licensing;
        this.requests = requests;
        this.answers = answers;
        this.releasing = releasing;
        var renewed = profile().flatMap(lease -> folder.standing().contactAt());
        schedule = new Schedule(profile().map(LeaseProfile::renewEvery).orElse(WAIT_FOR_SEAT), renewed.map(at -> Duration.between(at, reckoning.now())), settings.monotonicNanos(), settings.random());
    }

    private Optional<UsageLicense> lease() {
        var facts = licensing.facts();
        return facts.license().filter(license -> folder.standing().holdsFloating() && facts.tombstone().isEmpty() && facts.unusable().isEmpty());
    }

    private Optional<LeaseProfile> profile() {
        return lease().flatMap(UsageLicense::lease);
    }

    /// What is wanted; none: no seat of a floating server. What the settings name wins over what a person chose.
    Optional<SeatChoice> wish() {
        var chosen = folder.standing().seat().flatMap(SeatOf::floating);
        return settings.seats().floating().filter(named -> chosen.isPresent() || isWithoutLicense()).or(() -> chosen);
    }

    private boolean isWithoutLicense() {
        var state = licensing.snapshot().withoutTrial();
        boolean stopped = folder.standing().seat().filter(SeatOf::isNone).isPresent();
        return !stopped && (state instanceof LicenseState.NeverLicensed || state instanceof LicenseState.Damaged);
    }

    boolean isDue() {
        return schedule.isDue() && (wish().isPresent() && slotTaken.isEmpty() || releasing.waitsForServers());
    }

    void askSoon() {
        schedule.soon();
    }

    /// Why no server was reached the last time.
    Optional<String> away() {
        return schedule.unreachable();
    }

    Optional<SeatWait> waits() {
        return waits.filter(wait -> wish().isPresent() && !(licensing.snapshot().withoutTrial() instanceof LicenseState.InForce))
                .map(wait -> new SeatWait(wait.since(), wait.code(), wait.message(), wait.place(), reckoning.now().plus(schedule.untilDue()), wait.servers()));
    }

    Seat seat(Instant askedAt, LeaseProfile profile) {
        var why = slotTaken.map(told -> ((Activation.Refused) told.outcome()).message()).or(schedule::unreachable);
        return new Seat(askedAt, profile, wish(), folder.standing().seat().flatMap(SeatOf::server), reckoning.now().plus(schedule.untilDue()), why);
    }

    /// A person chooses: what was wanted before is not any more.
    Activation take(SeatChoice choice) throws IOException {
        folder.keep(standing -> standing.wanting(Optional.of(standing.seat().map(seat -> seat.chosen(choice)).orElseGet(() -> SeatOf.wanted(choice)))));
        slotTaken = Optional.empty();
        waits = Optional.empty();
        return settled(seek(wish().orElse(choice), pool -> true), choice);
    }

    /// A person or a start asks for what is wanted already. Where the settings want other features or another slot than the lease has, it is asked for anew.
    Activation takeAgain(SeatChoice wish) throws IOException {
        slotTaken = Optional.empty();
        var had = folder.standing().seat().flatMap(SeatOf::floating);
        if (lease().isPresent() && had.filter(choice -> choice.features().equals(wish.features()) && choice.slot().equals(wish.slot())).isEmpty()) {
            var told = seek(wish, pool -> true);
            if (told.activated()) {
                return settled(told, wish);
            }
        }
        return keepOrSeek(wish);
    }

    /// Ends the waiting of a host that has no license; whether it waited.
    boolean wantNoMore() throws IOException {
        boolean waits = wish().isPresent() && licensing.facts().license().isEmpty();
        if (waits) {
            folder.keep(standing -> standing.wanting(Optional.of(SeatOf.none())));
        }
        return waits;
    }

    /// What is to do now: the seat that is wanted, and then what waits to be given back.
    void turn() throws IOException {
        var wish = wish().filter(choice -> slotTaken.isEmpty());
        if (wish.isPresent()) {
            keepOrSeek(wish.get());
        }
        var away = releasing.sendToServers();
        if (wish.isEmpty()) {
            away.ifPresentOrElse(why -> schedule.failed(why.reason(), why.retryAfter()), schedule::answered);
        }
    }

    private Activation keepOrSeek(SeatChoice wish) throws IOException {
        var lease = lease();
        var state = licensing.snapshot().withoutTrial();
        boolean over = state instanceof LicenseState.OtherMachine || lease.filter(held -> isPast(held, LeaseProfile::end)).isPresent();
        return settled(lease.isEmpty() || over || folder.standing().behind() ? seek(wish, pool -> true) : keep(lease.get(), wish), wish);
    }

    private Told keep(UsageLicense lease, SeatChoice wish) throws IOException {
        var told = renew(lease, wish);
        if (told.refused(RefusalCode.RELEASED) && wish.slot().isPresent()) {
            slotTaken = Optional.of(told);
            return told;
        }
        if (told.refused(RefusalCode.RELEASED, RefusalCode.HOST_MISMATCH, RefusalCode.REQUEST_SUPERSEDED)) {
            return seek(wish, pool -> true);
        }
        if (told.activated() || !isPast(lease, LeaseProfile::degradedAfter)) {
            return told;
        }
        var elsewhere = seek(wish, pool -> !pool.equals(lease.license().id()));
        return elsewhere.activated() ? elsewhere : told;
    }

    private boolean isPast(UsageLicense lease, Function<LeaseProfile, Duration> limit) {
        var asked = folder.standing().held().map(Held::askedAt).orElse(lease.issuedAt());
        return lease.lease().filter(profile -> !reckoning.now().isBefore(asked.plus(limit.apply(profile)))).isPresent();
    }

    /// The same bytes to each server that has the pool, the one that gave the lease first.
    private Told renew(UsageLicense lease, SeatChoice wish) throws IOException {
        var license = lease.license().id();
        var last = folder.standing().seat().flatMap(SeatOf::server).filter(wish.servers()::contains);
        var pending = requests.ofPool(Purpose.RENEW, license, folder.key(lease.host().keys().id()).orElseThrow(), wish);
        var failures = new Failures();
        if (last.isPresent()) {
            var told = ask(last.get(), pending, wish);
            if (!failures.note(told)) {
                return told;
            }
        }
        for (var server : wish.servers()) {
            if (!last.filter(server::equals).isPresent() && pools(server, failures).stream().anyMatch(pool -> pool.license().equals(license))) {
                var told = ask(server, pending, wish);
                if (!failures.note(told)) {
                    return told;
                }
            }
        }
        return failures.told("None of the floating servers that are set has the pool of this host's seat.");
    }

    /// Asks one server after the other, in the order that was chosen, for a seat of a pool that may be asked.
    private Told seek(SeatChoice wish, Predicate<String> mayBe) throws IOException {
        var failures = new Failures();
        Optional<Told> refused = Optional.empty();
        for (var server : wish.servers()) {
            for (var pool : PoolList.inOrder(pools(server, failures), wish.features())) {
                if (mayBe.test(pool.license())) {
                    var told = acquire(server, pool.license(), wish);
                    if (told.activated()) {
                        return told;
                    }
                    if (failures.note(told)) {
                        break;
                    }
                    refused = refused.or(() -> Optional.of(told));
                }
            }
        }
        return refused.orElseGet(() -> failures.told("No floating server has a pool of " + settings.product() + " that could be asked."));
    }

    private List<PoolList.Entry> pools(URI server, Failures failures) {
        var told = PoolList.of(server, settings.links().to(server).pools(), settings.product());
        if (told instanceof PoolList.Nothing none) {
            failures.note(none.reason(), none.retryAfter());
            return List.of();
        }
        var pools = ((PoolList.Told) told).pools();
        if (pools.isEmpty()) {
            failures.note("The floating server at " + server + " has no pool of " + settings.product() + ".", Optional.empty());
        }
        return pools;
    }

    private Told acquire(URI server, String license, SeatChoice wish) throws IOException {
        var former = lease().filter(lease -> !lease.license().id().equals(license));
        var place = former.flatMap(releasing::place);
        var told = ask(server, requests.ofPool(Purpose.ACQUIRE, license, requests.keyToAskWith(), wish), wish);
        if (told.outcome() instanceof Activation.Activated activated && former.isPresent() && place.isPresent() && former.get().host().keys().equals(activated.license().host().keys())) {
            releasing.releaseFormer(former.get(), place.get());
        }
        return told;
    }

    private Told ask(URI server, Pending pending, SeatChoice wish) throws IOException {
        var reply = settings.links().to(server).post(DocumentKind.USAGE_REQUEST, pending.request().toBytes());
        if (reply instanceof Transport.Reply.Unreachable none) {
            return new Told(new Activation.Unreachable(none.reason(), none.retryAfter()), none.retryAfter());
        }
        var answer = (Transport.Reply.Answered) reply;
        try {
            var document = SignedDocument.read(answer.document());
            var outcome = answers.take(pending, document, (lease, locator) -> SeatOf.leasedBy(server, wish, lease));
            return new Told(outcome, answer.retryAfter(), outcome instanceof Activation.Refused ? Refusal.read(document.payload()).place() : OptionalLong.empty());
        } catch (DocumentRejected unsigned) {
            var reason = "What answered at " + server + " is no floating server of this product's vendor. " + unsigned.getMessage();
            return new Told(new Activation.Unreachable(reason, answer.retryAfter()), answer.retryAfter());
        }
    }

    private Activation settled(Told told, SeatChoice wish) {
        var inForce = licensing.snapshot().withoutTrial() instanceof LicenseState.InForce ? profile() : Optional.<LeaseProfile>empty();
        if (told.outcome() instanceof Activation.Unreachable none) {
            schedule.every(inForce.map(LeaseProfile::renewEvery).orElse(WAIT_FOR_SEAT));
            schedule.failed(none.reason(), told.retryAfter());
            waits = Optional.of(wait(Optional.empty(), none.reason(), OptionalLong.empty(), wish));
        } else if (told.outcome() instanceof Activation.Refused no) {
            schedule.every(inForce.map(LeaseProfile::renewEvery).orElse(waitAfter(no.code())));
            schedule.answered(told.retryAfter());
            waits = Optional.of(wait(Optional.of(no.code()), no.message(), told.place(), wish));
        } else {
            schedule.every(inForce.map(LeaseProfile::renewEvery).orElse(WAIT_FOR_SEAT));
            schedule.answered();
            waits = Optional.empty();
        }
        return told.outcome();
    }

    private static Duration waitAfter(RefusalCode code) {
        return switch (code) {
            case NO_SEAT_FREE, ALLOWANCE_EXHAUSTED, REQUEST_SUPERSEDED -> WAIT_FOR_SEAT;
            default -> WAIT_FOR_VENDOR;
        };
    }

    private SeatWait wait(Optional<RefusalCode> code, String message, OptionalLong place, SeatChoice wish) {
        return new SeatWait(waits.map(SeatWait::since).orElseGet(reckoning::now), code, message, place, reckoning.now(), wish.servers());
    }

    /// What stood in the way of each server, and the shortest time that one of them asked to wait.
    private static final class Failures {
        private final List<String> reasons = new ArrayList<>();
        private Optional<Duration> wait = Optional.empty();

        /// Whether it is a failure.
        boolean note(Told told) {
            if (told.outcome() instanceof Activation.Unreachable none) {
                note(none.reason(), none.retryAfter());
                return true;
            }
            return false;
        }

        void note(String reason, Optional<Duration> retryAfter) {
            reasons.add(reason);
            wait = retryAfter.filter(asked -> wait.filter(known -> known.compareTo(asked) <= 0).isEmpty()).or(() -> wait);
        }

        Told told(String otherwise) {
            return new Told(new Activation.Unreachable(reasons.isEmpty() ? otherwise : String.join(" ", reasons), wait), wait);
        }
    }
}
