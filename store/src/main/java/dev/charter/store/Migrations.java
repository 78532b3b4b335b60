package dev.charter.store;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/// Brings a database to the present schema. The store's tables and the server's have a history each, so neither has to number its
/// migrations around the other's.
final class Migrations {
    private static final String OF_STORE = "classpath:dev/charter/store/migrations";
    /// Any number that other programs on the same database are unlikely to lock: "charter" in ASCII.
    private static final long TURN = 0x63686172746572L;

    private Migrations() {}

    static void apply(DataSource database, String... ofServer) {
        // The first run refuses a schema that holds someone else's tables; the second one would otherwise take the store's for such.
        migrate(database, configuration -> configuration.table("store_history").locations(OF_STORE));
        if (ofServer.length > 0) {
            migrate(database, configuration -> configuration
                    .table("schema_history").locations(ofServer).baselineOnMigrate(true).baselineVersion("0"));
        }
    }

    /// The same on PostgreSQL, where several nodes may start on a new database at the same time: each waits until the one before is done. Without that, one could take the other's first table for someone else's.
    ///
    /// @throws StoreUnavailable when the connection that holds the turn fails
    static void applyInTurn(DataSource database, String... ofServer) {
        try (var connection = database.getConnection(); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(" + TURN + ")"); // until the transaction ends
            apply(database, ofServer);
            connection.commit();
        } catch (SQLException lost) {
            throw new StoreUnavailable("PostgreSQL gave no turn to bring the database to the present schema: " + lost.getMessage(), lost);
        }
    }

    private interface Settings {
        FluentConfiguration on(FluentConfiguration configuration);
    }

    private static void migrate(DataSource database, Settings settings) {
        var configuration = Flyway.configure()
                .dataSource(database)
                .failOnMissingLocations(true)
                .validateMigrationNaming(true)
                .communityDBSupportEnabled(true);
        try {
            settings.on(configuration).load().migrate();
        } catch (FlywayException e) {
            throw new StoreFault("the database could not be brought to the present schema: " + e.getMessage(), e);
        }
    }
}
