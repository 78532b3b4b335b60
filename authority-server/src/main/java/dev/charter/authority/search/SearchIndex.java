package dev.charter.authority.search;

import dev.charter.format.Bytes;
import dev.charter.store.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/// The tables that searching goes by. Whoever changes a value says so here, in the same transaction.
///
/// A whole value is kept for exact and prefix search, and each of its suffixes for substring search: a term is then always one range of an index, in its order.
public final class SearchIndex {
    private static final String VALUES = "search_value";
    private static final String SUFFIXES = "search_suffix";

    private SearchIndex() {}

    /// Whom a scope finds by what.
    public record Entry(Scope scope, String subject, List<String> values) {
        public Entry {
            values = List.copyOf(values);
        }
    }

    /// Lets the subject be found by these values; those by which it can be found already stay.
    public static void add(Sql sql, Scope scope, String subject, List<String> values) {
        add(sql, List.of(new Entry(scope, subject, values)));
    }

    /// The same for several at once, which takes no more round trips than one.
    public static void add(Sql sql, List<Entry> entries) {
        add(sql, VALUES, entries, SearchIndex::wholes);
        add(sql, SUFFIXES, entries, SearchIndex::suffixes);
    }

    /// Lets the subject be found by the new values in place of the old ones, which must be all that it was found by.
    public static void replace(Sql sql, Scope scope, String subject, List<String> oldValues, List<String> newValues) {
        remove(sql, VALUES, scope, subject, wholes(oldValues));
        remove(sql, SUFFIXES, scope, subject, suffixes(oldValues));
        add(sql, scope, subject, newValues);
    }

    /// The first hits after the given one, in order.
    public static List<Hit> find(Sql sql, Scope scope, Term term, Optional<Hit> after, int limit) {
        var table = term.match() == Match.SUBSTRING ? SUFFIXES : VALUES;
        var conditions = "scope = ?";
        var arguments = new ArrayList<Object>(List.of(scope));
        if (after.isPresent()) { // the only lower bound, so that the index is entered there and not where the term begins
            conditions += " AND (value, subject) > (?, ?)";
            arguments.addAll(List.of(after.get().part().toArray(), after.get().subject()));
        } else {
            conditions += " AND value >= ?";
            arguments.add(term.folded().toArray());
        }
        conditions += term.match() == Match.EXACT ? " AND value <= ?" : " AND value < ?";
        arguments.add(term.match() == Match.EXACT ? term.folded().toArray() : term.end());
        arguments.add(limit);
        return sql.query("SELECT value, subject FROM " + table + " WHERE " + conditions + " ORDER BY value, subject LIMIT ?",
                row -> new Hit(Bytes.of(row.bytes("value")), row.text("subject")), arguments.toArray());
    }

    private static void add(Sql sql, String table, List<Entry> entries, Function<List<String>, TreeSet<Bytes>> parts) {
        var rows = entries.stream().flatMap(entry -> rows(entry.scope(), entry.subject(), parts.apply(entry.values())).stream()).toList();
        sql.updateEach("INSERT INTO " + table + " (scope, value, subject) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", rows);
    }

    private static void remove(Sql sql, String table, Scope scope, String subject, TreeSet<Bytes> parts) {
        sql.updateEach("DELETE FROM " + table + " WHERE scope = ? AND value = ? AND subject = ?", rows(scope, subject, parts));
    }

    // Always in the same order, so that two transactions that write the same rows never wait for each other in a circle.
    private static List<List<Object>> rows(Scope scope, String subject, TreeSet<Bytes> parts) {
        return parts.stream().map(part -> List.<Object>of(scope, part.toArray(), subject)).toList();
    }

    private static TreeSet<Bytes> wholes(List<String> values) {
        var wholes = new TreeSet<Bytes>();
        values.forEach(value -> wholes.add(Term.fold(value)));
        return wholes;
    }

    private static TreeSet<Bytes> suffixes(List<String> values) {
        var suffixes = new TreeSet<Bytes>();
        values.forEach(value -> suffixes.addAll(Term.suffixes(value)));
        return suffixes;
    }
}
