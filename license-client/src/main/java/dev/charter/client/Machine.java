package dev.charter.client;

import java.util.Map;

/// The machine that a host runs on, as far as it can be told from others.
public interface Machine {
    /// The marks by name, as read from the machine: `machine`, `board`, `disk`, `network`. What cannot be read is left out; other names are not used.
    /// The client leaves out values that many machines share, adds `place` (its own folder) unless it is given here, and never lets a value out unhashed.
    ///
    /// Called once, not by the thread that opens the client.
    Map<String, String> marks();
}
