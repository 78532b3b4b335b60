package dev.charter.floating.access;

import dev.charter.server.access.KnownUsers;
import dev.charter.server.access.Role;
import dev.charter.server.access.User;
import dev.charter.store.Row;
import dev.charter.store.Sql;
import dev.charter.store.Transactions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The users of the console in the database, so that all nodes on it know the same ones.
public final class ConsoleUsers implements KnownUsers {
    private static final String ALL = "name, role, password_hash, created_at";
    private final Transactions transactions;

    public ConsoleUsers(Transactions transactions) {
        this.transactions = transactions;
    }

    private static User read(Row row) {
        return new User(row.text("name"), row.constant(Role.class, "role"), row.text("password_hash"), row.instant("created_at"));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean isEmpty() {
        return transactions.reading(ConsoleUsers::isEmpty);
    }

    private static boolean isEmpty(Sql sql) {
        return sql.one("SELECT COUNT(*) AS users FROM console_user", row -> row.number("users")).orElse(0L) == 0;
    }

    @Override
    public Optional<User> named(String name) {
        return transactions.reading(sql -> sql.one("SELECT " + ALL + " FROM console_user WHERE name_key = ?", ConsoleUsers::read, key(name)));
    }

    @Override
    public List<User> all() {
        return transactions.reading(sql -> sql.query("SELECT " + ALL + " FROM console_user ORDER BY name_key", ConsoleUsers::read));
    }

    @Override
    public boolean add(User user) {
        return transactions.inOne(sql -> insert(sql, user));
    }

    @Override
    public boolean addFirst(User user) {
        return transactions.inOne(sql -> {
            hold(sql);
            return isEmpty(sql) && insert(sql, user);
        });
    }

    private static boolean insert(Sql sql, User user) {
        return sql.update("INSERT INTO console_user (name_key, name, role, password_hash, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (name_key) DO NOTHING",
                key(user.name()), user.name(), user.role(), user.passwordHash(), user.createdAt()) == 1;
    }

    @Override
    public Outcome change(User changed) {
        return unlessNobodyIsLeft(changed.name(), changed.role() == Role.ADMINISTRATOR,
                sql -> sql.update("UPDATE console_user SET role = ?, password_hash = ? WHERE name_key = ?", changed.role(), changed.passwordHash(), key(changed.name())));
    }

    @Override
    public Outcome remove(String name) {
        return unlessNobodyIsLeft(name, false, sql -> sql.update("DELETE FROM console_user WHERE name_key = ?", key(name)));
    }

    private Outcome unlessNobodyIsLeft(String name, boolean administratorAfter, Change change) {
        return transactions.inOne(sql -> {
            hold(sql);
            if (sql.one("SELECT name FROM console_user WHERE name_key = ?", row -> row.text("name"), key(name)).isEmpty()) {
                return Outcome.UNKNOWN;
            }
            long others = sql.one("SELECT COUNT(*) AS others FROM console_user WHERE role = ? AND name_key <> ?", row -> row.number("others"), Role.ADMINISTRATOR, key(name)).orElse(0L);
            if (others == 0 && !administratorAfter) {
                return Outcome.LAST_ADMINISTRATOR;
            }
            change.in(sql);
            return Outcome.DONE;
        });
    }

    private interface Change {
        int in(Sql sql);
    }

    /// Two who each take the last but one away wait for one another.
    private static void hold(Sql sql) {
        sql.update("UPDATE console_log SET entries = entries WHERE id = 1");
    }
}
