package dev.charter.authority.desk;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Scope;
import dev.charter.authority.activation.LostActivations.Restored;
import dev.charter.authority.activation.LostActivations.Said;
import dev.charter.authority.activation.LostActivations;
import dev.charter.authority.audit.Chain;
import dev.charter.authority.fault.FailPoint;
import dev.charter.authority.fault.FailPoints;
import dev.charter.authority.license.License;
import dev.charter.authority.license.LicenseRow;
import dev.charter.server.web.Rejected;
import dev.charter.store.Sql;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Restores the activation of a host that was reported destroyed, or declines.
///
/// A restored activation counts against the allowance that the license signs. One person alone restores only so many of a license in the allowance's period; from then on
/// a second one has to agree, by asking for the same with a token of their own. The license's contact is told whatever was decided.
final class DecideLoss {
    private final Losses losses;
    private final LostActivations lost;
    private final Notices notices;
    private final int restoresAlone;
    private final InstantSource clock;
    private final FailPoints failPoints;

    /// @param restoresAlone how many of one license are restored in its allowance's period before a second person has to agree
    DecideLoss(Losses losses, LostActivations lost, Notices notices, int restoresAlone, InstantSource clock, FailPoints failPoints) {
        this.losses = losses;
        this.lost = lost;
        this.notices = notices;
        this.restoresAlone = restoresAlone;
        this.clock = clock;
        this.failPoints = failPoints;
    }

    /// @return as it is now: restored, or waiting for a second person
    /// @throws Rejected when there is no such loss, it was decided otherwise, or the allowance is used up
    Loss restore(Caller caller, String id, String reason) {
        caller.require(Scope.LOSSES_WRITE);
        var said = new Said(caller.token(), DecideLetter.words(reason));
        failPoints.reach(FailPoint.RESTORE_RECEIVED);
        var now = clock.instant();
        var before = existing(id);
        losses.inOne(sql -> {
            var license = held(sql, before.license());
            var loss = waiting(sql, before, Loss.State.RESTORED);
            if (loss.isEmpty()) {
                return true;
            }
            boolean alone = restoredAlready(sql, license, now) < restoresAlone;
            var first = loss.get().firstLookBy();
            if (!alone && first.filter(other -> !other.equals(said.by())).isEmpty()) {
                if (first.isPresent()) {
                    throw Rejected.conflict("You have asked for this already. Another person has to agree, with a token of their own: " + restoresAlone
                            + " of this license's hosts were restored within " + license.terms().allowance().days() + " days.");
                }
                Losses.look(sql, id, said.by());
                return true;
            }
            switch (restored(sql, license, loss.get(), said, alone ? Optional.empty() : first, now)) {
                case DONE -> failPoints.reach(FailPoint.RESTORE_WRITTEN);
                case NOT_LOST -> throw settled();
                case ALLOWANCE_EXHAUSTED -> throw Rejected.conflict("The license's allowance is used up: " + license.terms().allowance().count() + " " + license.unit() + " in "
                        + license.terms().allowance().days() + " days may be restored or taken over. Raise it with a change of the license, or sell more " + license.unit() + ".");
            }
            return true;
        });
        failPoints.reach(FailPoint.RESTORE_COMMITTED);
        return existing(id);
    }

    /// What the product's rule allows without a look; where it does not, the loss waits.
    void atOnce(Sql sql, String id, Said said, Instant now) {
        var loss = Losses.byId(sql, id).orElseThrow();
        var license = held(sql, loss.license());
        if (restoredAlready(sql, license, now) < restoresAlone && lost.restored(sql, license, now) < license.terms().allowance().count()) {
            restored(sql, license, loss, said, Optional.empty(), now);
        }
    }

    /// Takes the host for one that is there: its activation is active as before.
    ///
    /// @throws Rejected when there is no such loss, or it was decided otherwise
    Loss decline(Caller caller, String id, String reason) {
        caller.require(Scope.LOSSES_WRITE);
        var said = new Said(caller.token(), DecideLetter.words(reason));
        var now = clock.instant();
        var before = existing(id);
        losses.inOne(sql -> {
            var license = held(sql, before.license());
            var loss = waiting(sql, before, Loss.State.DECLINED);
            if (loss.isPresent()) {
                if (!lost.decline(sql, license.id(), loss.get().activation(), said, now)) {
                    throw settled();
                }
                decided(sql, license, loss.get(), Loss.State.DECLINED, said, now);
            }
            return true;
        });
        return existing(id);
    }

    private Restored restored(Sql sql, License license, Loss loss, Said said, Optional<String> agreed, Instant now) {
        var restored = lost.restore(sql, license, loss.activation(), said, agreed, now);
        if (restored == Restored.DONE) {
            decided(sql, license, loss, Loss.State.RESTORED, said, now);
        }
        return restored;
    }

    private void decided(Sql sql, License license, Loss loss, Loss.State state, Said said, Instant now) {
        Losses.decide(sql, loss.id(), state, said.by(), said.words(), now);
        notices.put(sql, new Notices.LossDecided(license, loss.hostName(), state == Loss.State.RESTORED, said.words()));
    }

    /// The loss as it is now that the license is held; empty when what is wanted is done already.
    private static Optional<Loss> waiting(Sql sql, Loss before, Loss.State wanted) {
        var loss = Losses.byId(sql, before.id()).orElseThrow();
        return switch (loss.state()) {
            case WAITING -> Optional.of(loss);
            case SETTLED -> throw settled();
            case RESTORED, DECLINED -> {
                if (loss.state() != wanted) {
                    throw Rejected.conflict("It is " + loss.state().text() + " already: " + loss.reason().orElse(""));
                }
                yield Optional.empty();
            }
        };
    }

    private static int restoredAlready(Sql sql, License license, Instant now) {
        return Losses.restored(sql, license.id(), now.minus(Duration.ofDays(license.terms().allowance().days())));
    }

    /// The license, whose row is held from here on.
    private static License held(Sql sql, String license) {
        return Chain.hold(sql, license).flatMap(_ -> sql.one("SELECT " + LicenseRow.COLUMNS + " FROM " + LicenseRow.TABLES + " WHERE license.id = ?", LicenseRow::read, license)).orElseThrow();
    }

    private Loss existing(String id) {
        return losses.byId(id).orElseThrow(() -> Rejected.unknown("There is no lost host \"" + id + "\"."));
    }

    private static Rejected settled() {
        return Rejected.conflict("There is nothing left to decide: the host was released, or its machine came back and took its activation over.");
    }
}
