package dev.charter.floating.lease;

import java.util.Optional;

/// This server's own license of a product, without which it signs nothing.
public interface OwnLicense {
    /// Starts an emergency day of that license where it needs one to stay in force; else nothing happens. Returns why that is not possible, for people.
    ///
    /// @param by who does it
    Optional<String> startEmergency(String product, String by);
}
