package dev.charter.floating.alarm;

import dev.charter.client.LicenseState;
import dev.charter.floating.alarm.Alarm.Code;
import dev.charter.floating.alarm.Alarm.Severity;
import dev.charter.floating.history.SeatHistory;
import dev.charter.floating.installation.Installation;
import dev.charter.floating.pool.Pool;
import dev.charter.floating.pool.Pools;
import dev.charter.floating.settings.Settings;
import dev.charter.store.Sql;
import dev.charter.store.Transactions;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds what an administrator should see to now.
public final class LookForAlarms {
    private static final Logger LOG = LoggerFactory.getLogger(LookForAlarms.class);
    private static final Duration CLOCK_MAY_BE_BEHIND = Duration.ofMinutes(2);
    private static final Duration CLONES_ARE_TOLD_FOR = Duration.ofDays(7);
    private static final long MOST_ENTRIES = 10_000;
    private static final long LITTLE_SPACE = 500L * 1024 * 1024;
    private static final long NO_SPACE = 100L * 1024 * 1024;
    private static final String CLONE = "\"event\":\"clone-seen\"";

    private final Settings settings;
    private final Transactions transactions;
    private final InstantSource time;
    private final InstantSource wall;
    private final Pools pools;
    private final Installation installation;
    private final SeatHistory history;
    private final Map<String, Watched> clones = new HashMap<>();

    /// How far a pool's audit was looked through, and when a clone was last seen there.
    private record Watched(long entries, Optional<Instant> cloneSeen) {}

    /// @param time the issuer's
    /// @param wall the machine's
    public LookForAlarms(Settings settings, Transactions transactions, InstantSource time, InstantSource wall, Pools pools, Installation installation, SeatHistory history) {
        this.settings = settings;
        this.transactions = transactions;
        this.time = time;
        this.wall = wall;
        this.pools = pools;
        this.installation = installation;
        this.history = history;
    }

    public synchronized List<Alarm> now() {
        var now = time.instant();
        var found = new ArrayList<Alarm>();
        installation.states().forEach((product, state) -> ofLicense(product, state, now).ifPresent(found::add));
        for (var pool : transactions.reading(pools::all)) {
            transactions.reading(sql -> ofPool(sql, pool, now)).forEach(found::add);
            ofClones(pool, now).ifPresent(found::add);
        }
        ofClock(now).ifPresent(found::add);
        ofDisk().ifPresent(found::add);
        return List.copyOf(found);
    }

    private static Optional<Alarm> ofLicense(String product, LicenseState state, Instant now) {
        return switch (state) {
            case LicenseState.Grace grace -> Optional.of(new Alarm(Code.LICENSE_GRACE, Severity.CRITICAL, Optional.of(product),
                    "The license of " + product + " has ended. Products go on until " + day(grace.dataUntil()) + ". Ask the vendor for its renewal and install the answer."));
            case LicenseState.InForce inForce -> inForce.license().license().term().until().flatMap(end -> ofEnd(product, end, now));
            case LicenseState.NotInForce ended -> Optional.of(noLicense(product, "grants nothing now (" + ended.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + ")"));
            case LicenseState.Damaged damaged -> Optional.of(noLicense(product, "cannot be used: " + damaged.message()));
            case LicenseState.NeverLicensed _, LicenseState.Released _, LicenseState.Trial _, LicenseState.TrialOver _ -> Optional.of(new Alarm(Code.NO_LICENSE, Severity.CRITICAL, Optional.of(product),
                    "There is no license of " + product + " here, so no seat of it is handed out. Make a request for it under License."));
        };
    }

    private static Alarm noLicense(String product, String why) {
        return new Alarm(Code.NO_LICENSE, Severity.CRITICAL, Optional.of(product), "The license of " + product + " " + why + ", so no seat of it is handed out. Look under License.");
    }

    /// From 60 days on.
    private static Optional<Alarm> ofEnd(String product, Instant end, Instant now) {
        long days = Math.max(0, ChronoUnit.DAYS.between(now, end));
        if (days >= 60) {
            return Optional.empty();
        }
        var severity = days >= 30 ? Severity.INFO : days >= 7 ? Severity.WARNING : Severity.CRITICAL;
        return Optional.of(new Alarm(Code.LICENSE_ENDS, severity, Optional.of(product),
                "The license of " + product + " ends on " + day(end) + ", in " + (days == 0 ? "less than a day" : days == 1 ? "1 day" : days + " days") + ". Ask the vendor for its renewal."));
    }

    private List<Alarm> ofPool(Sql sql, Pool pool, Instant now) {
        var found = new ArrayList<Alarm>();
        long taken = pools.held(sql, pool.license(), now);
        if (taken * 100 >= pool.seats() * settings.console().nearlyFull()) {
            found.add(new Alarm(Code.NEARLY_FULL, Severity.WARNING, Optional.of(pool.license()),
                    (taken >= pool.seats() ? "All " + pool.seats() : taken + " of " + pool.seats()) + " seats of the pool " + pool.license() + " (" + pool.product() + ") are taken."));
        }
        history.today(sql, pool.license(), now).filter(day -> day.denied() > 0).ifPresent(day -> found.add(new Alarm(Code.SEATS_DENIED, Severity.WARNING, Optional.of(pool.license()),
                "A seat of the pool " + pool.license() + " (" + pool.product() + ") was refused " + (day.denied() == 1 ? "once" : day.denied() + " times") + " today, because none was free.")));
        if (pool.renewsOnly(now)) {
            found.add(new Alarm(Code.RESTORED, Severity.WARNING, Optional.of(pool.license()), "The database was restored, or hosts have seats that it does not know of. The pool " + pool.license()
                    + " renews seats and hands out none anew until " + pool.standing().renewOnlyUntil().truncatedTo(ChronoUnit.SECONDS) + "."));
        }
        return found;
    }

    /// Looks through what was added to the audit since the last time; at the start through the latest entries.
    private Optional<Alarm> ofClones(Pool pool, Instant now) {
        long entries = pool.chain().length();
        var before = clones.getOrDefault(pool.license(), new Watched(Math.max(0, entries - MOST_ENTRIES), Optional.empty()));
        long from = Math.max(before.entries, entries - MOST_ENTRIES);
        var seen = entries == before.entries ? Optional.<Instant>empty()
                : transactions.reading(sql -> sql.query("SELECT at FROM audit_entry WHERE pool = ? AND number > ? AND number <= ? AND event LIKE ? ORDER BY number DESC LIMIT 1", row -> row.instant("at"),
                        pool.license(), from, entries, "%" + CLONE + "%")).stream().findFirst();
        var latest = seen.or(before::cloneSeen);
        clones.put(pool.license(), new Watched(entries, latest));
        return latest.filter(at -> now.isBefore(at.plus(CLONES_ARE_TOLD_FOR))).map(at -> new Alarm(Code.CLONE_SEEN, Severity.WARNING, Optional.of(pool.license()),
                "Two hosts seem to use one key, last on " + day(at) + ": a product's host folder was copied. The audit of the pool " + pool.license() + " names the host."));
    }

    private Optional<Alarm> ofClock(Instant now) {
        var behind = Duration.between(wall.instant(), now);
        return behind.compareTo(CLOCK_MAY_BE_BEHIND) <= 0 ? Optional.empty() : Optional.of(new Alarm(Code.CLOCK_BEHIND, Severity.WARNING, Optional.empty(),
                "The machine's clock is " + behind.toMinutes() + " minutes behind the time that seats go by. Set it right; no seat runs out by that."));
    }

    private Optional<Alarm> ofDisk() {
        try {
            long left = Files.getFileStore(settings.data()).getUsableSpace();
            return left >= LITTLE_SPACE ? Optional.empty() : Optional.of(new Alarm(Code.DISK_NEARLY_FULL, left < NO_SPACE ? Severity.CRITICAL : Severity.WARNING, Optional.empty(),
                    "The disk of the data folder has " + left / (1024 * 1024) + " MB left. When it is full, no seat can be handed out."));
        } catch (IOException unknown) {
            LOG.warn("the space that is left on the data folder's disk is not known", unknown);
            return Optional.empty();
        }
    }

    private static String day(Instant time) {
        return time.truncatedTo(ChronoUnit.DAYS).toString().substring(0, 10);
    }
}
