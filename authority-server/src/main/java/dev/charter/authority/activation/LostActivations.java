package dev.charter.authority.activation;

import dev.charter.authority.audit.AuditEvent;
import dev.charter.authority.audit.Chain;
import dev.charter.authority.license.License;
import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import dev.charter.store.Sql;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// Activations whose hosts are gone. Each step is written in the caller's transaction, with its audit entry; it holds the license's row from there on.
public final class LostActivations {

    /// What became of an attempt to restore.
    public enum Restored {
        DONE,
        /// It is not lost, or no longer: it was given back, or its machine has come back.
        NOT_LOST,
        /// As many were restored and taken over as the license allows in its period.
        ALLOWANCE_EXHAUSTED
    }

    /// Who does it, and what they say about it.
    ///
    /// @param by the ID of a token, or `portal`
    public record Said(String by, String words) {}

    LostActivations() {}

    /// Fences an active activation, which still counts; false when it is not active.
    public boolean lose(Sql sql, String license, String activation, Said said, Instant now) {
        return change(sql, license, activation, "ACTIVE", ActivationState.LOST, new AuditEvent.Lost(said.by(), activation), said, now);
    }

    /// Takes back that it is lost; false when it is not lost.
    public boolean decline(Sql sql, String license, String activation, Said said, Instant now) {
        return change(sql, license, activation, "LOST", ActivationState.ACTIVE, new AuditEvent.LossDeclined(said.by(), activation), said, now);
    }

    /// Gives the capacity of a lost activation back, within the allowance that the license signs. Of a floating server as many seats at once as the allowance has left.
    ///
    /// @param agreed the ID of the token that wanted it before, where a second person had to agree
    public Restored restore(Sql sql, License license, String activation, Said said, Optional<String> agreed, Instant now) {
        var chain = Chain.hold(sql, license.id()).orElseThrow();
        var lost = sql.one("SELECT " + ActivationRow.COLUMNS + " FROM activation WHERE id = ? AND license = ? AND state = 'LOST'", ActivationRow::read, activation, license.id());
        if (lost.isEmpty()) {
            return Restored.NOT_LOST;
        }
        int allowed = license.terms().allowance().count() - SqlActivations.restored(sql, license, now);
        if (allowed <= 0) {
            return Restored.ALLOWANCE_EXHAUSTED;
        }
        SqlActivations.ended(sql, license.id(), activation, ActivationState.RESTORED, now);
        var left = lost.get().pool().map(pool -> restorePool(sql, lost.get(), pool, allowed, now));
        if (left.isEmpty()) {
            sql.update("UPDATE license SET used = used - 1 WHERE id = ?", license.id());
        }
        var after = left.isPresent() ? Chain.hold(sql, license.id()).orElseThrow() : chain; // what was over is freed before
        after.note(sql, now, new AuditEvent.Restored(said.by(), activation, agreed, left), personal(said));
        return Restored.DONE;
    }

    /// As many of a lost floating server's seats as the allowance covers are free at once, the others when no lease of them can run any more.
    private static AuditEvent.Seats restorePool(Sql sql, Activation lost, PoolShare pool, int allowed, Instant now) {
        SqlPools.free(sql, lost.license(), now);
        var present = pool.at(now);
        int early = Math.min(present.counted(), allowed);
        var left = present.ended(early, present.leasesEnd(now), now);
        SqlPools.change(sql, lost.id(), present, left, OptionalInt.of(early));
        SqlPools.less(sql, lost.license(), early);
        return SqlPools.told(left, OptionalInt.of(early));
    }

    /// How many of the license's activations were restored or taken over in the allowance's period.
    public int restored(Sql sql, License license, Instant now) {
        return SqlActivations.restored(sql, license, now);
    }

    private static boolean change(Sql sql, String license, String activation, String from, ActivationState to, AuditEvent event, Said said, Instant now) {
        var chain = Chain.hold(sql, license);
        if (chain.isEmpty() || sql.update("UPDATE activation SET state = ? WHERE id = ? AND license = ? AND state = ?", to, activation, license, from) == 0) {
            return false;
        }
        chain.get().note(sql, now, event, personal(said));
        return true;
    }

    private static Optional<JsonObject> personal(Said said) {
        return Optional.of(new JsonWriter().put("reason", said.words()).object());
    }
}
