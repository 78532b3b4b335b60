package dev.charter.authority.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;

/// How a host that its customer reports destroyed is restored.
public enum LossRule {
    /// At once, as far as the license's allowance and the limit for a single person go.
    @JsonProperty("restore") RESTORE,
    /// After a person at the desk has looked at it.
    @JsonProperty("look") LOOK
}
