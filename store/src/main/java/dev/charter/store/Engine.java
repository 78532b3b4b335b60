package dev.charter.store;

/// The database engines that a store runs on.
public enum Engine {
    /// One file, one writer that commits waiting writes together. The default.
    SQLITE,
    /// A PostgreSQL server (or one that speaks its protocol), shared by any number of nodes.
    POSTGRESQL
}
