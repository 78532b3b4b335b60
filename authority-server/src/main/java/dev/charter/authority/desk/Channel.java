package dev.charter.authority.desk;

/// By what a letter came.
public enum Channel {
    MAIL,
    /// The customers' page.
    PORTAL,
    /// A person at the desk handed it in.
    DESK
}
