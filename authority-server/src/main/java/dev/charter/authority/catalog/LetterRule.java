package dev.charter.authority.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;

/// How usage requests by letter are answered. A release is always answered at once: it is proof.
public enum LetterRule {
    /// At once.
    @JsonProperty("answer") ANSWER,
    /// After a person at the desk has looked at them.
    @JsonProperty("look") LOOK
}
