package dev.charter.client;

import dev.charter.format.LicenseKey;
import dev.charter.format.Purpose;
import dev.charter.format.RefusalCode;
import dev.charter.format.UsageLicense;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The seat of a leased license, which the vendor's authority hands out: taken by the license key, renewed, and asked for anew where it has ended. A floating server's seat is [FloatingSeat]'s.
///
/// Not safe for several threads: who calls what asks holds the one exchange. What only tells may be called by anyone.
final class LeasedSeat {
    /// Until a seat is asked for again where none was free.
    static final Duration WAIT_FOR_SEAT = Duration.ofSeconds(10);
    private static final Duration WAIT_FOR_VENDOR = Duration.ofMinutes(5);

    private final Settings settings;
    private final HostFolder folder;
    private final Reckoning reckoning;
    private final Licensing licensing;
    private final Schedule schedule;
    private final Requests requests;
    private final Asking asking;
    /// The license key that a seat is wanted by; while the product runs, in memory only.
    private volatile Optional<LicenseKey> wantedBy = Optional.empty();
    private volatile Optional<NoSeat> none = Optional.empty();

    private record NoSeat(Instant since, Activation.Refused refused) {}

    /// The one exchange.
    interface Asking {
        Activation ask(Pending pending) throws IOException;
    }

    LeasedSeat(Settings settings, HostFolder folder, Reckoning reckoning, Licensing licensing, Schedule schedule, Requests requests, Asking asking) {
        this.settings = settings;
        this.folder = folder;
        this.reckoning = reckoning;
        this.licensing = licensing;
        this.schedule = schedule;
        this.requests = requests;
        this.asking = asking;
    }

    /// Whether a seat that the authority hands out was wanted when this host was used before.
    static boolean wasWanted(HostFolder folder) {
        return folder.standing().seat().filter(seat -> seat.floating().isEmpty() && !seat.isNone()).isPresent();
    }

    boolean isWanted() {
        return wantedBy.isPresent() || wasWanted(folder);
    }

    /// Whether the key is known to be that of a leased license, or this product takes no other.
    boolean isMeantBy(LicenseKey key) {
        return settings.seats().only() || folder.standing().seat().flatMap(SeatOf::locator).filter(key.locator()::equals).isPresent();
    }

    void wantBy(LicenseKey key) {
        wantedBy = Optional.of(key);
    }

    void wantNoMore() {
        wantedBy = Optional.empty();
    }

    /// Asks for a seat by the license key. While a release waits the seat that it gives back is not free, so none is asked for.
    Activation take(LicenseKey key) throws IOException {
        wantBy(key);
        if (folder.tombstones().stream().anyMatch(buried -> !buried.settled() && buried.lease().isEmpty())) {
            return new Activation.Unreachable(schedule.unreachable().orElse("The seat that was given back is not free yet."), Optional.empty());
        }
        return asking.ask(requests.byKey(Purpose.ACQUIRE, key, false));
    }

    /// Asks for a seat as a host that has had one of that license.
    private Activation takeAgain(String license, HostKey key) throws IOException {
        return asking.ask(requests.byHost(Purpose.ACQUIRE, license, key, false));
    }

    /// Renews the lease; where it has ended, a seat is asked for anew. Each time with a new request: an older one counts for a shorter time.
    Activation keep(UsageLicense license) throws IOException {
        if (folder.standing().behind() && wantedBy.isPresent()) {
            return take(wantedBy.get());
        }
        var key = folder.key(license.host().keys().id()).orElseThrow();
        if (!(licensing.snapshot().withoutTrial() instanceof LicenseState.Ended ended && ended.cause() == LicenseState.Cause.LEASE)) {
            var outcome = asking.ask(requests.byHost(Purpose.RENEW, license.license().id(), key, false));
            if (!(outcome instanceof Activation.Refused no && no.code() == RefusalCode.RELEASED)) {
                return outcome;
            }
        }
        return takeAgain(license.license().id(), key);
    }

    /// What a host that holds no seat does to have one.
    void seek() throws IOException {
        var seat = folder.standing().seat();
        var key = folder.currentKey();
        if (wantedBy.isPresent()) {
            take(wantedBy.get());
        } else if (seat.flatMap(SeatOf::license).isPresent() && key.isPresent() && !folder.standing().behind()) {
            takeAgain(seat.get().license().get(), key.get());
        }
    }

    void granted() {
        none = Optional.empty();
    }

    void refused(Activation.Refused refusal) {
        none = Optional.of(new NoSeat(none.map(NoSeat::since).orElseGet(reckoning::now), refusal));
        switch (refusal.code()) {
            case NO_SEAT_FREE, ALLOWANCE_EXHAUSTED, REQUEST_SUPERSEDED -> schedule.every(WAIT_FOR_SEAT);
            case LICENSE_SUSPENDED, LICENSE_EXPIRED, LICENSE_NOT_STARTED -> schedule.every(WAIT_FOR_VENDOR);
            default -> {
                wantedBy = Optional.empty();
                none = Optional.empty();
                schedule.every(settings.refreshInterval());
            }
        }
    }

    /// Why this host waits for a seat, where it does.
    Optional<SeatWait> waits() {
        var next = reckoning.now().plus(schedule.untilDue());
        return none.filter(refused -> isWanted())
                .map(no -> new SeatWait(no.since(), Optional.of(no.refused().code()), no.refused().message(), OptionalLong.empty(), next, List.of()));
    }
}
