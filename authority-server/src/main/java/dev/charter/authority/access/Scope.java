package dev.charter.authority.access;

import java.util.Arrays;
import java.util.Optional;

/// One thing that an API token may allow. Writing does not include reading.
public enum Scope {
    CATALOG_READ("catalog:read"),
    CATALOG_WRITE("catalog:write"),
    CUSTOMERS_READ("customers:read"),
    CUSTOMERS_WRITE("customers:write"),
    LICENSES_READ("licenses:read"),
    LICENSES_WRITE("licenses:write"),
    /// Shows license keys.
    KEYS_REVEAL("keys:reveal"),
    ACTIVATIONS_READ("activations:read"),
    ALARMS_READ("alarms:read"),
    /// The letters that wait for a look, and what became of them.
    LETTERS_READ("letters:read"),
    /// Hands letters in, approves and refuses them.
    LETTERS_WRITE("letters:write"),
    /// Hosts that were reported destroyed.
    LOSSES_READ("losses:read"),
    /// Reports hosts destroyed, restores and declines.
    LOSSES_WRITE("losses:write"),
    /// Mails that go out: whom they are for, and what became of them.
    MAILS_READ("mails:read"),
    /// Has a mail tried again.
    MAILS_WRITE("mails:write"),
    /// What was ordered, and what became of it.
    ORDERS_READ("orders:read"),
    /// Approves and closes orders that wait for a look, mails their keys again, and gives money back; places orders, together with licenses:write.
    ORDERS_WRITE("orders:write"),
    AUDIT_READ("audit:read"),
    /// Makes, lists and revokes tokens, with any scope: as powerful as all others together.
    TOKENS_WRITE("tokens:write");

    private final String text;

    Scope(String text) {
        this.text = text;
    }

    /// As written in the API, such as `catalog:read`.
    public String text() {
        return text;
    }

    public static Optional<Scope> named(String text) {
        return Arrays.stream(values()).filter(scope -> scope.text.equals(text)).findAny();
    }

    @Override
    public String toString() {
        return text;
    }
}
