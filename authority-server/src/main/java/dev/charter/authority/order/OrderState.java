package dev.charter.authority.order;

import com.fasterxml.jackson.annotation.JsonProperty;

/// How far an order has come.
enum OrderState {
    /// It can be paid.
    @JsonProperty("open") OPEN,
    /// It was paid, and a person looks at it before it is fulfilled.
    @JsonProperty("look") LOOK,
    /// It was paid, and will be fulfilled in a moment.
    @JsonProperty("paid") PAID,
    /// Its license is there.
    @JsonProperty("fulfilled") FULFILLED,
    /// It was not paid, or a person has closed it.
    @JsonProperty("closed") CLOSED
}
