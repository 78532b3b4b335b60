package dev.charter.floating.lease;

/// How a host stands with its seat.
public enum LeaseState {
    /// It has a seat.
    HELD,
    /// It gave the seat back.
    RELEASED,
    /// It did not renew, and the lease's end and the margin after it have passed.
    EXPIRED,
    /// Another host took the same named slot.
    FENCED,
    /// The administrator took the seat back.
    RECLAIMED
}
