package dev.charter.floating.pool;

/// What becomes of a host that asks while no seat is free for it.
public enum WhenFull {
    /// It is refused.
    REFUSE,
    /// It is refused as well, and has a place in the queue: a seat that comes free is kept for who asked first.
    QUEUE
}
