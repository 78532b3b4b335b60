package dev.charter.authority.activation;

import dev.charter.authority.license.Leasing;
import dev.charter.format.KeyId;
import dev.charter.store.Row;

/// How an activation is read from its row.
final class ActivationRow {
    static final String COLUMNS = """
            activation.id AS activation_id, activation.license AS activation_license, activation.product AS activation_product, activation.host, activation.host_name, \
            activation.state AS activation_state, activation.factors, activation.factors_required, activation.activate_sequence, activation.refresh_sequence, \
            activation.activated_at, activation.answered_at, activation.ended_at, activation.slot, activation.free_at, \
            activation.pool_seats, activation.rest_seats, activation.rest_until, activation.pool_lease, activation.self_help""";

    private ActivationRow() {}

    static Activation read(Row row) {
        return new Activation(row.text("activation_id"), row.text("activation_license"), row.text("activation_product"), new KeyId(row.text("host")), row.optionalText("host_name"),
                row.constant(ActivationState.class, "activation_state"), Factors.read(row.text("factors")), row.smallNumber("factors_required"),
                row.number("activate_sequence"), row.number("refresh_sequence"), row.instant("activated_at"), row.instant("answered_at"), row.optionalInstant("ended_at"),
                row.optionalText("slot"), row.optionalInstant("free_at"),
                row.optionalText("pool_lease").map(lease -> new PoolShare(row.smallNumber("pool_seats"), row.smallNumber("rest_seats"), row.optionalInstant("rest_until"), Leasing.valueOf(lease))),
                row.optionalText("self_help").map(ToldSelfHelp::read));
    }
}
