package dev.charter.benchmarks.floating;

import dev.charter.benchmarks.activations.Operation;
import dev.charter.benchmarks.activations.PlainDatabase;
import dev.charter.benchmarks.activations.Step;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// What a seat cannot do without in a database, by plain JDBC on SQLite with group commit: the pool's count, the host's lease, the exact bytes of the answer, and an audit entry. No seals, no look at
/// anything that would be refused.
final class BareSeats implements AutoCloseable {
    private static final String POOL = "SELECT document, seats, taken, entries, head FROM pool WHERE license = ?";
    private static final String LEASE = "SELECT * FROM lease WHERE pool = ? AND host = ?";
    private static final String ANSWER = "SELECT content FROM answer WHERE pool = ? AND host = ? AND purpose = ? AND request = ?";
    private static final String TAKE = "UPDATE pool SET taken = taken + 1, entries = entries + 1, head = ?, seal = ? WHERE license = ? AND taken < seats";
    private static final String GIVE = "UPDATE pool SET taken = taken - 1, entries = entries + 1, head = ?, seal = ? WHERE license = ?";
    private static final String PUT = "INSERT INTO lease (pool, host, lease, state, features, version, ends_at, free_at, seal) VALUES (?, ?, ?, 'HELD', ?, 1, ?, ?, ?)";
    private static final String RENEW = "UPDATE lease SET version = version + 1, ends_at = ?, free_at = ?, seal = ? WHERE pool = ? AND host = ? AND state = 'HELD'";
    private static final String END = "UPDATE lease SET version = version + 1, state = 'RELEASED', seal = ? WHERE pool = ? AND host = ? AND state = 'HELD'";
    private static final String KEEP = """
            INSERT INTO answer (pool, host, purpose, request, content) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (pool, host, purpose) DO UPDATE SET request = excluded.request, content = excluded.content""";
    private static final String ENTRY = "INSERT INTO audit_entry (pool, at, event, hash) VALUES (?, ?, ?, ?)";
    private static final int HASH_LENGTH = 32;
    private static final int ID_LENGTH = 22;
    private static final int EVENT_LENGTH = 260;

    private final PlainDatabase database;
    private final int contentLength;
    private final int acknowledgementLength;

    private BareSeats(PlainDatabase database, int contentLength, int acknowledgementLength) {
        this.database = database;
        this.contentLength = contentLength;
        this.acknowledgementLength = acknowledgementLength;
    }

    /// @param poolLength how long the pool's usage license is
    /// @param contentLength how long what is kept of a lease is
    static BareSeats on(Path file, int seats, int poolLength, int contentLength) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file); var statement = connection.createStatement()) {
            for (var table : List.of("CREATE TABLE pool (license TEXT PRIMARY KEY, document BLOB, seats INTEGER, taken INTEGER, entries INTEGER, head BLOB, seal BLOB)",
                    "CREATE TABLE lease (pool TEXT, host TEXT, lease TEXT, state TEXT, features TEXT, version INTEGER, ends_at INTEGER, free_at INTEGER, seal BLOB, PRIMARY KEY (pool, host))",
                    "CREATE INDEX lease_by_end ON lease (pool, free_at) WHERE state = 'HELD'",
                    "CREATE TABLE answer (pool TEXT, host TEXT, purpose TEXT, request BLOB, content BLOB, PRIMARY KEY (pool, host, purpose))",
                    "CREATE TABLE audit_entry (pool TEXT, number INTEGER PRIMARY KEY, at INTEGER, event TEXT, hash BLOB)")) {
                statement.execute(table);
            }
            try (var insert = connection.prepareStatement("INSERT INTO pool VALUES (?, ?, ?, 0, 0, ?, ?)")) {
                insert.setString(1, FloatingFolder.LICENSE);
                insert.setBytes(2, new byte[poolLength]);
                insert.setInt(3, seats);
                insert.setBytes(4, new byte[HASH_LENGTH]);
                insert.setBytes(5, new byte[HASH_LENGTH]);
                insert.executeUpdate();
            }
        }
        return new BareSeats(new PlainDatabase.OnSqlite(file), contentLength, contentLength / 2);
    }

    PlainDatabase database() {
        return database;
    }

    /// Of hosts from that number on.
    List<Operation> acquisitions(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(this::acquire).toList();
    }

    List<Operation> renewals(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(this::renew).toList();
    }

    List<Operation> releases(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(this::release).toList();
    }

    private Operation acquire(int number) {
        var random = new SplittableRandom(number);
        var host = host(number);
        var request = random(random, HASH_LENGTH);
        long now = System.currentTimeMillis();
        return new Operation(looks(host, "ACQUIRE", request), List.of(Step.of(TAKE, random(random, HASH_LENGTH), random(random, HASH_LENGTH), FloatingFolder.LICENSE),
                Step.of(PUT, FloatingFolder.LICENSE, host, "ls-" + host, "audit-trail clustering mqtt single-sign-on snowflake sparkplug", now + 1, now + 2, random(random, HASH_LENGTH)),
                Step.of(KEEP, FloatingFolder.LICENSE, host, "ACQUIRE", request, random(random, contentLength)), entry(now, random)));
    }

    private Operation renew(int number) {
        var random = new SplittableRandom(number);
        var host = host(number);
        var request = random(random, HASH_LENGTH);
        long now = System.currentTimeMillis();
        return new Operation(looks(host, "RENEW", request), List.of(Step.of(RENEW, now + 1, now + 2, random(random, HASH_LENGTH), FloatingFolder.LICENSE, host),
                Step.of(KEEP, FloatingFolder.LICENSE, host, "RENEW", request, random(random, contentLength))));
    }

    private Operation release(int number) {
        var random = new SplittableRandom(number);
        var host = host(number);
        var request = random(random, HASH_LENGTH);
        long now = System.currentTimeMillis();
        return new Operation(looks(host, "RELEASE", request), List.of(Step.of(GIVE, random(random, HASH_LENGTH), random(random, HASH_LENGTH), FloatingFolder.LICENSE),
                Step.of(END, random(random, HASH_LENGTH), FloatingFolder.LICENSE, host), Step.of(KEEP, FloatingFolder.LICENSE, host, "RELEASE", request, random(random, acknowledgementLength)), entry(now, random)));
    }

    private static List<Step> looks(String host, String purpose, byte[] request) {
        return List.of(Step.of(POOL, FloatingFolder.LICENSE), Step.of(LEASE, FloatingFolder.LICENSE, host), Step.of(ANSWER, FloatingFolder.LICENSE, host, purpose, request));
    }

    private static Step entry(long now, SplittableRandom random) {
        return Step.of(ENTRY, FloatingFolder.LICENSE, now, text(random, EVENT_LENGTH), random(random, HASH_LENGTH));
    }

    private static String host(int number) {
        return text(new SplittableRandom(~(long) number), ID_LENGTH);
    }

    private static byte[] random(SplittableRandom random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String text(SplittableRandom random, int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
