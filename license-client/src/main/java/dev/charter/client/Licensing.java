package dev.charter.client;

import dev.charter.format.DocumentRejected;
import dev.charter.format.Entitlement;
import dev.charter.format.Fingerprint;
import dev.charter.format.LicenseKey;
import dev.charter.format.Refusal;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageLicense;
import dev.charter.format.Verifier;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The heart of one client: what is known, and the snapshot of what it amounts to now.
final class Licensing implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LicenseClient.class.getName());
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration TIME_KEPT_EVERY = Duration.ofMinutes(1);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);
    private static final int LONGEST_NAME = 200;

    private final Settings settings;
    private final Notices notices;
    private final Reckoning reckoning;
    private final HostFolder folder;
    private final Verifier verifier;
    private final Exchange exchange;
    private final Orders orders;
    private final List<Consumer<LicenseState>> listeners = new CopyOnWriteArrayList<>();
    private final Object machineRead = new Object();
    /// Held while facts are looked at and taken over, so that older ones never replace newer ones and no day is counted twice. Never held while asking.
    private final Object looking = new Object();
    private volatile @Nullable Fingerprint fingerprint;
    private volatile Assessment.Facts facts;
    private volatile Snapshot snapshot;

    private Licensing(Settings settings, Notices notices, Reckoning reckoning, HostFolder folder) throws IOException {
        this.settings = settings;
        this.notices = notices;
        this.reckoning = reckoning;
        this.folder = folder;
        this.verifier = new Verifier(settings.trustAnchor());
        learnTrustStatement();
        facts = verified();
        if (folder.currentKey().isEmpty() && facts.license().isEmpty()) {
            makeFirstKey();
        }
        if (settings.needsLeaseKey()) {
            makeLeaseKey();
        }
        folder.latestTime().ifPresent(reckoning::atLeast);
        facts.license().ifPresent(license -> reckoning.atLeast(Reckoning.earliest(license.issuedAt(), folder.standing().held().orElseThrow().document())));
        facts.refusal().ifPresent(refusal -> reckoning.atLeast(refusal.issuedAt()));
        facts.standing().trial().ifPresent(trial -> reckoning.atLeast(trial.startedAt()));
        snapshot = Assessment.of(facts, reckoning.now(), reckoning.wall());
        var may = new MayAsk(settings, folder, this);
        exchange = new Exchange(settings, folder, verifier, reckoning, this, may);
        orders = new Orders(settings, folder, reckoning, exchange, may, this);
    }

    static Licensing open(Settings settings) {
        var reckoning = new Reckoning(settings.clock(), settings.monotonicNanos());
        var notices = new Notices(reckoning::now, settings.background());
        var folder = HostFolder.open(settings, notices);
        Licensing licensing;
        try {
            licensing = new Licensing(settings, notices, reckoning, folder);
        } catch (IOException | RuntimeException fault) {
            closeQuietly(folder);
            throw fault instanceof RuntimeException unchecked ? unchecked
                    : new java.io.UncheckedIOException("The folder " + settings.home() + " cannot be used: " + fault, (IOException) fault);
        }
        licensing.start();
        return licensing;
    }

    private void start() {
        var background = settings.background();
        background.run(guarded(this::machineMarks));
        background.repeat("clock", TICK, guarded(this::tick));
        background.repeat("contact", TICK, guarded(exchange::contactIfDue));
        background.repeat("orders", TICK, guarded(orders::turn));
        background.repeat("time", TIME_KEPT_EVERY, guarded(this::keepTime));
        background.repeat("inbox", Inbox.PAUSE, guarded(new Inbox(settings.home(), exchange, notices)::look));
    }

    /// A fault in one run must not end the runs after it.
    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException fault) {
                LOG.log(System.Logger.Level.ERROR, "A background task failed; it is tried again", fault);
            }
        };
    }

    private void learnTrustStatement() {
        try {
            folder.standing().trustStatement().ifPresent(verifier::learn);
        } catch (DocumentRejected foreign) {
            notices.add("The trust statement on this machine is not this vendor's: " + foreign.getMessage());
        }
    }

    private void makeFirstKey() throws IOException {
        if (folder.keysLost()) {
            notices.add("Both copies of this host's key are damaged. It has a new key now, and asks for licenses as a new host.");
        }
        try {
            folder.addKey(HostKey.generate(settings.random()));
        } catch (IOException readOnly) {
            notices.add("This host's key cannot be written: " + readOnly + ". It is made when it is needed.");
        }
    }

    /// What was leased before stays good. Further leases need a pool that vouches for the new key.
    private void makeLeaseKey() {
        if (folder.leaseKey().isPresent()) {
            return;
        }
        facts.license().flatMap(UsageLicense::pool).filter(pool -> !pool.keys().isEmpty()).ifPresent(
                pool -> notices.add("The key for leases that the pool of this server names is lost. It has a new one, and leases again when the vendor has answered its next request."));
        try {
            folder.keepLeaseKey(LeaseKey.generate(settings.random()));
        } catch (IOException readOnly) {
            notices.add("This server's key for leases cannot be written: " + readOnly + ". It is made at the next start.");
        }
    }

    Snapshot snapshot() {
        return snapshot;
    }

    Assessment.Facts facts() {
        return facts;
    }

    Exchange exchange() {
        return exchange;
    }

    Orders orders() {
        return orders;
    }

    boolean holdsLicenseOf(LicenseKey key) {
        return new MayAsk(settings, folder, this).holdsLicenseOf(key);
    }

    Notices notices() {
        return notices;
    }

    Instant now() {
        return reckoning.now();
    }

    Contact contact() {
        return new Contact(folder.standing().contactAt(), exchange.unreachable(), folder.standing().behind());
    }

    Optional<Seat> seat() {
        var known = facts;
        return known.license().flatMap(UsageLicense::lease).flatMap(profile -> known.standing().held().map(held -> exchange.seat(held.askedAt(), profile)));
    }

    Optional<SignedDocument> usageLicenseDocument() {
        return folder.standing().held().map(Held::document);
    }

    List<PoolLook> lookAtPools(List<URI> servers) {
        return new LookAtPools(settings, verifier).at(servers);
    }

    /// What is older than the license came with it; after that, support decides.
    boolean covers(Instant released) {
        var license = facts.license();
        var support = license.stream().flatMap(held -> held.entitlements().stream()).filter(Entitlement.Support.class::isInstance).map(held -> ((Entitlement.Support) held).until());
        return Stream.concat(license.map(held -> held.license().term().from()).stream(), support).anyMatch(released::isBefore);
    }

    void onChange(Consumer<LicenseState> listener) {
        listeners.add(listener);
    }

    /// Publishes what holds now. Reads two clocks and compares; it writes only where an emergency day begins or ends.
    void tick() {
        countEmergencyDays();
        publish();
    }

    /// After a change on disk: looks at everything again.
    void changed() {
        synchronized (looking) {
            facts = verified();
        }
        tick();
    }

    /// The machine's fingerprint, read once.
    Fingerprint machineMarks() {
        var known = fingerprint;
        if (known != null) {
            return known;
        }
        synchronized (machineRead) {
            var read = fingerprint;
            if (read == null) {
                read = MachineMarks.fingerprint(settings.trustAnchor().vendor(), settings.machine(), settings.home());
                fingerprint = read;
                changed();
            }
            return read;
        }
    }

    private Assessment.Facts verified() {
        var standing = folder.standing();
        var marks = Optional.ofNullable(fingerprint);
        if (standing.held().isEmpty()) {
            var newest = folder.tombstones().isEmpty() ? Optional.<Tombstone>empty() : Optional.of(folder.tombstones().get(folder.tombstones().size() - 1));
            return new Assessment.Facts(standing, Optional.empty(), Optional.empty(), newest.filter(tombstone -> !tombstone.atStop()), standing.damage(), marks, settings.trial());
        }
        try {
            var license = verifier.usageLicense(standing.held().get().document()).content();
            if (tombstoneOf(license).filter(Tombstone::atStop).isPresent()) {
                // The product stopped before it could delete what it had given back.
                return new Assessment.Facts(standing, Optional.empty(), Optional.empty(), Optional.empty(), standing.damage(), marks, settings.trial());
            }
            return new Assessment.Facts(standing, Optional.of(license), refusal(standing), tombstoneOf(license), standing.damage().or(() -> unusable(license)), marks,
                    settings.trial());
        } catch (DocumentRejected rejected) {
            return new Assessment.Facts(standing, Optional.empty(), Optional.empty(), Optional.empty(),
                    Optional.of("The license on this machine cannot be used. " + rejected.getMessage()), marks, settings.trial());
        }
    }

    /// A "no" whose signer was revoked since may be a thief's: it no longer stops anything.
    private Optional<Refusal> refusal(Standing standing) {
        try {
            return standing.refusal().map(document -> verifier.refusal(document).content());
        } catch (DocumentRejected rejected) {
            notices.add("A refusal on this machine no longer counts. " + rejected.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Tombstone> tombstoneOf(UsageLicense license) {
        return folder.tombstones().stream().filter(tombstone -> tombstone.buries(license)).findFirst();
    }

    private Optional<String> unusable(UsageLicense license) {
        if (!license.product().equals(settings.product())) {
            return Optional.of("The license on this machine is for another product, " + license.product() + ".");
        }
        if (folder.key(license.host().keys().id()).isEmpty()) {
            return Optional.of("The key that the license on this machine is bound to is lost. Activate this host again with its license key.");
        }
        return Optional.empty();
    }

    private synchronized void publish() {
        var before = snapshot;
        var after = Assessment.of(facts, reckoning.now(), reckoning.wall());
        if (after.equals(before) || differsInTheClockOnly(before, after)) {
            return;
        }
        snapshot = after;
        if (!after.state().equals(before.state())) {
            if (after.state().kind() != before.state().kind()) {
                LOG.log(System.Logger.Level.INFO, () -> "The license of " + settings.product() + " is now: " + after.state().kind());
            }
            listeners.forEach(listener -> Notices.tell(settings.background(), listener, after.state()));
            if (before.state() instanceof LicenseState.InForce && !(after.state() instanceof LicenseState.Licensed)) {
                exchange.askSoon(); // the license may be renewed already, or the clock be wrong
            }
        }
    }

    /// A clock that stands wrong goes on all the same; that is no news.
    private static boolean differsInTheClockOnly(Snapshot before, Snapshot after) {
        return before.state() instanceof LicenseState.ClockBehind one && after.state() instanceof LicenseState.ClockBehind other
                && one.equals(new LicenseState.ClockBehind(other.license(), other.behind(), one.clockSays()))
                && new Snapshot(one, one, after.features(), after.limits(), after.supportUntil(), after.configurationLocked()).equals(before);
    }

    EmergencyStart startEmergency(String who) {
        if (who.isBlank() || who.length() > LONGEST_NAME) {
            return new EmergencyStart.NotPossible("Name the administrator who starts the emergency, in 1 to " + LONGEST_NAME + " characters.");
        }
        tick();
        var state = snapshot.withoutTrial();
        if (state instanceof LicenseState.Emergency) {
            return new EmergencyStart.NotPossible("The emergency days run already.");
        }
        if (!(state instanceof LicenseState.Grace || state instanceof LicenseState.Degraded || state instanceof LicenseState.Ended)) {
            return new EmergencyStart.NotPossible("Emergency days are for a license that has ended or could not be renewed.");
        }
        var license = facts.license().orElseThrow();
        if (daysLeft(license, folder.standing()) == 0) {
            return new EmergencyStart.NotPossible(license.license().emergencyDays() == 0 ? "This license has no emergency days." : "All emergency days of this license are used.");
        }
        var now = reckoning.now();
        try {
            var kept = folder.keep(standing -> standing.emergencyUntil().isPresent() ? standing : standing.inEmergency(new EmergencyDay(license.license().id(), now, now, who)));
            return new EmergencyStart.Started(daysLeft(license, kept));
        } catch (IOException full) {
            return new EmergencyStart.NotPossible("The emergency day cannot be recorded, and so not be used: " + full);
        } finally {
            changed();
        }
    }

    Optional<Duration> trialDuration() {
        return settings.trial().map(TrialOffer::duration);
    }

    TrialStart startTrial() {
        if (settings.trial().isEmpty()) {
            return new TrialStart.NotPossible("This product cannot be tried without a license.");
        }
        tick();
        if (snapshot.state() instanceof LicenseState.Trial running) {
            return new TrialStart.Started(running.endsAt());
        }
        var state = snapshot.withoutTrial();
        if (state instanceof LicenseState.InForce) {
            return new TrialStart.NotPossible("There is a license in force here. A trial is for a host without one.");
        }
        if (state instanceof LicenseState.Suspended || state instanceof LicenseState.Revoked) {
            return new TrialStart.NotPossible("The vendor has stopped the license of this host. Talk to the vendor; a trial does not replace it.");
        }
        try {
            var now = reckoning.now().truncatedTo(ChronoUnit.SECONDS); // as it is kept
            var trial = new LicenseState.Trial(now, now.plus(settings.trial().get().duration()));
            folder.keep(standing -> standing.inTrial(trial));
            return new TrialStart.Started(trial.endsAt());
        } catch (IOException full) {
            return new TrialStart.NotPossible(folder.cannotWrite(full));
        } finally {
            changed();
        }
    }

    private static int daysLeft(UsageLicense license, Standing standing) {
        return Math.max(0, license.license().emergencyDays() - (int) standing.emergencyDaysOf(license.license().id()));
    }

    /// A new day is recorded before it is used; an emergency that is no longer needed, or has no day left, ends.
    private void countEmergencyDays() {
        if (facts.standing().emergencyUntil().isPresent()) {
            synchronized (looking) {
                countEmergencyDays(facts);
            }
        }
    }

    private void countEmergencyDays(Assessment.Facts current) {
        var until = current.standing().emergencyUntil();
        if (until.isEmpty() || current.license().isEmpty()) {
            return;
        }
        var license = current.license().get();
        var now = reckoning.now();
        boolean needed = Assessment.isLimited(current, now);
        if (needed && now.isBefore(until.get())) {
            return;
        }
        try {
            if (needed && daysLeft(license, current.standing()) > 0) {
                var days = current.standing().emergencyDays();
                var last = days.get(days.size() - 1);
                folder.keep(standing -> standing.inEmergency(new EmergencyDay(license.license().id(), now, last.emergencySince(), last.startedBy())));
            } else {
                folder.keep(Standing::withoutEmergency);
            }
        } catch (IOException full) {
            notices.add("An emergency day cannot be recorded: " + full);
        }
        facts = verified();
    }

    void keepTime() {
        try {
            folder.keepTime(reckoning.now());
        } catch (IOException full) {
            notices.add("The latest time seen cannot be written: " + full);
        }
    }

    /// The reckoning was ahead of the truth; what is on disk must not bring the wrong time back.
    void settle(Duration shift, Instant signedAt) {
        reckoning.settle(shift);
        reckoning.atLeast(signedAt);
        if (!shift.isZero()) {
            notices.add("The clock was ahead by " + shift.toMinutes() + " minutes, as the issuer's answer shows.");
            keepTime();
        }
    }

    @Override
    public void close() {
        settings.background().close();
        if (!folder.isClosed()) {
            if (settings.seats().givenBackAtClose()) {
                giveSeatBack();
            }
            keepTime();
        }
        closeQuietly(folder);
        if (settings.transport() instanceof InOrder http) {
            http.close();
        }
        settings.links().close();
    }

    /// A container that stops gives its seat back. Who stops it does not wait long: where the server is away the release is sent at the next start.
    private void giveSeatBack() {
        var thread = new Thread(guarded(exchange::stop), "charter-release");
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(LONGEST_STOP.toMillis());
            thread.interrupt();
            thread.join(LONGEST_STOP.toMillis());
        } catch (InterruptedException hurried) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private static void closeQuietly(HostFolder folder) {
        try {
            folder.close();
        } catch (IOException alreadyGone) {
            LOG.log(System.Logger.Level.WARNING, "The lock of the home folder cannot be given back", alreadyGone);
        }
    }
}
