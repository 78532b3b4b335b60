package dev.charter.floating.node;

import dev.charter.client.Machine;
import dev.charter.store.StoreFault;
import dev.charter.store.Transactions;
import java.util.Map;
import java.util.Optional;

/// A PostgreSQL as the machine that a server of several nodes runs on: its cluster's system identifier, which a dump does not carry along, and which of the cluster's databases it is.
final class DatabaseMachine {
    private static final String WHO = "SELECT s.system_identifier AS cluster, CAST(d.oid AS BIGINT) AS number, CAST(d.datname AS TEXT) AS name FROM pg_control_system() s, pg_database d WHERE d.datname = current_database()";

    private DatabaseMachine() {}

    /// Empty on an engine that speaks PostgreSQL's protocol and has no such identifier.
    static Optional<Machine> of(Transactions transactions) {
        try {
            var marks = transactions.reading(sql -> sql.one(WHO, row -> Map.of("machine", "postgresql-" + row.number("cluster"), "disk", "postgresql-" + row.number("cluster") + "-" + row.number("number"), "place",
                    "postgresql-" + row.number("cluster") + "-" + row.text("name"))));
            return marks.map(found -> () -> found);
        } catch (StoreFault doesNotSay) {
            return Optional.empty();
        }
    }
}
