package dev.charter.mqtt.listeners;

import java.util.OptionalInt;

/// Tells the port that a listener really has.
@FunctionalInterface
public interface ListensOn {
    /// @param listener by its name
    /// @return empty when it is not open
    OptionalInt port(String listener);
}
