package dev.charter.authority.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;

/// How an order is fulfilled that was paid.
public enum OrderRule {
    /// At once.
    @JsonProperty("fulfil") FULFIL,
    /// After a person at the desk has looked at it.
    @JsonProperty("look") LOOK
}
