package dev.charter.benchmarks.program;

import dev.charter.benchmarks.seed.Seed;
import dev.charter.benchmarks.seed.SoldLicenses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// An authority's database with licenses in it, to be copied: made by the authority itself, filled while it does not run.
///
/// @param folder whose secret the licenses lie under; its SQLite file is the template where there is no PostgreSQL database
/// @param token opens the admin API of each copy
public record Template(AuthorityFolder folder, String token, Optional<PostgresDatabase> postgres) {

    /// A database on a server.
    public record PostgresDatabase(Postgres server, String name) {}

    /// A template on SQLite.
    public static Template onSqlite(Path data, VendorFolder vendor, List<String> authority, SoldLicenses licenses) throws IOException, SQLException, GeneralSecurityException {
        var folder = AuthorityFolder.make(data, vendor);
        Running.start(authority, folder.settings()).close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.sqliteFile())) {
            new Seed(licenses, folder).intoSqlite(connection);
        }
        return new Template(folder, folder.token(), Optional.empty());
    }

    /// A template on PostgreSQL.
    public static Template onPostgres(Path data, VendorFolder vendor, List<String> authority, SoldLicenses licenses, Postgres server, String name)
            throws IOException, SQLException, GeneralSecurityException {
        server.create(name);
        var made = AuthorityFolder.make(data, vendor);
        var folder = new AuthorityFolder(data, vendor, made.secret(), Optional.of(server.url(name)));
        Running.start(authority, folder.settings()).close();
        try (var connection = server.connect(name)) {
            new Seed(licenses, folder).intoPostgres(connection);
            try (var statement = connection.createStatement()) {
                statement.execute("VACUUM ANALYZE"); // as autovacuum does sooner or later
            }
        }
        return new Template(folder, folder.token(), Optional.of(new PostgresDatabase(server, name)));
    }

    /// An authority of its own on a copy, with that vendor's keys.
    public AuthorityFolder copy(Path data, VendorFolder vendor) throws IOException, SQLException {
        if (postgres.isPresent()) {
            var database = copyOfDatabase(data.getFileName().toString());
            return AuthorityFolder.make(data, vendor, folder.secret(), Optional.of(postgres.get().server().url(database)));
        }
        var copy = AuthorityFolder.make(data, vendor, folder.secret(), Optional.empty());
        Files.copy(folder.sqliteFile(), copy.sqliteFile());
        return copy;
    }

    /// A copy of the PostgreSQL database for nobody's authority.
    public String copyOfDatabase(String suffix) throws SQLException {
        var database = postgres.orElseThrow();
        var name = database.name() + "_" + suffix;
        database.server().copy(database.name(), name);
        return name;
    }

    /// A copy of the SQLite file for nobody's authority.
    public Path copyOfFile(Path file) throws IOException {
        return Files.copy(folder.sqliteFile(), file);
    }
}
