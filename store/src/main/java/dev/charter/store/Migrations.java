package dev.charter.store;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/// Brings a database to the present schema. The store's tables and the server's have a history each, so neither has to number its
/// migrations around the other's.
final class Migrations {
    private static final String OF_STORE = "classpath:dev/charter/store/migrations";

    private Migrations() {}

    static void apply(DataSource database, String... ofServer) {
        // The first run refuses a schema that holds someone else's tables; the second one would otherwise take the store's for such.
        migrate(database, configuration -> configuration.table("store_history").locations(OF_STORE));
        if (ofServer.length > 0) {
            migrate(database, configuration -> configuration
                    .table("schema_history").locations(ofServer).baselineOnMigrate(true).baselineVersion("0"));
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
