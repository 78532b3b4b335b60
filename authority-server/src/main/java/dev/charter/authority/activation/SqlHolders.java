package dev.charter.authority.activation;

import dev.charter.authority.license.Holders;
import dev.charter.store.Transactions;
import java.util.List;
import java.util.Locale;

/// The hosts of a license, from the activations in the database.
final class SqlHolders implements Holders {
    private final Transactions transactions;

    SqlHolders(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<Holder> of(String license, int most) {
        return transactions.reading(sql -> sql.query("SELECT " + ActivationRow.COLUMNS + " FROM activation WHERE license = ? ORDER BY activated_at DESC, id DESC LIMIT ?",
                ActivationRow::read, license, most)).stream()
                .map(activation -> new Holder(activation.id(), activation.host().value(), activation.hostName(), activation.state().name().toLowerCase(Locale.ROOT),
                        activation.activatedAt(), activation.answeredAt(), activation.endedAt(),
                        activation.pool().map(pool -> new HeldPool(pool.seats(), pool.rest(), pool.restUntil())), activation.selfHelp().map(SqlHolders::selfHelp))).toList();
    }

    private static SelfHelp selfHelp(ToldSelfHelp told) {
        return new SelfHelp(told.newest().emergencyDays(), told.mostEmergencyDays(), told.newest().lastEmergencyDay(),
                told.newest().reclaims().map(seats -> new Reclaims(seats.inPeriod(), seats.total(), told.mostReclaims())));
    }
}
