package dev.charter.authority.search;

/// What is searched for.
public enum Scope {
    /// Licenses, by their own values, kept under the license's ID, and by their customer's, kept under the customer's.
    LICENSES,
    /// Customers, by their own values.
    CUSTOMERS
}
