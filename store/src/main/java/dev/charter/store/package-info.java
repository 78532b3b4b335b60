/// The servers' SQL: one [dev.charter.store.Store] opened from one URL, on SQLite or on PostgreSQL.
///
/// Servers write one set of migrations and one set of queries, in the SQL that both engines speak:
///
/// | what | write | why |
/// |---|---|---|
/// | whole numbers, times (epoch milliseconds) | `BIGINT` | |
/// | text, identifiers, JSON, names of enum constants | `TEXT` | identifiers are made by the application |
/// | bytes | `BYTEA` | SQLite takes any type name and keeps bound bytes as they are |
/// | yes or no | `BOOLEAN` with `TRUE` and `FALSE` | |
/// | insert unless there | `ON CONFLICT ... DO NOTHING` / `DO UPDATE` | a caught violation would have spoilt the transaction |
/// | decide a race | conditional `UPDATE` and its count, or `RETURNING` | check-then-act races |
@NullMarked
package dev.charter.store;

import org.jspecify.annotations.NullMarked;
