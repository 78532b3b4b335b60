package dev.charter.server.access;

import dev.charter.server.web.Rejected;
import java.util.Optional;

/// Whether the license lets the configuration be changed now.
@FunctionalInterface
public interface ConfigurationLock {
    /// Why not, as a sentence for people; empty when it may be changed.
    Optional<String> reason();

    /// @throws Rejected while it may not be changed
    default void requireOpen() {
        reason().ifPresent(why -> {
            throw Rejected.because(ConsoleProblem.CONFIGURATION_LOCKED, why);
        });
    }
}
