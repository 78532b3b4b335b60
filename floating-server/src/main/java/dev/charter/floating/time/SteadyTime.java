package dev.charter.floating.time;

import dev.charter.store.IssuerTime;
import dev.charter.store.Sql;
import dev.charter.store.Transactions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// What moves the issuer's time on while this process runs: the machine's monotonic clock and nothing else, so that a wall clock that is set - forward or back, by people or by
/// the network - frees no seat.
///
/// The wall clock is read once, at a start at which nobody else knows what time it is: on a new database, and after the machine was booted. Then it may be wrong, and every
/// lease that is held counts again from there. Between two starts on one boot the monotonic clock knows how much time has passed. While a machine sleeps this time may stand still, which frees
/// nothing early.
public final class SteadyTime implements InstantSource {
    private final LongSupplier nanos;
    private final long beganAtNanos;
    private final long beganAtMillis;

    private SteadyTime(LongSupplier nanos, long beganAtNanos, long beganAtMillis) {
        this.nanos = nanos;
        this.beganAtNanos = beganAtNanos;
        this.beganAtMillis = beganAtMillis;
    }

    /// Begins with the first time after everything that was handed out before, ahead of the store's [IssuerTime], which is to be made of this.
    ///
    /// @param afterUnknownTime told from when on to count again, before anything goes by the new time
    public static SteadyTime begin(Transactions transactions, Machine machine, Consumer<Instant> afterUnknownTime) {
        return begin(transactions, machine, () -> false, afterUnknownTime);
    }

    /// @param othersRun whether other nodes go by the time of this database just now, whose time this one then takes; asked only where this machine does not know what time it is
    public static SteadyTime begin(Transactions transactions, Machine machine, BooleanSupplier othersRun, Consumer<Instant> afterUnknownTime) {
        long nanos = machine.nanos().getAsLong();
        long latest = transactions.reading(sql -> sql.one("SELECT latest FROM issuer_time WHERE id = 1", row -> row.number("latest")).orElseThrow());
        long least = latest == 0 ? 0 : latest + IssuerTime.REACH.toMillis();
        var sameBoot = machine.boot().flatMap(boot -> transactions.reading(sql -> sql.one("SELECT nanos, at FROM clock_mark WHERE boot = ?", row -> new Mark(row.number("nanos"), row.number("at")), boot)))
                .filter(mark -> mark.nanos() <= nanos);
        if (sameBoot.isPresent()) {
            return new SteadyTime(machine.nanos(), nanos, Math.max(least, sameBoot.get().at() + TimeUnit.NANOSECONDS.toMillis(nanos - sameBoot.get().nanos())));
        }
        if (othersRun.getAsBoolean()) {
            machine.boot().ifPresent(boot -> transactions.doInOne(sql -> mark(sql, boot, nanos, least)));
            return new SteadyTime(machine.nanos(), nanos, least);
        }
        long now = Math.max(least, machine.wall().millis());
        afterUnknownTime.accept(Instant.ofEpochMilli(now));
        machine.boot().ifPresent(boot -> transactions.doInOne(sql -> mark(sql, boot, nanos, now)));
        return new SteadyTime(machine.nanos(), nanos, now);
    }

    private record Mark(long nanos, long at) {}

    private static void mark(Sql sql, String boot, long nanos, long at) {
        sql.update("INSERT INTO clock_mark (boot, nanos, at) VALUES (?, ?, ?) ON CONFLICT (boot) DO UPDATE SET nanos = excluded.nanos, at = excluded.at", boot, nanos, at);
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(beganAtMillis + TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - beganAtNanos));
    }
}
