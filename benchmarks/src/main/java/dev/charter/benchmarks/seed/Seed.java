package dev.charter.benchmarks.seed;

import dev.charter.benchmarks.Vendor;
import dev.charter.benchmarks.program.AuthorityFolder;
import dev.charter.format.LicenseKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.SplittableRandom;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Writes sold licenses into the tables of an authority that does not run, as it would have written them itself: with their customers, their audit entries, and everything
/// that searching goes by.
public final class Seed {
    private static final int ROWS_AT_ONCE = 1_000;
    private static final long ISSUED_AT = 1_767_225_600_000L; // 2026-01-01
    private static final int LOCATOR_LENGTH = 16;
    private static final int SEALED_LENGTH = 12 + LicenseKey.LENGTH + 4 + 16; // nonce, the key with its dashes, tag
    private static final int HASH_LENGTH = 32;

    private final SoldLicenses licenses;
    private final SecretKeySpec locatorSecret;
    private final SecretKeySpec keySecret;
    private final SecureRandom random = new SecureRandom();

    /// @param folder whose secret the keys are kept under
    public Seed(SoldLicenses licenses, AuthorityFolder folder) throws GeneralSecurityException {
        this.licenses = licenses;
        this.locatorSecret = new SecretKeySpec(derive(folder.secret(), "charter/authority/locator/1"), "HmacSHA256");
        this.keySecret = new SecretKeySpec(derive(folder.secret(), "charter/authority/license-key/1"), "AES");
    }

    private static byte[] derive(byte[] secret, String purpose) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
    }

    /// Into PostgreSQL, in one transaction.
    public void intoPostgres(Connection connection) throws SQLException, GeneralSecurityException {
        write(connection, true);
    }

    /// Into a SQLite file that nobody else has open: without a journal, which a file that is thrown away does not need while it is filled.
    public void intoSqlite(Connection connection) throws SQLException, GeneralSecurityException {
        pragma(connection, "journal_mode = OFF", "synchronous = OFF", "cache_size = -262144", "threads = 2");
        write(connection, false);
        pragma(connection, "journal_mode = WAL");
    }

    private static void pragma(Connection connection, String... settings) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var setting : settings) {
                statement.execute("PRAGMA " + setting);
            }
        }
    }

    private void write(Connection connection, boolean postgres) throws SQLException, GeneralSecurityException {
        connection.setAutoCommit(false);
        product(connection);
        customers(connection);
        licenses(connection);
        // By the engine itself, in the order of the index, which takes a fraction of the time.
        for (var sql : search(postgres)) {
            try (var statement = connection.createStatement()) {
                statement.executeUpdate(sql);
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    private static void product(Connection connection) throws SQLException {
        var features = new StringBuilder();
        Vendor.FEATURES.forEach(feature -> features.append(features.isEmpty() ? "[" : ",").append("{\"name\":\"").append(feature).append("\",\"title\":\"").append(feature).append("\"}"));
        try (var insert = connection.prepareStatement("INSERT INTO product (id, name, features, meters, created_at) VALUES (?, ?, ?, ?, ?)")) {
            bind(insert, Vendor.PRODUCT, "MQTT Server", features.append(']').toString(), "[{\"name\":\"" + Vendor.METER + "\",\"title\":\"Messages to Snowflake\",\"unit\":\"messages\"}]", ISSUED_AT);
            insert.executeUpdate();
        }
    }

    private void customers(Connection connection) throws SQLException {
        try (var insert = connection.prepareStatement("INSERT INTO customer (id, name, email, created_at, licensed) VALUES (?, ?, ?, ?, TRUE)")) {
            for (int i = 0; i < licenses.customers(); i++) {
                bind(insert, licenses.customer(i), licenses.customerName(i), licenses.customerEmail(i), ISSUED_AT + i);
                add(insert, i);
            }
            insert.executeBatch();
        }
    }

    private void licenses(Connection connection) throws SQLException, GeneralSecurityException {
        var others = new SplittableRandom(0);
        try (var license = connection.prepareStatement("""
                     INSERT INTO license (id, locator, sealed_key, product, customer, type, state, revision, issued_at, terms, total, used, entries, head)
                     VALUES (?, ?, ?, ?, ?, 'ONLINE', 'ACTIVE', 1, ?, ?, 1, 0, 1, ?)""");
             var entry = connection.prepareStatement("INSERT INTO audit_entry (license, number, at, event, hash) VALUES (?, 1, ?, ?, ?)")) {
            for (int i = 0; i < licenses.count(); i++) {
                var id = licenses.id(i);
                var customer = licenses.customer(i / SoldLicenses.TO_ONE_CUSTOMER);
                var terms = licenses.terms(i);
                var locator = new byte[LOCATOR_LENGTH];
                var sealed = new byte[SEALED_LENGTH];
                if (licenses.hasKey(i)) {
                    locator = hide(licenses.key(i));
                    sealed = seal(licenses.key(i), id);
                } else { // nobody will ask for it: of the same length is enough
                    others.nextBytes(locator);
                    others.nextBytes(sealed);
                }
                var event = "{\"license\":\"" + id + "\",\"number\":1,\"at\":" + (ISSUED_AT + i) + ",\"event\":\"issued\",\"by\":\"seed\",\"product\":\"" + Vendor.PRODUCT + "\",\"customer\":\"" + customer
                        + "\",\"type\":\"online\",\"terms\":" + terms + "}";
                var hash = hash(event);
                bind(license, id, locator, sealed, Vendor.PRODUCT, customer, ISSUED_AT + i, terms, hash);
                bind(entry, id, ISSUED_AT + i, event, hash);
                add(license, i);
                add(entry, i);
            }
            license.executeBatch();
            entry.executeBatch();
        }
    }

    private static String[] search(boolean postgres) {
        var values = """
                SELECT 'LICENSES' AS scope, id AS value, id AS subject FROM license
                UNION ALL SELECT 'LICENSES', lower(%s), id FROM license
                UNION ALL SELECT 'LICENSES', lower(name), id FROM customer UNION ALL SELECT 'LICENSES', email, id FROM customer
                UNION ALL SELECT 'CUSTOMERS', lower(name), id FROM customer UNION ALL SELECT 'CUSTOMERS', email, id FROM customer""".formatted(
                postgres ? "terms::json ->> 'reference'" : "json_extract(terms, '$.reference')");
        var bytes = postgres ? "convert_to(%s, 'UTF8')" : "CAST(%s AS BLOB)";
        var numbers = postgres ? "generate_series(1, 64) AS n(at)"
                : "(WITH RECURSIVE counted(at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM counted WHERE at < 64) SELECT at FROM counted) AS n";
        // Two values of one subject may end alike.
        return new String[] {
            "INSERT INTO search_value (scope, value, subject) SELECT scope, " + bytes.formatted("value") + ", subject FROM (" + values
                    + ") AS v WHERE TRUE ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING",
            "INSERT INTO search_suffix (scope, value, subject) SELECT scope, " + bytes.formatted("substr(value, at)") + ", subject FROM (" + values + ") AS v JOIN " + numbers
                    + " ON at <= length(value) WHERE TRUE ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING"};
    }

    private byte[] hide(LicenseKey key) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(locatorSecret);
        return Arrays.copyOf(mac.doFinal(key.locator().value().toArray()), LOCATOR_LENGTH);
    }

    private byte[] seal(LicenseKey key, String license) throws GeneralSecurityException {
        var nonce = new byte[12];
        random.nextBytes(nonce);
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, keySecret, new GCMParameterSpec(128, nonce));
        cipher.updateAAD(license.getBytes(StandardCharsets.UTF_8));
        var sealed = new ByteArrayOutputStream();
        sealed.writeBytes(nonce);
        sealed.writeBytes(cipher.doFinal(key.revealSecret().getBytes(StandardCharsets.US_ASCII)));
        return sealed.toByteArray();
    }

    private static byte[] hash(String event) throws GeneralSecurityException {
        var sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(new byte[HASH_LENGTH]); // an audit chain begins with zeros
        return sha256.digest(event.getBytes(StandardCharsets.UTF_8));
    }

    private static void add(PreparedStatement insert, int row) throws SQLException {
        insert.addBatch();
        if ((row + 1) % ROWS_AT_ONCE == 0) {
            insert.executeBatch();
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
