package dev.charter.authority.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;

/// How an item is charged.
public enum ItemKind {
    /// Once; what it grants lasts as long as the license.
    @JsonProperty("once") ONCE,
    /// For each year of support.
    @JsonProperty("support") SUPPORT,
    /// By what is counted, each month.
    @JsonProperty("metered") METERED
}
